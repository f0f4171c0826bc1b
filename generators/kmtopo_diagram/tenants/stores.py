"""Where tenants' data lies: a column for each store, and what each tenant has to itself there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kmtopo.plugin import Container, DataStore, Deployment, Graph, Store, Tenant, frozen
from kmtopo_diagram.signs.glyphs import glyph_for
from kmtopo_diagram.tenants.picture import Column, Space
from kmtopo_diagram.tenants.words import TenantWords

_APART = ("database", "schema")  # what no two tenants can have in common


@frozen
class Shelf:
    """A store of ``tenancy.stores`` with the copies of it that dedicated tenants have to themselves.

    ``stores`` are by the tenant whose alone each is (None: the others'), ``spaces`` the names of what is a tenant's own,
    by container and tenant.
    """

    original: str
    stores: Mapping[str | None, Store]
    spaces: Mapping[tuple[str, str], Sequence[str]]

    def of(self, tenant: Tenant) -> Store | None:
        """The store that has a tenant's data: its own, else the one for all."""
        return self.stores.get(tenant.name) or self.stores.get(None)

    def main(self) -> Store:
        """The store to name the column after."""
        return self.stores.get(None) or next(iter(self.stores.values()))

    def names(self, tenant: Tenant) -> Sequence[str]:
        """What a tenant has to itself, by name."""
        store = self.of(tenant)
        return self.spaces.get((store.container, tenant.name), ()) if store else ()


def shelves(graph: Graph) -> tuple[Shelf, ...]:
    """Returns the stores: what all share behind what is each one's own, of which the central tenant reads the last.

    Optional ones come behind others.
    """
    deployment = graph.deployment
    found: dict[str, dict[str | None, Store]] = {}
    for store in deployment.tenancy.stores if deployment.tenancy else ():
        if store.container in deployment.containers:
            found.setdefault(deployment.containers[store.container].original, {}).setdefault(store.tenant, store)
    spaces = _spaces(deployment)
    made = [Shelf(original, stores, spaces) for original, stores in sorted(found.items())]
    needed = {edge.target.name for edge in graph.calls() if not edge.optional}

    def rank(shelf: Shelf) -> tuple[bool, bool, bool, str]:
        data = deployment.data_stores.get(shelf.main().container)
        is_read, is_spare = bool(data and data.overseers), shelf.main().container not in needed
        return _is_common(shelf, deployment), is_read, is_spare, shelf.original

    return tuple(sorted(made, key=rank))


def _spaces(deployment: Deployment) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for name, store in deployment.data_stores.items():
        for each in store.spaces:
            if each.tenant is not None:
                found.setdefault((name, each.tenant), []).append(each.name)
    return found


def _is_common(shelf: Shelf, deployment: Deployment) -> bool:
    return not any(_is_own(shelf, tenant) for tenant in deployment.tenants.values())


def _is_own(shelf: Shelf, tenant: Tenant) -> bool:
    """Whether a tenant has something to itself in a store, or the store."""
    store = shelf.of(tenant)
    return store is not None and (bool(shelf.names(tenant)) or store.tenant == tenant.name or store.kind in _APART)


def column(shelf: Shelf, deployment: Deployment, order: Mapping[str, int], words: TenantWords) -> Column:
    """Makes the column of a store; ``order`` gives each network's place."""
    store = shelf.main()
    container, data = deployment.containers[store.container], deployment.data_stores.get(store.container)
    common = _common(data)
    shared = [not _is_own(shelf, tenant) for tenant in deployment.tenants.values()]
    note = (words.common if all(shared) else words.either if any(shared) else words.own)[store.kind]
    database = _database(store, data)
    return Column(
        store=shelf.original,
        title=container.title,
        note=f"{note} {words.in_database.format(database=database)}" if database else note,
        glyph=glyph_for(container.icon, container.role, container.process),
        index=order.get(container.home),
        common=common,
        own=words.own[store.kind],
        is_common=all(shared),
        tip=" · ".join(filter(None, [container.title, note, common if any(shared) else database])),
    )


def _common(data: DataStore | None) -> str:
    """What the application has in a store, and with it whoever has nothing else there."""
    return next((each.name for each in data.spaces if each.tenant is None), "") if data else ""


def _database(store: Store, data: DataStore | None) -> str:
    """The database that the tenants' schemas lie in."""
    return next((each.database for each in data.spaces), "") if data and store.kind == "schema" else ""


def space(shelf: Shelf, tenant: Tenant, deployment: Deployment, words: TenantWords) -> Space | None:
    """Returns what a tenant has to itself in a store, None where it has nothing of its own there."""
    store = shelf.of(tenant)
    if store is None or not _is_own(shelf, tenant):
        return None
    container, mine = deployment.containers[store.container], shelf.names(tenant)
    if mine or store.tenant == tenant.name:
        name = mine[0] if mine else _common(deployment.data_stores.get(store.container))
        return Space(name, _tip(container, store, mine, words))
    return Space("", _tip(container, store, [words.unnamed], words))


def _tip(container: Container, store: Store, names: Sequence[str], words: TenantWords) -> str:
    facts: Iterable[str] = [container.title, words.own[store.kind], *names, words.own_store if store.tenant else ""]
    return " · ".join(filter(None, facts))
