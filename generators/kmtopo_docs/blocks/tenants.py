"""The companies: where they lie, how they are reached, and where their data is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from kmtopo.plugin import Code, DataStore, Deployment, Graph, Paragraph, Piece, Table, Tenant, Text
from kmtopo_docs.names import MOST_ROWS
from kmtopo_docs.words import Words, words_for


def tenants(graph: Graph, _graphs: Mapping[str, Graph]) -> Iterator[Piece]:
    """A row for each tenant, or for each zone where they are too many; branches are told where any tenant has some."""
    deployment = graph.deployment
    words = words_for(deployment.project.locale)
    found = list(deployment.tenants.values())
    if not found:
        return
    if len(found) <= MOST_ROWS:
        yield _each(deployment, found, words)
    else:
        yield Paragraph((words.tenants_many, Code(f"kmtopo show tenants.{found[0].name}"), "."))
        yield _by_zone(deployment, found, words)
    yield from _users(deployment, words)


def _each(deployment: Deployment, found: Collection[Tenant], words: Words) -> Table:
    branched = any(tenant.branches for tenant in found)
    data = _data(deployment, found)
    rows: list[tuple[Text, ...]] = []
    for tenant in found:
        branches = [", ".join(tenant.branches)] if branched else []
        zone = _zone(deployment, tenant.zone)
        rows.append((_title(tenant, words), _hosts(tenant), zone, *branches, _spaces(data, tenant)))
    head = (words.tenant, words.hosts, words.zone, *([words.branches] if branched else []), words.data)
    return Table(head, tuple(rows))


def _by_zone(deployment: Deployment, found: Collection[Tenant], words: Words) -> Table:
    """How many there are in each zone, and one of them with its own: what the others have is like it."""
    branched = any(tenant.branches for tenant in found)
    zones: dict[str | None, list[Tenant]] = {zone: [] for zone in (*deployment.zones, None)}
    for tenant in found:
        zones[tenant.zone].append(tenant)
    inhabited = {zone: members for zone, members in zones.items() if members}
    data = _data(deployment, [members[0] for members in inhabited.values()])
    rows: list[tuple[Text, ...]] = []
    for zone, members in inhabited.items():
        branches = [str(sum(len(tenant.branches) for tenant in members))] if branched else []
        one = (_title(members[0], words), _hosts(members[0]), _spaces(data, members[0]))
        rows.append((_zone(deployment, zone), str(len(members)), *branches, *one))
    counted = (words.zone, words.tenants, *([words.branches] if branched else []))
    return Table((*counted, words.example, words.hosts, words.data), tuple(rows))


def _users(deployment: Deployment, words: Words) -> Iterator[Piece]:
    """Says in which stores tenants of the same processes are one user: a process logs in once."""
    pooled = {tenant.name for tenant in deployment.tenants.values() if not tenant.dedicated}
    stores = {name: store for name, store in deployment.data_stores.items() if name in deployment.containers}
    shared, own = list[str](), list[str]()
    for name, store in stores.items():
        (shared if _is_shared(store, pooled) else own).append(deployment.containers[name].title)
    if len(pooled) > 1 and shared:
        yield Paragraph(words.shared_users.format(stores=words.listed(shared)))
    if len(pooled) > 1 and own:
        yield Paragraph(words.own_users.format(stores=words.listed(own)))


def _is_shared(store: DataStore, pooled: Collection[str]) -> bool:
    spaces = [space for space in store.spaces if space.tenant in pooled]
    users = [login.name for space in spaces for login in space.logins]
    return not spaces or len(set(users)) < len(users)


def _title(tenant: Tenant, words: Words) -> str:
    return f"{tenant.title} ({words.dedicated})" if tenant.dedicated else tenant.title


def _hosts(tenant: Tenant) -> Text:
    return tuple(run for host in tenant.hosts for run in (", ", Code(host)))[1:]


def _zone(deployment: Deployment, name: str | None) -> str:
    zone = deployment.zones.get(name or "")
    if zone is None:
        return ""
    return f"{zone.title} ({zone.city})" if zone.city else zone.title


def _data(deployment: Deployment, shown: Iterable[Tenant]) -> dict[str, list[tuple[str, str]]]:
    """The spaces of some tenants: the store's title and the name of what is the tenant's in it."""
    found: dict[str, list[tuple[str, str]]] = {tenant.name: [] for tenant in shown}
    for name, store in deployment.data_stores.items():
        title = deployment.containers[name].title if name in deployment.containers else name
        for space in store.spaces:
            if space.tenant in found:
                found[space.tenant].append((title, space.name))
    return found


def _spaces(data: Mapping[str, list[tuple[str, str]]], tenant: Tenant) -> Text:
    parts: list[str | Code] = []
    for title, name in data[tenant.name]:
        parts += [f"{', ' if parts else ''}{title} ", Code(name)]
    return tuple(parts)
