"""A plan and the lock become a deployment: the last phase that knows the file, the first whose result is complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, Label, Part, Term, diagnose
from kmtopo.model.topology import Topology
from kmtopo.resolve import equipment
from kmtopo.resolve.asking import answered
from kmtopo.resolve.calls import calls, dependencies, publications, routes
from kmtopo.resolve.companies import Tenant
from kmtopo.resolve.crossing import crossed
from kmtopo.resolve.deployment import (
    Build,
    Call,
    Container,
    Dependency,
    Deployment,
    Environment,
    Host,
    Mount,
    Network,
    Project,
    Route,
    Tls,
    Volume,
    Vps,
)
from kmtopo.resolve.drafts import Draft, Plan
from kmtopo.resolve.lock import Lock
from kmtopo.resolve.machines import declared_networks, machine, network
from kmtopo.resolve.mounts import mounts
from kmtopo.resolve.prose import assumptions, prose
from kmtopo.resolve.references import Scope
from kmtopo.resolve.stores import data_stores
from kmtopo.resolve.tenants import hosts, tenancy, tenants, zones
from kmtopo.types.runtime import Port, Runtime, Setting, Stage


def deploy(topology: Topology, plan: Plan, lock: Lock, root: str, found: list[Diagnostic]) -> Deployment:
    """Resolves one environment completely; what could not be resolved is reported and left out."""
    project = project_of(topology)
    stage = _stage(plan)
    title, kept = plan.entry.title or plan.world.name, plan.entry.secrets or topology.project.data.get("secrets")
    environment = Environment(plan.world.name, plan.world.address, title, stage, kept or "file")
    carried = sorted({d.vps for d in plan.drafts.values() if not d.is_external})
    machines = {name: machine(name, plan.world.items["vps"][name]) for name in carried}
    companies = tenants(plan.world, topology, found)
    separation = tenancy(plan.world, topology, found)
    names = hosts(plan.world, companies, topology, found)
    tls = _tls(plan)
    stores = data_stores(plan, project.name, separation, companies, lock, found)
    around = equipment.surroundings(plan, project, stage, tls, separation, names, companies, stores)
    containers = _Assembly(topology, plan, lock, around, machines, found)
    resolved = crossed(containers.all(), machines, _ports(lock, plan.world.name), found)
    _check_tls(plan, tls, resolved, names, found)
    return Deployment(
        project=project,
        environment=environment,
        tls=tls,
        vps=MappingProxyType(machines),
        networks=MappingProxyType(_networks(plan, lock)),
        containers=MappingProxyType(resolved),
        volumes=MappingProxyType(_volumes(resolved, found)),
        zones=MappingProxyType(zones(plan.world)),
        tenants=MappingProxyType(companies),
        tenancy=separation,
        hosts=names,
        data_stores=MappingProxyType(stores),
        host_pattern=around.pattern,
        root=root,
        assumptions=assumptions(topology),
        prose=MappingProxyType(prose(topology, ("", plan.world.name, *machines))),
    )


def _ports(lock: Lock, environment: str) -> dict[str, int]:
    """The ports that are allocated in one environment, by container and its own port."""
    begin = f"{environment}."
    return {key.removeprefix(begin): port for key, port in lock.ports.items() if key.startswith(begin)}


def project_of(topology: Topology) -> Project:
    """The project as the file names it; a name that could not be read becomes ``project``."""
    data = topology.project.data
    name = str(data.get("name") or "project")
    return Project(name, str(data.get("title") or name), str(data.get("locale") or "en"))


class _Assembly:
    """Puts the containers of one environment together, once all of them are drafted."""

    def __init__(
        self,
        topology: Topology,
        plan: Plan,
        lock: Lock,
        around: equipment.Surroundings,
        machines: Mapping[str, Vps],
        found: list[Diagnostic],
    ) -> None:
        self.topology, self.plan, self.lock, self.stage, self.found = topology, plan, lock, around.stage, found
        self.machines = machines
        self.unequipped: set[str] = set()
        self.runtimes = {
            name: self._runtime(draft, equipment.setting(draft, plan, around)) for name, draft in plan.drafts.items()
        }
        self.healthy = {n: equipment.healthcheck(d, self.runtimes[n]) is not None for n, d in plan.drafts.items()}
        self.entrances = {a.network for d in plan.drafts.values() if d.entry.routes for a in d.attachments}
        self.locale, self.tenants = around.project.locale, around.tenants
        self.scopes = _own_scopes(_scope(plan, around.project, machines, around.tenants, topology), plan)

    def _runtime(self, draft: Draft, setting: Setting) -> Runtime:
        runtime = answered(draft, lambda: draft.type.runtime(setting), self.found)
        if runtime is None:
            self.unequipped.add(draft.name)
        return runtime or Runtime()

    def _absent(self, draft: Draft) -> frozenset[str]:
        return draft.absent | {"type"} if draft.name in self.unequipped else draft.absent

    def all(self) -> dict[str, Container]:
        drafts = self.plan.drafts.items()
        return {name: self._outside(draft) if draft.is_external else self._container(draft) for name, draft in drafts}

    def _outside(self, draft: Draft) -> Container:
        """A system that others run: known by its host, on no machine and no network of ours."""
        runtime, entry = self.runtimes[draft.name], draft.entry
        return Container(
            name=draft.name,
            address=draft.layer.where.address,
            type=draft.type.name,
            role=draft.type.role,
            icon=draft.type.icon,
            kind=dict(draft.type.kind).get(self.locale, ""),
            title=entry.title or draft.layer.where.address.name,
            purpose=entry.purpose,
            family=draft.name,
            process="",
            once=False,
            image=None,
            build=None,
            vps="",
            attachments=(),
            home="",
            port=draft.port,
            calls=(),
            routes=(),
            publications=(),
            replicas=1,
            cpu=None,
            memory=None,
            mounts=(),
            variables=(),
            secrets=(),
            command=None,
            healthcheck=None,
            dependencies=(),
            runtime=runtime,
            host=entry.host or "",
            absent=self._absent(draft),
        )

    def _container(self, draft: Draft) -> Container:
        runtime, entry = self.runtimes[draft.name], draft.entry
        replicas = equipment.replicas(draft, self.plan)
        called = calls(draft, self.plan, self.topology, self.found)
        ways = routes(draft, self.plan, self.topology, self.found)
        scope = self.scopes[draft.tenant]
        tenant = self.tenants[draft.tenant] if draft.tenant else None
        values = equipment.variables(draft, runtime, scope, tenant, self.found)
        return Container(
            name=draft.name,
            address=draft.layer.where.address,
            type=draft.type.name,
            role=runtime.role or draft.type.role,
            icon=runtime.icon or draft.type.icon,
            kind=runtime.kind_in(self.locale) or dict(draft.type.kind).get(self.locale, ""),
            title=entry.title or draft.type.title or draft.layer.where.address.name,
            purpose=entry.purpose,
            family=self.plan.world.families.get(draft.name, draft.name),
            process=entry.process or (draft.type.processes[0] if draft.type.processes else ""),
            once=bool(entry.once),
            image=entry.image,
            build=_build(draft),
            vps=draft.vps,
            attachments=tuple(sorted(draft.attachments, key=lambda a: a.network)),
            home=self._home(draft),
            port=self._port(draft),
            calls=called,
            routes=ways,
            publications=publications(draft, self.plan, self.machines[draft.vps], self.lock, replicas, self.found),
            replicas=replicas,
            cpu=equipment.scaled_cpu(draft, self.plan),
            memory=equipment.scaled_memory(draft, self.plan),
            mounts=mounts(draft, runtime, self.plan, self.stage, self.found),
            variables=values,
            secrets=equipment.secrets(draft, runtime, values),
            command=equipment.command(draft, scope, self.found),
            healthcheck=equipment.healthcheck(draft, runtime),
            dependencies=self._dependencies(draft, called, ways),
            runtime=runtime,
            tenant=draft.tenant,
            absent=self._absent(draft),
            resources_at=self._resources_at(draft),
        )

    def _resources_at(self, draft: Draft) -> Address:
        """Where its limits stand: a dedicated tenant may say those of its copies."""
        tenant = self.plan.world.items["tenants"][draft.tenant] if draft.tenant else draft.layer
        return (tenant if tenant.data.get("resources") else draft.layer).where.address / "resources"

    def _dependencies(self, draft: Draft, called: tuple[Call, ...], ways: tuple[Route, ...]) -> tuple[Dependency, ...]:
        return dependencies(draft, called, ways, self.healthy, self.plan)

    def _port(self, draft: Draft) -> Port | None:
        # A process that only works off a queue listens nowhere, whatever its type says.
        listens = draft.entry.port is not None or not self.runtimes[draft.name].silent
        return draft.port if listens and not draft.entry.once else None

    def _home(self, draft: Draft) -> str:
        """The network it is drawn in: the first one written that no proxy joins, else the first."""
        names = [a.network for a in draft.attachments]
        return next((n for n in names if n not in self.entrances), names[0] if names else "")


def _build(draft: Draft) -> Build | None:
    entry = draft.entry.build
    if entry is None:
        return None
    arguments = tuple((k, v) for k, v in sorted((entry.args or {}).items()) if v is not None)
    return Build(entry.context or ".", entry.dockerfile, entry.target, arguments)


def _stage(plan: Plan) -> Stage:
    # A stage that could not be read forbids nothing.
    unread = "stage" in plan.world.own.absent_keys()
    return plan.entry.stage or ("development" if unread else "production")


def _tls(plan: Plan) -> Tls:
    entry = plan.entry.tls
    if entry is None:
        return Tls("acme", plan.world.address)
    # The mode says it: an environment that extends another may change just that.
    origin = plan.world.own.where.find(("tls", "mode"))
    return Tls(entry.mode or "acme", origin, tuple(entry.trusted or ()), entry.certificate, entry.key)


def _check_tls(
    plan: Plan, tls: Tls, containers: Mapping[str, Container], names: Iterable[Host], found: list[Diagnostic]
) -> None:
    proxies = [c for c in containers.values() if c.is_proxy and not c.absent & {"publish", "routes"}]
    is_unread = "tls" in plan.world.own.absent_keys()
    if tls.mode == "files" and not is_unread:
        at, needed = plan.world.own.where.find(("tls",)), {"certificate": tls.certificate, "key": tls.key}
        found += [diagnose("KM203", at, key=key, of=Term("setting")) for key, file in needed.items() if not file]
    if tls.mode != "acme" or is_unread or not proxies or not all(c.type == "nginx" for c in proxies):
        return
    if not any(p.host_port == 80 for c in proxies for p in c.publications):
        ports = [Label(address=p.origin, text="port") for c in proxies for p in c.publications]
        also = ports or [Label(address=c.address, part="key", text="proxy") for c in proxies]
        part: Part = "value" if plan.entry.tls else "key"
        found.append(diagnose("KM319", tls.origin, part=part, also=also, help="port", environment=plan.world.name))
    wild = next((h for h in names if h.name.startswith("*.")), None)
    if wild is not None:
        found.append(diagnose("KM319", wild.origin, help="wildcard", environment=plan.world.name, host=wild.name))


def _networks(plan: Plan, lock: Lock) -> dict[str, Network]:
    resolved = {}
    joined: dict[str, set[str]] = {}
    for draft in plan.drafts.values():
        for attachment in draft.attachments:
            joined.setdefault(attachment.network, set()).add(draft.vps)
    for name, layer in sorted(declared_networks(plan.world).items()):
        machines = joined.get(name)
        if not machines:
            continue
        copy = plan.world.copy("networks", name)
        subnet = lock.subnets.get(f"{plan.world.name}.{name}")
        resolved[name] = network(name, layer, subnet, machines, copy.tenant if copy else None)
    return resolved


def _volumes(containers: Mapping[str, Container], found: list[Diagnostic]) -> dict[str, Volume]:
    mounted: dict[str, list[tuple[Container, Mount]]] = {}
    for container in containers.values():
        for mount in container.mounts:
            if mount.volume is not None:
                mounted.setdefault(mount.volume, []).append((container, mount))
    for name, users in sorted(mounted.items()):
        store = next((c for c, _ in users if c.is_store), None)
        stranger = next((m for c, m in users if c is not store), None)
        if store is not None and stranger is not None and stranger.origin is not None:
            own = next(m.origin for c, m in users if c is store)
            also = [Label(address=own, part="key", text="store")]
            found.append(diagnose("KM322", stranger.origin, part="key", also=also, name=name, store=store.name))
        elif (distant := _elsewhere(users)) is not None and distant[1].origin is not None:
            found.append(_on_two_machines(name, users[0], distant))
    return {name: _volume(name, users) for name, users in sorted(mounted.items())}


def _elsewhere(users: list[tuple[Container, Mount]]) -> tuple[Container, Mount] | None:
    """The first user of a volume on another machine than its first one: what is written there never meets."""
    return next(((c, m) for c, m in users if c.vps != users[0][0].vps and m.origin is not None), None)


def _on_two_machines(name: str, first: tuple[Container, Mount], distant: tuple[Container, Mount]) -> Diagnostic:
    (one, here), (other, there) = first, distant
    assert there.origin is not None, "a volume that a type adds for itself has one user"
    return diagnose(
        "KM324",
        there.origin,
        part="key",
        also=[Label(address=here.origin, part="key", text="there")] if here.origin else [],
        name=name,
        container=other.name,
        vps=other.vps,
        other=one.name,
        other_vps=one.vps,
    )


def _volume(name: str, users: list[tuple[Container, Mount]]) -> Volume:
    sizes = [(m.size, m.origin) for _, m in users if m.size]
    size, origin = max(sizes, key=lambda s: s[0]) if sizes else (None, users[0][1].origin)
    return Volume(name, users[0][0].vps, size, origin, tuple(sorted(c.name for c, _ in users)))


def _scope(
    plan: Plan, project: Project, machines: Mapping[str, Vps], companies: Mapping[str, Tenant], topology: Topology
) -> Scope:
    entry = plan.entry
    addresses = {
        name: {k: v for k, v in (("address", m.public_ip), ("private_address", m.private_ip)) if v}
        for name, m in machines.items()
    }
    return Scope(
        project={"name": project.name, "title": project.title},
        environment={
            "name": plan.world.name,
            "title": entry.title or plan.world.name,
            "stage": _stage(plan),
        },
        ports={name: d.port for name, d in plan.drafts.items()},
        hosts={name: d.entry.host for name, d in plan.drafts.items() if d.entry.host},
        machines=addresses,
        absent=frozenset(str(p[1]) for p in topology.absent if p[:1] == ("containers",) and len(p) > 1),
        tenants=companies,
        declared=tuple(sorted(plan.world.declared("containers"))),
        replaced=frozenset(plan.world.replaced),
    )


def _own_scopes(scope: Scope, plan: Plan) -> dict[str | None, Scope]:
    """What references mean in each dedicated tenant's copies, and (None) in what tenants share."""
    copies: dict[str, dict[str, str]] = {}
    for copy in plan.world.copies.get("containers", {}).values():
        copies.setdefault(copy.tenant, {})[copy.original] = copy.name
    scopes: dict[str | None, Scope] = {None: scope}
    for tenant, names in copies.items():
        scopes[tenant] = replace(scope, tenant=tenant, copies=names)
    return scopes
