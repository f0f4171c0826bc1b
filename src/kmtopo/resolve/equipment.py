"""What each container's type says of it in its setting, and what the file says instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.model.container import HealthcheckEntry
from kmtopo.model.references import Reference, parts
from kmtopo.resolve.companies import Tenancy, Tenant
from kmtopo.resolve.deployment import GROUP_OF_THE_TENANT, Host, Project, Tls
from kmtopo.resolve.drafts import Draft, Plan
from kmtopo.resolve.references import Scope, value
from kmtopo.resolve.tenants import covering
from kmtopo.resolve.world import World
from kmtopo.types.runtime import Healthcheck, Peer, Port, Runtime, Setting, Stage, Variable, http_probe
from kmtopo.types.stores import Account, DataStore
from kmtopo.values import frozen

GROUP_OF_THE_FILE = "topology"


@frozen
class Surroundings:
    """What one environment's types see beyond their own container; worked out once for all of them.

    ``hosts`` are the application's own, ``pattern`` covers its ``tenants``'. ``served`` holds for each callee
    what its callers want of it, ``stores`` who gets what in it, ``accounts`` the same by family. ``crowds`` are the
    machine and type of those that are not alone of their kind, ``clans`` of those that are not all of one family.
    ``kinds`` are the stores of the tenancy, by the tenant whose alone they are.
    """

    project: Project
    stage: Stage
    tls: Tls
    tenancy: Tenancy | None
    hosts: tuple[str, ...]
    pattern: str | None
    public_port: int | None
    served: Mapping[str, frozenset[str]]
    stores: Mapping[str, DataStore]
    crowds: frozenset[tuple[str, str]]
    clans: frozenset[tuple[str, str]]
    tenants: Mapping[str, Tenant]
    accounts: Mapping[str, Mapping[str, Account]]
    kinds: Mapping[str | None, tuple[tuple[str, str], ...]]


def surroundings(
    plan: Plan,
    project: Project,
    stage: Stage,
    tls: Tls,
    tenancy: Tenancy | None,
    hosts: Iterable[Host],
    tenants: Mapping[str, Tenant],
    stores: Mapping[str, DataStore],
) -> Surroundings:
    """Works out what all types of an environment may look at."""
    # What a tenant has to itself makes nothing of the others' less alone.
    shared = [d for d in plan.drafts.values() if d.tenant is None]
    kinds = Counter((d.vps, d.type.name) for d in shared)
    families = Counter((vps, kind) for vps, kind, _ in {(d.vps, d.type.name, _family(d, plan)) for d in shared})
    own, pattern = _public_names(plan.world, hosts, tenants)
    return Surroundings(
        project=project,
        stage=stage,
        tls=tls,
        tenancy=tenancy,
        hosts=own,
        pattern=pattern,
        public_port=_public_port(plan, 443 if tls.is_ours else 80),
        served=_served(plan),
        stores=stores,
        crowds=frozenset(kind for kind, count in kinds.items() if count > 1),
        clans=frozenset(kind for kind, count in families.items() if count > 1),
        tenants=tenants,
        accounts={name: dict(store.accounts) for name, store in stores.items()},
        kinds=_kinds(tenancy),
    )


def _kinds(tenancy: Tenancy | None) -> dict[str | None, tuple[tuple[str, str], ...]]:
    """The stores of the tenancy with their kind, by the tenant whose alone they are; None: those of all others."""
    kinds: dict[str | None, list[tuple[str, str]]] = {None: []}
    for store in tenancy.stores if tenancy else ():
        kinds.setdefault(store.tenant, []).append((store.container, store.kind))
    return {tenant: tuple(found) for tenant, found in kinds.items()}


def setting(draft: Draft, plan: Plan, around: Surroundings) -> Setting:
    """Gathers what a type may look at when it equips one container."""
    entry, tls, tenancy = draft.entry, around.tls, around.tenancy
    kind, family = (draft.vps, draft.type.name), _family(draft, plan)
    return Setting(
        project=around.project.name,
        title=around.project.title,
        locale=around.project.locale,
        environment=plan.world.name,
        stage=around.stage,
        name=draft.name,
        family=family,
        type=draft.type.name,
        image=entry.image,
        process=entry.process or (draft.type.processes[0] if draft.type.processes else ""),
        once=bool(entry.once),
        port=draft.port,
        memory=scaled_memory(draft, plan),
        cpu=scaled_cpu(draft, plan),
        peers=_peers(draft, plan, around.accounts),
        hosts=around.tenants[draft.tenant].hosts if draft.tenant else around.hosts,
        https=tls.mode != "off",
        tls_mode=tls.mode,
        public_port=around.public_port,
        code_mounted=any(v and v.bind for v in (entry.volumes or {}).values()),
        flavor=tenancy.flavor if tenancy else "",
        stores=around.kinds.get(draft.tenant, around.kinds[None]),
        served=tuple(sorted(around.served.get(draft.name, ()))),
        # A tenant's own processes answer to its hosts alone.
        host_pattern=None if draft.tenant else around.pattern,
        command=tuple(entry.command) if isinstance(entry.command, list) else entry.command,
        folder=_folder(draft, draft.name, alone=kind not in around.crowds),
        family_folder=_folder(draft, family, alone=kind not in around.clans),
        store=around.stores.get(draft.name),
        tenant=draft.tenant,
        tls_files=(tls.certificate, tls.key) if tls.certificate and tls.key and tls.mode == "files" else None,
    )


def _folder(draft: Draft, name: str, *, alone: bool) -> str:
    """The folder of a type, and below it one by name where it is not alone of its kind."""
    if draft.tenant:
        return f"tenants/{draft.tenant}/{draft.type.name}/{name}"
    return draft.type.name if alone else f"{draft.type.name}/{name}"


def _family(draft: Draft, plan: Plan) -> str:
    return plan.world.families.get(draft.name, draft.name)


def _peers(draft: Draft, plan: Plan, accounts: Mapping[str, Mapping[str, Account]]) -> tuple[Peer, ...]:
    family, peers = _family(draft, plan), []
    for name, call in sorted((draft.entry.uses or {}).items()):
        callee = plan.drafts.get(name)
        if callee is not None and not callee.entry.once:
            optional, purposes = bool(call and call.optional), tuple((call and call.for_) or ())
            account = accounts.get(name, {}).get(family)
            peers.append(Peer(name, callee.type.name, callee.port, purposes, optional, account))
    return tuple(peers)


def _served(plan: Plan) -> dict[str, frozenset[str]]:
    """What callers say they use each callee for; "" where one does not say: it may want anything."""
    words: dict[str, set[str]] = {}
    for draft in plan.drafts.values():
        for name, call in (draft.entry.uses or {}).items():
            words.setdefault(name, set()).update((call and call.for_) or ("",))
    return {name: frozenset(said) for name, said in words.items()}


def _public_port(plan: Plan, container_port: int) -> int | None:
    """The machine's port that leads to the proxy's own, where one is published."""
    for draft in plan.drafts.values():
        for _, host, container, _ in draft.entry.publish or ():
            if draft.entry.routes and container == container_port:
                return host
    return None


def _public_names(
    world: World, hosts: Iterable[Host], tenants: Mapping[str, Tenant]
) -> tuple[tuple[str, ...], str | None]:
    """The application's own hosts (the central tenant's where there is one), and a pattern that covers all tenants.

    Types see no more than this, so that a new company changes no container's variables.
    """
    if not tenants:
        return tuple(h.name for h in hosts), None
    central = tuple(name for t in tenants.values() if t.central for name in t.hosts)
    return central, covering(world)


def scaled_memory(draft: Draft, plan: Plan) -> int | None:
    """The limit of one replica in bytes, after the environment's scale."""
    memory = draft.entry.resources.memory if draft.entry.resources else None
    scale = plan.scale.memory
    return int(memory * scale) if memory and scale else memory or None


