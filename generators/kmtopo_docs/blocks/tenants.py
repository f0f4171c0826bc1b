"""The companies: where they lie, how they are reached, and where their data is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from kmtopo.plugin import Code, DataStore, Deployment, Graph, Paragraph, Piece, Table, Tenant, Text
from kmtopo_docs.words import Words, words_for


def tenants(graph: Graph, _graphs: Mapping[str, Graph]) -> Iterator[Piece]:
    """A row for each tenant; branches are told where any tenant has some."""
    deployment = graph.deployment
    words = words_for(deployment.project.locale)
    found = deployment.tenants.values()
    branched = any(tenant.branches for tenant in found)
    data = _data(deployment)
    head = [words.tenant, words.hosts, words.zone, *([words.branches] if branched else []), words.data]
    rows = []
    for tenant in found:
        branches = [", ".join(tenant.branches)] if branched else []
        title = f"{tenant.title} ({words.dedicated})" if tenant.dedicated else tenant.title
        hosts = Code(", ".join(tenant.hosts)) if tenant.hosts else ""
        row: list[Text] = [title, hosts, _zone(deployment, tenant), *branches, _spaces(data, tenant)]
        rows.append(tuple(row))
    if rows:
        yield Table(tuple(head), tuple(rows))
        yield from _users(deployment, words)


def _users(deployment: Deployment, words: Words) -> Iterator[Piece]:
    """Says in which stores tenants of the same processes are one user: a process logs in once."""
    pooled = {tenant.name for tenant in deployment.tenants.values() if not tenant.dedicated}
    stores = {name: store for name, store in deployment.data_stores.items() if name in deployment.containers}
    shared = [deployment.containers[name].title for name, store in stores.items() if _is_shared(store, pooled)]
    own = [deployment.containers[name].title for name, store in stores.items() if not _is_shared(store, pooled)]
    if len(pooled) > 1 and shared:
        yield Paragraph(words.shared_users.format(stores=words.listed(shared)))
    if len(pooled) > 1 and own:
        yield Paragraph(words.own_users.format(stores=words.listed(own)))


def _is_shared(store: DataStore, pooled: Collection[str]) -> bool:
    spaces = [space for space in store.spaces if space.tenant in pooled]
    users = [login.name for space in spaces for login in space.logins]
    return not spaces or len(set(users)) < len(users)


def _zone(deployment: Deployment, tenant: Tenant) -> str:
    zone = deployment.zones.get(tenant.zone or "")
    if zone is None:
        return ""
    return f"{zone.title} ({zone.city})" if zone.city else zone.title


def _data(deployment: Deployment) -> dict[str, list[tuple[str, str]]]:
    """Each tenant's spaces: the store's title and the name of what is the tenant's in it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, store in deployment.data_stores.items():
        title = deployment.containers[name].title if name in deployment.containers else name
        for space in store.spaces:
            if space.tenant is not None:
                found.setdefault(space.tenant, []).append((title, space.name))
    return found


def _spaces(data: Mapping[str, list[tuple[str, str]]], tenant: Tenant) -> Text:
    parts: list[str | Code] = []
    for title, name in data.get(tenant.name, ()):
        parts += [f"{', ' if parts else ''}{title} ", Code(name)]
    return tuple(parts)
