"""Calls, routes and publications of one container, resolved against the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, Label, Term, diagnose
from kmtopo.model.container import RouteEntry
from kmtopo.model.topology import Topology
from kmtopo.resolve.deployment import Call, Condition, Dependency, Publication, Route, Vps
from kmtopo.resolve.drafts import Draft, Plan
from kmtopo.resolve.lock import Lock
from kmtopo.resolve.world import unknown
from kmtopo.types.runtime import Port


def calls(draft: Draft, plan: Plan, topology: Topology, found: list[Diagnostic]) -> tuple[Call, ...]:
    """Resolves ``uses``, sorted by callee."""
    resolved = []
    for name, entry in sorted((draft.entry.uses or {}).items()):
        at = draft.origin("uses", name)
        optional = bool(entry and entry.optional)
        if name not in plan.drafts:
            _missing(name, at, "optional" if optional else "", draft, plan, topology, found)
            continue
        callee = plan.drafts[name]
        port = None if callee.entry.once else callee.port
        resolved.append(Call(name, at, tuple((entry and entry.for_) or ()), optional, port))
    return tuple(resolved)


def routes(draft: Draft, plan: Plan, topology: Topology, found: list[Diagnostic]) -> tuple[Route, ...]:
    """Resolves the routes of a proxy, sorted by site and path."""
    resolved = []
    for key, entry in sorted((draft.entry.routes or {}).items()):
        if entry is None or entry.to is None:
            if not draft.absent & {"routes"}:
                found.append(diagnose("KM203", draft.origin("routes", key), key="to", of=Term("route")))
            continue
        target = draft.origin("routes", key, "to")
        copies = plan.world.copies_of.get(entry.to, ())
        if entry.to not in plan.drafts and not copies:
            _missing(entry.to, target, "route", draft, plan, topology, found)
        ways = [(entry.to, None), *((copy.name, copy.tenant) for copy in copies)]
        for to, tenant in ways:
            callee = plan.drafts.get(to)
            if callee is not None and callee.is_external:
                found.append(diagnose("KM326", target, name=entry.to))
            elif callee is not None and _keeps_from_proxies(callee):
                found.append(diagnose("KM327", target, name=entry.to))
            elif callee is not None and callee.port is not None:
                resolved.append(_route(key, entry, callee.port, to, tenant, draft.origin("routes", key)))
            elif callee is not None and not callee.absent & {"port", "type"}:
                found.append(diagnose("KM316", target, name=entry.to))
    return tuple(resolved)


def _keeps_from_proxies(callee: Draft) -> bool:
    """Whether it is a data store that speaks a protocol of its own: some speak HTTP."""
    return callee.type.is_store and callee.port is not None and callee.port.protocol != "http"


def _route(key: str, entry: RouteEntry, port: Port, to: str, tenant: str | None, at: Address) -> Route:
    site, slash, rest = key.partition("/")
    return Route(
        path=slash + rest,
        to=to,
        port=port,
        origin=at,
        site=site or None,
        websocket=bool(entry.websocket),
        body=entry.body,
        timeout=entry.timeout,
        rate=entry.rate,
        strip=bool(entry.strip),
        tenant=tenant,
    )


def _missing(
    name: str, at: Address, how: str, draft: Draft, plan: Plan, topology: Topology, found: list[Diagnostic]
) -> None:
    """Reports what a call or a route misses; an optional call goes where its callee goes."""
    removed, declared = plan.world.removed, plan.world.declared("containers")
    if topology.is_absent("containers", name) or name in declared or name in plan.world.items["containers"]:
        return
    if name not in removed:
        found.append(unknown(Term("container"), name, declared, at))
    elif how != "optional":
        also = [Label(address=at, text="needed")]
        found.append(diagnose("KM308", removed[name], also=also, help=how, name=name, by=draft.name))


def publications(
    draft: Draft, plan: Plan, machine: Vps, lock: Lock, replicas: int, found: list[Diagnostic]
) -> tuple[Publication, ...]:
    """Resolves ``publish``, in the order written."""
    resolved = []
    for index, (address, host, container, transport) in enumerate(draft.entry.publish or ()):
        at = draft.origin("publish", index)
        ip = address or machine.public_ip
        if ip is None:
            if "publish" not in draft.absent:
                found.append(diagnose("KM312", at, port=container, vps=machine.name))
            continue
        key = f"{plan.world.name}.{draft.name}.{container}"
        host_port = host if host is not None else lock.ports[key]
        resolved.append(Publication(ip, host_port, container, "udp" if transport == "udp" else "tcp", at))
    if resolved and replicas > 1:
        found.append(diagnose("KM317", draft.origin("publish"), name=draft.name, replicas=replicas))
    return tuple(resolved)


def dependencies(
    draft: Draft,
    resolved: tuple[Call, ...],
    ways: tuple[Route, ...],
    healthy: Mapping[str, bool],
    plan: Plan,
) -> tuple[Dependency, ...]:
    """What must be so before the container starts, sorted by name.

    An optional callee is not waited for; a proxy starts after what it routes to but does not need it
    well, since it finds it again by itself. Containers of another machine start with that machine.
    """
    wanted: dict[str, Dependency] = {}
    for way in ways:
        wanted[way.to] = Dependency(way.to, "started")
    for call in resolved:
        if not call.optional:
            callee = plan.drafts[call.to]
            # A job has done its work: it is not run again because a store was recreated.
            restart = callee.type.is_store and not draft.entry.once
            wanted[call.to] = Dependency(call.to, _condition(callee, healthy), restart)
    return tuple(sorted(_on_same_machine(wanted, draft, plan), key=lambda d: d.on))


def _on_same_machine(wanted: Mapping[str, Dependency], draft: Draft, plan: Plan) -> Iterator[Dependency]:
    return (d for d in wanted.values() if plan.drafts[d.on].vps == draft.vps)


def _condition(callee: Draft, healthy: Mapping[str, bool]) -> Condition:
    if callee.entry.once:
        return "completed"
    return "healthy" if healthy.get(callee.name) else "started"
