"""Containers as typed entries, before they know of one another: what allocation and assembly start from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, Suggestion, Term, diagnose, did_you_mean, faulty
from kmtopo.model.container import ContainerEntry
from kmtopo.model.environment import EnvironmentEntry, ScaleEntry
from kmtopo.model.layered import Layer, settled
from kmtopo.model.topology import Topology
from kmtopo.records import validated
from kmtopo.resolve.allocation import DEFAULT_POOL, Needs
from kmtopo.resolve.deployment import Attachment
from kmtopo.resolve.machines import declared_networks
from kmtopo.resolve.world import World, unknown
from kmtopo.types.catalogue import Catalogue
from kmtopo.types.runtime import ContainerType, Port
from kmtopo.values import frozen

FALLBACK_TYPE = "generic"
EXTERNAL_KEYS = ("host", "port", "purpose", "title", "type")


@frozen
class Draft:
    """One container of one environment, typed: its machine, networks and port are settled, its peers not yet.

    ``tenant`` is set on a dedicated tenant's copy.
    """

    name: str
    layer: Layer
    entry: ContainerEntry
    type: ContainerType
    vps: str
    attachments: tuple[Attachment, ...]
    port: Port | None
    absent: frozenset[str]
    tenant: str | None = None

    @property
    def is_external(self) -> bool:
        """Whether others run it: it is on no machine and no network of ours."""
        return self.type.role == "external"

    def origin(self, *steps: str | int) -> Address:
        """Where a part of this container is written."""
        return self.layer.where.find(steps)


@frozen
class Plan:
    """A world with its containers drafted; what is still to come needs the lock."""

    world: World
    entry: EnvironmentEntry
    scale: ScaleEntry
    drafts: Mapping[str, Draft]


def plan(topology: Topology, world: World, catalogue: Catalogue, found: list[Diagnostic]) -> Plan:
    """Drafts every container of a world."""
    entry = validated(EnvironmentEntry, settled(world.own.data))
    drafts = {
        name: _draft(topology, world, name, layer, catalogue, found)
        for name, layer in sorted(world.items["containers"].items())
    }
    return Plan(world, entry, entry.scale or ScaleEntry(), {name: d for name, d in drafts.items() if d is not None})


def _draft(
    topology: Topology, world: World, name: str, layer: Layer, catalogue: Catalogue, found: list[Diagnostic]
) -> Draft | None:
    entry = validated(ContainerEntry, settled(layer.data))
    kind = _type(entry, layer, catalogue, found)
    _check_process(entry, kind, layer, catalogue, found)
    if kind.role == "external":
        return _external(name, entry, kind, layer, found)
    vps = _vps(topology, world, entry, layer, found)
    attachments, lost = _attachments(topology, world, name, entry, layer, found)
    absent = layer.absent_keys() | lost | _unsettled(entry, world, catalogue)
    if entry.image is None and entry.build is None and not absent:
        found.append(diagnose("KM307", layer.where.address, part="key", name=name))
    if vps is None:
        return None
    copy = world.copy("containers", name)
    tenant = copy.tenant if copy else None
    return Draft(name, layer, entry, kind, vps, attachments, _port(entry, kind), frozenset(absent), tenant)


def _external(name: str, entry: ContainerEntry, kind: ContainerType, layer: Layer, found: list[Diagnostic]) -> Draft:
    """A system that others run: it has a host and perhaps a port, and nothing that a container has."""
    absent = layer.absent_keys()
    if entry.host is None and "host" not in absent:
        found.append(diagnose("KM203", layer.where.address, part="key", key="host", of=Term("container")))
    for key in sorted(layer.data):
        # What lies under all containers, or came by ``extends``, is meant for those that run.
        own = layer.where.child(key).address
        if key not in EXTERNAL_KEYS and layer.data[key] is not None and own == layer.where.address / key:
            found.append(diagnose("KM325", own, part="key", key=key, name=name, known=", ".join(EXTERNAL_KEYS)))
    return Draft(name, layer, entry, kind, "", (), _port(entry, kind), frozenset(absent))


def _type(entry: ContainerEntry, layer: Layer, catalogue: Catalogue, found: list[Diagnostic]) -> ContainerType:
    name = FALLBACK_TYPE if entry.type is None else entry.type
    if name in catalogue:
        return catalogue[name]
    at = layer.where.find(("type",))
    if name in catalogue.faults:
        found.append(faulty(catalogue.faults[name], at))
        return catalogue[FALLBACK_TYPE]
    close = did_you_mean(name, catalogue)
    help_, fix = ("suggest", Suggestion(close)) if close else ("", None)
    known = ", ".join(sorted(catalogue))
    found.append(diagnose("KM219", at, help=help_, suggestion=fix, name=name, right=close or "", known=known))
    return catalogue[FALLBACK_TYPE]


def _unsettled(entry: ContainerEntry, world: World, catalogue: Catalogue) -> frozenset[str]:
    """Keys that say nothing for sure, since what they build on could not be read."""
    unread = {"resources"} if "scale" in world.own.absent_keys() else set()
    if entry.type is not None and entry.type not in catalogue:
        unread.add("type")
    return frozenset(unread)


def _check_process(
    entry: ContainerEntry, kind: ContainerType, layer: Layer, catalogue: Catalogue, found: list[Diagnostic]
) -> None:
    wrong = entry.process
    is_sure = entry.type in catalogue or (entry.type is None and "type" not in layer.absent_keys())
    if wrong is None or wrong in kind.processes or not is_sure:
        return
    close, at = did_you_mean(wrong, kind.processes), layer.where.find(("process",))
    if not kind.processes:
        having = ", ".join(sorted(name for name, known in catalogue.items() if known.processes))
        found.append(diagnose("KM204", at, part="key", help="process", type=kind.name, allowed=having))
    elif close:
        fix = Suggestion(close)
        found.append(diagnose("KM204", at, help="suggest", suggestion=fix, value=wrong, right=close))
    else:
        found.append(diagnose("KM204", at, help="allowed", value=wrong, allowed=", ".join(kind.processes)))


def _vps(topology: Topology, world: World, entry: ContainerEntry, layer: Layer, found: list[Diagnostic]) -> str | None:
    machines = world.items["vps"]
    if world.everything_on:
        chosen, at = world.everything_on
    elif entry.vps:
        chosen, at = entry.vps, layer.where.find(("vps",))
    elif len(machines) == 1:
        return next(iter(machines))
    else:
        unread = layer.absent_keys() | world.own.absent_keys()
        if not unread & {"vps", "extends"} and not topology.is_absent("vps") and not _any_absent(topology, "vps"):
            help_, known = "" if machines else "none", ", ".join(sorted(machines))
            found.append(diagnose("KM305", world.address, part="key", help=help_, environment=world.name, known=known))
        return None
    if chosen in machines:
        return chosen
    if not topology.is_absent("vps", chosen):
        found.append(unknown(Term("machine"), chosen, machines, at))
    return None


def _any_absent(topology: Topology, noun: str) -> bool:
    return any(path[:1] == (noun,) for path in topology.absent)


def _attachments(
    topology: Topology, world: World, name: str, entry: ContainerEntry, layer: Layer, found: list[Diagnostic]
) -> tuple[tuple[Attachment, ...], frozenset[str]]:
    """The networks that a container joins, in the order written; second: ``networks`` where one could not be read."""
    networks = declared_networks(world)
    known, lost = [], False
    for index, network in enumerate(entry.networks or ()):
        at = layer.where.find(("networks", index))
        if network in networks:
            known.append(Attachment(network, at))
            continue
        lost = True
        if not topology.is_absent("networks", network):
            found.append(unknown(Term("network"), network, world.declared("networks"), at))
    if not known and not lost and "networks" not in layer.absent_keys():
        known, lost = _only_network(topology, networks, name, layer, found)
    return tuple(known), frozenset(["networks"] if lost else [])


def _only_network(
    topology: Topology, networks: Mapping[str, Layer], name: str, layer: Layer, found: list[Diagnostic]
) -> tuple[list[Attachment], bool]:
    if len(networks) == 1:
        return [Attachment(next(iter(networks)), layer.where.address)], False
    if not layer.absent and not _any_absent(topology, "networks"):
        known = ", ".join(sorted(networks))
        found.append(diagnose("KM306", layer.where.address, part="key", name=name, known=known))
    return [], True


def _port(entry: ContainerEntry, kind: ContainerType) -> Port | None:
    if entry.port is None:
        return kind.port
    if entry.port.protocol:
        return entry.port
    own = kind.port.protocol if kind.port and kind.port.number == entry.port.number else ""
    plain = "tcp" if kind.is_store else "http"
    return Port(entry.port.number, own or plain, entry.port.transport)


def needs(plans: Mapping[str, Plan]) -> Needs:
    """Collects over all environments what the file leaves open, and what it takes."""
    subnets: dict[str, Address] = {}
    ports: dict[str, Address] = {}
    taken_subnets: set[str] = set()
    taken_ports: set[int] = set()
    for each in plans.values():
        for name, layer in _used_networks(each):
            if layer.data.get("subnet"):
                taken_subnets.add(str(layer.data["subnet"]))
            else:
                subnets[f"{each.world.name}.{name}"] = layer.where.address
        ports |= dict(_ways_to_copies(each))
        for draft in each.drafts.values():
            for index, (_, host, container, _) in enumerate(draft.entry.publish or ()):
                if host is None:
                    ports[f"{each.world.name}.{draft.name}.{container}"] = draft.origin("publish", index)
                else:
                    taken_ports.add(host)
    return Needs(subnets, ports, tuple(sorted(taken_subnets)), tuple(sorted(taken_ports)))


def _ways_to_copies(each: Plan) -> Iterator[tuple[str, Address]]:
    """Copies that a proxy on another machine routes to: its address there has each number once, and copies listen alike."""
    shared = (draft for draft in each.drafts.values() if draft.tenant is None)
    for draft in shared:
        for key, entry in (draft.entry.routes or {}).items():
            for copy in each.world.copies_of.get(entry.to or "", ()) if entry else ():
                callee = each.drafts.get(copy.name)
                if callee is not None and callee.port is not None and callee.vps != draft.vps:
                    yield f"{each.world.name}.{copy.name}.{callee.port.number}", draft.origin("routes", key)


def _used_networks(each: Plan) -> Iterator[tuple[str, Layer]]:
    used = {a.network for d in each.drafts.values() for a in d.attachments}
    return ((n, layer) for n, layer in sorted(declared_networks(each.world).items()) if n in used)


def pool_of(topology: Topology) -> str:
    """Where subnets are allocated."""
    return str(topology.project.data.get("pool") or DEFAULT_POOL)
