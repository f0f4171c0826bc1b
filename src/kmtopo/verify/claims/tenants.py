"""Claim: each host leads to its own tenant, and each tenant to its own database, role and secrets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from kmtopo.diagnostics import Term
from kmtopo.resolve.deployment import Deployment
from kmtopo.types.stores import DataStore, Login, Space
from kmtopo.verify.claims.routes import Proxies
from kmtopo.verify.facts import Due, Finding, Place, Said, Subject, compare
from kmtopo.verify.readers.nginx_files import Configuration
from kmtopo.verify.readers.php import Keys, returned
from kmtopo.verify.rebuilt import SECRETS, Rebuilt

CODE = "KM758"
_HEADERS = ("HTTP_X_TENANT", "X-Tenant")


def at_the_proxy(proxies: Proxies) -> Iterator[Finding]:
    """Holds the tenant that each proxy tells applications of, for every host that it knows, equal to the deployment's."""
    for _, service, container, nginx in proxies.each:
        built = dict(_told(nginx))
        wanted = {
            host.name: Due(host.tenant, host.origin)
            for host in proxies.deployment.hosts
            if host.tenant and (container.tenant is None or host.tenant == container.tenant)
        }
        yield from compare(
            Subject(CODE, Term("tenant"), service.name), built, wanted, nginx.http.place, container.address
        )


def in_the_application(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds the list of tenants that applications read equal to the deployment's."""
    for file in sorted(path for path in rebuilt.files if PurePosixPath(path).name == "tenants.php"):
        leaves = returned(file, rebuilt.files[file])
        yield from _listed(file, leaves, deployment)
        for section, name, entry in _entries(leaves):
            # One that the deployment does not know is told by _listed().
            if name in deployment.tenants or not name:
                wanted = _wanted(deployment, name, entry, dedicated=section == "dedicated")
                known = {key: said for key, said in entry.items() if _is_claimed(key)}
                yield from compare(Subject(CODE, Term("property"), name or section), known, wanted, Place(file))


def _told(nginx: Configuration) -> Iterator[tuple[str, Said]]:
    headers = [one for name in ("fastcgi_param", "proxy_set_header") for one in nginx.http.named(name)]
    telling = next((one.arguments[1] for one in headers if one.arguments[0] in _HEADERS), "")
    for entry in nginx.maps_of("$host"):
        yield entry.name, Said(nginx.variable(telling, entry.name), entry.place)


def _listed(file: str, leaves: Mapping[Keys, Said], deployment: Deployment) -> Iterator[Finding]:
    built = {keys[1]: said for keys, said in leaves.items() if keys[0] == "hosts" and len(keys) == 2}
    wanted = {
        host.name: Due(host.tenant, host.origin)
        for host in deployment.hosts
        if host.tenant and not deployment.tenants[host.tenant].dedicated
    }
    yield from compare(Subject(CODE, Term("host"), file), built, wanted, Place(file), deployment.environment.address)
    listed = {name: Said("", next(iter(entry.values())).place) for _, name, entry in _entries(leaves) if name}
    # Who reads all has to know of those, too, that have an application of their own.
    watched = any(tenant.reads_all for tenant in deployment.tenants.values())
    tenants = {
        tenant.name: Due("", tenant.address)
        for tenant in deployment.tenants.values()
        if watched or not tenant.dedicated
    }
    yield from compare(
        Subject(CODE, Term("tenant"), file), listed, tenants, Place(file), deployment.environment.address
    )


def _entries(leaves: Mapping[Keys, Said]) -> Iterator[tuple[str, str, dict[str, Said]]]:
    """The tenants of a list: which part each is in, its name, and its leaves by their keys."""
    found: dict[tuple[str, str], dict[str, Said]] = {}
    for keys, said in leaves.items():
        if keys[0] in ("tenants", "dedicated") and len(keys) > 2:
            found.setdefault((keys[0], keys[1]), {})[".".join(keys[2:])] = said
        elif keys[0] in ("central", "landlord") and len(keys) > 1:
            found.setdefault((keys[0], ""), {})[".".join(keys[1:])] = said
    for (section, name), entry in found.items():
        named = name or next((entry[key].text for key in ("id", "name") if key in entry), "")
        yield section, named, entry


def _is_claimed(key: str) -> bool:
    last = key.rpartition(".")[2]
    return last in ("id", "database", "mongodb_database", "schema") or last.endswith(
        ("_db_name", "username", "password_file")
    )


def _wanted(deployment: Deployment, name: str, entry: Mapping[str, Said], *, dedicated: bool) -> dict[str, Due]:
    """What the entry of a tenant (``name`` is "" for the application's own) has to say, under the keys that it uses."""
    found: dict[str, str] = {"id": name} if "id" in entry else {}
    origin = deployment.tenants[name].address if name else deployment.environment.address
    for store in deployment.data_stores.values():
        space = next((one for one in store.spaces if one.tenant == (name or None)), None)
        kind = deployment.containers[store.container].type
        if space is not None and kind == "postgres":
            found |= _in_sql(entry, store, space, with_logins=not dedicated)
        elif space is not None and kind == "mongodb":
            found["mongodb_database"] = space.database
    return {key: Due(text, origin) for key, text in found.items()}


def _in_sql(entry: Mapping[str, Said], store: DataStore, space: Space, *, with_logins: bool) -> dict[str, str]:
    names = [key for key in entry if key == "database" or key.endswith("_db_name")] or ["database"]
    in_schema = store.kind == "schema" and space.tenant is not None and "schema" not in entry
    found = {names[0]: space.name if in_schema else space.database}
    found |= {"schema": space.name} if "schema" in entry else {}
    if with_logins:
        found |= _login(entry, "", [login for login in space.logins if login.right != "migrate"])
        found |= _login(entry, "migrate.", [login for login in space.logins if login.right == "migrate"])
    return found


def _login(entry: Mapping[str, Said], part: str, logins: list[Login]) -> dict[str, str]:
    """The keys and values of a login; where several applications share a space, of the one that the entry names."""
    here = [key for key in entry if key.rpartition(".")[0] == part.rstrip(".")]
    keys = {ending: key for key in here for ending in ("username", "password_file") if key.endswith(ending)}
    said = entry[keys["username"]].text if "username" in keys else ""
    login = next((one for one in logins if one.name == said), logins[0] if logins else None)
    if login is None:
        return {}
    return {
        keys.get("username", f"{part}username"): login.name,
        keys.get("password_file", f"{part}password_file"): str(SECRETS / login.secret),
    }