def scaled_cpu(draft: Draft, plan: Plan) -> Decimal | None:
    """The limit of one replica in cores, after the environment's scale."""
    cpu = draft.entry.resources.cpu if draft.entry.resources else None
    return (cpu * (plan.scale.cpu or Decimal(1))).normalize() if cpu else None


def variables(
    draft: Draft, runtime: Runtime, scope: Scope, tenant: Tenant | None, found: list[Diagnostic]
) -> tuple[Variable, ...]:
    """The type's variables and the file's, which win: the type's in its order, then the others by name.

    A dedicated copy is told first whose it is.
    """
    own = {v.name: v for v in _tenant_variables(tenant)} if tenant else {}
    merged = {**own, **{v.name: v for v in runtime.variables}}
    for name, text in sorted((draft.entry.env or {}).items()):
        if text is None:
            continue
        at = draft.origin("env", name)
        group = merged[name].group if name in merged and name not in own else GROUP_OF_THE_FILE
        merged[name] = Variable(name, value(text, scope, at, found), group, at)
    return tuple(merged.values())


def replicas(draft: Draft, plan: Plan) -> int:
    """How many of it run, no more than the environment's scale lets."""
    return min(draft.entry.replicas or 1, plan.scale.replicas or 1000)


def _tenant_variables(tenant: Tenant) -> Iterator[Variable]:
    domain = next(iter(tenant.hosts), "")
    values = {"SLUG": tenant.name, "IDENTIFIER": tenant.identifier, "TITLE": tenant.title, "DOMAIN": domain}
    for name, known in values.items():
        yield Variable(f"TENANT_{name}", (known,), GROUP_OF_THE_TENANT, tenant.address)


def secrets(draft: Draft, runtime: Runtime, resolved: Iterable[Variable]) -> tuple[str, ...]:
    """The names of all secrets that the container needs, sorted."""
    named = {name for v in resolved for name in v.secrets}
    return tuple(sorted(named | set(runtime.secrets) | set(draft.entry.secrets or ())))


def healthcheck(draft: Draft, runtime: Runtime) -> Healthcheck | None:
    """The file's health check, else the type's; none for what runs to completion."""
    own = draft.entry.healthcheck
    if own is None or (own.off is None and own.http is None and own.command is None):
        return None if draft.entry.once else runtime.healthcheck
    return None if own.off else _declared(own, draft.port)


def _declared(own: HealthcheckEntry, port: Port | None) -> Healthcheck:
    if own.command is not None:
        words = own.command
        return Healthcheck(("CMD-SHELL", words) if isinstance(words, str) else ("CMD", *words))
    return Healthcheck(("CMD-SHELL", http_probe(port.number if port else 80, own.http or "/")))


def command(draft: Draft, scope: Scope, found: list[Diagnostic]) -> str | tuple[str, ...] | None:
    """The file's command with its references resolved; slots have no place there."""
    own = draft.entry.command
    if own is None:
        return None
    words = [own] if isinstance(own, str) else own
    resolved = []
    for index, word in enumerate(words):
        at = draft.origin("command") if isinstance(own, str) else draft.origin("command", index)
        if any(isinstance(p, Reference) and p.body.startswith(("secrets.", "env:")) for p in parts(word)):
            found.append(diagnose("KM304", at, help="command", reference=word, right=""))
            continue
        resolved.append("".join(p for p in value(word, scope, at, found) if isinstance(p, str)))
    return "".join(resolved) if isinstance(own, str) else tuple(resolved)
