"""Who gets what in each data store: the types say it, knowing who calls the store and which tenants there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from kmtopo.diagnostics import Diagnostic
from kmtopo.resolve.asking import answered
from kmtopo.resolve.companies import Tenancy, Tenant
from kmtopo.resolve.drafts import Draft, Plan
from kmtopo.resolve.equipment import replicas, scaled_memory
from kmtopo.resolve.lock import Lock
from kmtopo.resolve.world import World
from kmtopo.types.stores import Clients, Company, DataStore, Group

# How many connections the pools of most drivers open, where a type does not say it.
USUAL_POOL = 10


def database_needs(plans: Iterable[Plan], found: list[Diagnostic]) -> dict[str, int]:
    """Says how many numbered databases each family needs of each store that has such, by keys of the lock."""
    return {
        _database_key(plan, container, group.family): plan.drafts[container].type.databases
        for plan in plans
        for container, groups in _groups(plan, found).items()
        if container in plan.drafts and plan.drafts[container].type.databases
        for group in groups
    }


def _database_key(plan: Plan, container: str, family: str) -> str:
    return f"{plan.world.name}.{container}.{family}"


def data_stores(
    plan: Plan,
    project: str,
    tenancy: Tenancy | None,
    tenants: Mapping[str, Tenant],
    lock: Lock,
    found: list[Diagnostic],
) -> dict[str, DataStore]:
    """Works out what is provisioned in each data store of an environment, by container."""
    kinds = {store.container: store.kind for store in tenancy.stores} if tenancy else {}
    groups, clientele = _groups(plan, found), _clientele(plan.world, tenants, kinds)
    kept = {}
    for name, draft in sorted(plan.drafts.items()):
        if draft.type.keep is None:
            continue
        clients = Clients(
            project=project,
            environment=plan.world.name,
            container=name,
            address=draft.layer.where.address,
            flavor=tenancy.flavor if tenancy and kinds else "",
            kind=kinds.get(name),
            groups=groups.get(name, ()),
            companies=clientele.get(name, ()),
            connections=tenancy.connections if tenancy else 10,
            databases=_databases(plan, name, groups.get(name, ()), lock),
            provisioning=tenancy.provisioning if tenancy else "kmtopo",
        )
        store = answered(draft, partial(draft.type.keep, clients), found)
        if store is not None:
            kept[name] = store
    return kept


def _clientele(world: World, tenants: Mapping[str, Tenant], stores: Iterable[str]) -> dict[str, tuple[Company, ...]]:
    """The tenants whose data each store of the tenancy keeps: those that have a copy of it use that."""
    companies = {
        name: Company(name, tenant.address, tenant.dedicated, tenant.central, tenant.reads_all)
        for name, tenant in tenants.items()
    }
    kept = {}
    for store in stores:
        copy = world.copy("containers", store)
        elsewhere = {other.tenant for other in world.copies_of.get(store, ())}
        named = companies.keys() - elsewhere if copy is None else {copy.tenant}
        kept[store] = tuple(companies[name] for name in sorted(named & companies.keys()))
    return kept


def _databases(plan: Plan, container: str, groups: Iterable[Group], lock: Lock) -> dict[str, int]:
    keys = {group.family: _database_key(plan, container, group.family) for group in groups}
    return {family: lock.databases[key] for family, key in keys.items() if key in lock.databases}


def _groups(plan: Plan, found: list[Diagnostic]) -> dict[str, tuple[Group, ...]]:
    """The groups of processes that call each container, by family."""
    callers: dict[str, dict[str, list[Draft]]] = {}
    for draft in plan.drafts.values():
        family = plan.world.families.get(draft.name, draft.name)
        for name in draft.entry.uses or {}:
            callers.setdefault(name, {}).setdefault(family, []).append(draft)
    return {
        name: tuple(_group(family, members, plan, found) for family, members in sorted(families.items()))
        for name, families in callers.items()
    }


def _group(family: str, members: list[Draft], plan: Plan, found: list[Diagnostic]) -> Group:
    migrates = any(draft.entry.process == "migrate" for draft in members)
    return Group(family, members[0].tenant, migrates, sum(_workers(draft, plan, found) for draft in members))


def _workers(draft: Draft, plan: Plan, found: list[Diagnostic]) -> int:
    process = draft.entry.process or (draft.type.processes[0] if draft.type.processes else "")
    reckon = draft.type.workers
    each = answered(draft, partial(reckon, process, scaled_memory(draft, plan)), found) if reckon else None
    return (USUAL_POOL if each is None else each) * replicas(draft, plan)
