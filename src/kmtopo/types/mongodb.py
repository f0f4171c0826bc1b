"""MongoDB: with authentication from the first start and a cache that leaves room for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.types.memory import GIB, MIB, TMP, scratch
from kmtopo.types.naming import (
    administrator,
    administrator_password,
    application_password,
    application_user,
    central_database,
    identifier,
    tenant_database,
)
from kmtopo.types.runtime import ContainerType, Folder, Healthcheck, Port, Runtime, Setting, Variable
from kmtopo.types.stores import Account, Clients, Company, DataStore, Group, Login, Space

SMALLEST_CACHE = GIB // 4
# Where the generated folder lies in the container, and where the image looks for what its first start runs.
FOLDER = "/etc/kmtopo/mongo"
FIRST_START = "/docker-entrypoint-initdb.d"

# By its own name and not by loopback: while it is still being set up, the server answers there only, without
# a password. The shell leaves a log per run in its home, which is why it has none.
_PING = (
    'HOME=/nonexistent mongosh --quiet --norc --host "$(hostname)" --eval "quit(db.adminCommand({ping: 1}).ok ? 0 : 1)"'
)


def runtime(setting: Setting) -> Runtime:
    """Equips a server whose first start makes the administrator and the users."""
    folder = f"mongo{setting.folder.removeprefix(setting.type)}"
    return Runtime(
        command=("mongod", "--bind_ip_all", *_cache(setting.memory)),
        user="999",
        tmpfs=(
            # The image declares a second volume for a role that this server never has.
            scratch("/data/configdb", setting.memory, MIB),
            scratch(TMP, setting.memory, 64 * MIB),
        ),
        folders=(Folder(folder, FOLDER), Folder(f"{folder}/init", FIRST_START)),
        variables=(
            Variable("MONGO_INITDB_ROOT_PASSWORD", (administrator_password(setting.name),), "database", file=True),
            Variable("MONGO_INITDB_ROOT_USERNAME", (administrator(setting.project),), "database"),
        ),
        # A shell of its own each time: slow under a small CPU limit.
        secrets=setting.store.secrets() if setting.store else (),
        healthcheck=Healthcheck(("CMD-SHELL", _PING), interval=30, timeout=15, start_period=60),
        pids=1024,
        stop_grace=60,
    )


def keep(clients: Clients) -> DataStore:
    """Gives the application a database and each tenant one, with one user for each group of processes.

    A process has one connection string, so the processes that serve all pooled tenants share a user.
    """
    logins = {group.family: _login(clients, group) for group in clients.groups}
    spaces = tuple(_spaces(clients, logins))
    return DataStore(
        container=clients.container,
        address=clients.address,
        kind=clients.kind,
        administrator=Login(administrator(clients.project), administrator_password(clients.container).name, "own"),
        spaces=spaces,
        accounts=tuple((g.family, Account(_own(g, spaces), logins[g.family])) for g in clients.groups),
        overseers=spaces[0].logins if any(c.central and c.reads_all for c in clients.companies) else (),
    )


def _login(clients: Clients, group: Group) -> Login:
    user, secret = (
        application_user(clients.project, group.family),
        application_password(clients.container, group.family),
    )
    # What writes may also index; the rest of a structure is changed by those who migrate.
    return Login(user, secret.name, "own" if group.migrates else "use")


def _spaces(clients: Clients, logins: Mapping[str, Login]) -> Iterator[Space]:
    """Yields the application's database, the central tenant's too, then those of the other tenants."""
    users: dict[str | None, tuple[Login, ...]] = {}
    for group in clients.groups:
        users[group.tenant] = (*users.get(group.tenant, ()), logins[group.family])
    pooled = users.get(None, ())
    central = next((c for c in clients.companies if c.central), None)
    name, own = central_database(clients.project, clients.flavor), users.get(central.name, ()) if central else ()
    address = central.address if central else clients.address
    yield Space(name, address, identifier(name), central.name if central else None, name, (*pooled, *own))
    for company in clients.companies if clients.kind == "database" else ():
        if not company.central:
            yield _tenant(clients, company, users.get(company.name, ()) if company.dedicated else pooled)


def _tenant(clients: Clients, company: Company, logins: tuple[Login, ...]) -> Space:
    name = tenant_database(clients.project, company.name, clients.flavor)
    return Space(name, company.address, identifier(name), company.name, name, logins)


def _own(group: Group, spaces: tuple[Space, ...]) -> Space:
    return next((s for s in spaces if group.tenant and s.tenant == group.tenant), spaces[0])


def _cache(memory: int | None) -> tuple[str, ...]:
    """Half of what is above 1 GiB, as the server itself would reckon from a machine's memory."""
    if memory is None:
        return ()
    size = max((memory - GIB) // 2, SMALLEST_CACHE)
    return ("--wiredTigerCacheSizeGB", f"{size * 100 // GIB / 100:g}")


def _volume_path(_image: str | None) -> str:
    return "/data/db"


MONGODB = ContainerType(
    name="mongodb",
    title="MongoDB",
    aliases=("Mongo",),
    role="database",
    icon="mongodb",
    kind=(("en", "document database"), ("es", "base documental")),
    runtime=runtime,
    port=Port(27017, "mongodb"),
    volume_path=_volume_path,
    keep=keep,
    separations=("database", "shared"),
    purposes=("documents", "logs", "reports"),
)
