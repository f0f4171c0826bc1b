"""Calls between machines: the callee is bound to its private address, the caller finds it there by the same name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.resolve.deployment import Container, Neighbour, Publication, Vps
from kmtopo.types.runtime import Port
from kmtopo.values import frozen


@frozen
class _Crossing:
    """One declared call from a machine to another; ``routed``: by a proxy, which is told any port."""

    caller: Container
    callee: Container
    port: Port
    origin: Address
    routed: bool


def crossed(
    containers: Mapping[str, Container], machines: Mapping[str, Vps], ports: Mapping[str, int], found: list[Diagnostic]
) -> dict[str, Container]:
    """Returns the containers with what calls between machines need; a network carries them where both ends join it.

    Exactly the declared calls cross. A machine without a private address can neither call nor be called. ``ports`` are
    those that are allocated, by container and its own port: a machine has each number once, and copies listen alike.
    """
    crossings = list(_crossings(containers))
    if not crossings:
        return dict(containers)
    _check_addresses(crossings, machines, found)
    bindings: dict[str, dict[tuple[Port, int], Publication]] = {}
    neighbours: dict[str, dict[str, Neighbour]] = {}
    for crossing in crossings:
        ip = machines[crossing.callee.vps].private_ip
        if ip is None:
            continue
        port, name = crossing.port, crossing.callee.name
        is_remapped = crossing.routed and crossing.callee.tenant is not None
        host_port = ports.get(f"{name}.{port.number}", port.number) if is_remapped else port.number
        binding = Publication(ip, host_port, port.number, port.transport, crossing.origin)
        bindings.setdefault(name, {}).setdefault((port, host_port), binding)
        own = None if host_port == port.number else host_port
        neighbours.setdefault(crossing.caller.name, {})[name] = Neighbour(name, ip, own)
    return {
        name: replace(
            container,
            bindings=tuple(bindings.get(name, {}).values()),
            neighbours=tuple(neighbours.get(name, {})[other] for other in sorted(neighbours.get(name, {}))),
        )
        for name, container in containers.items()
    }


def _crossings(containers: Mapping[str, Container]) -> Iterator[_Crossing]:
    for caller in containers.values():
        for to, port, origin, routed in _wanted(caller):
            callee = containers.get(to)
            if callee is not None and callee.vps != caller.vps and set(caller.networks) & set(callee.networks):
                yield _Crossing(caller, callee, port, origin, routed)


def _wanted(caller: Container) -> Iterator[tuple[str, Port, Address, bool]]:
    yield from ((call.to, call.port, call.origin, False) for call in caller.calls if call.port is not None)
    yield from ((route.to, route.port, route.origin, True) for route in caller.routes)


def _check_addresses(crossings: Iterable[_Crossing], machines: Mapping[str, Vps], found: list[Diagnostic]) -> None:
    """Says once for each machine that it needs a private address, and what for."""
    told: set[str] = set()
    for crossing in crossings:
        for container in (crossing.caller, crossing.callee):
            machine = machines[container.vps]
            if machine.private_ip is None and machine.name not in told:
                told.add(machine.name)
                also = [Label(address=crossing.origin, text="call")]
                caller, callee = crossing.caller.name, crossing.callee.name
                at = machine.address
                found.append(
                    diagnose("KM323", at, part="key", also=also, vps=machine.name, caller=caller, callee=callee)
                )
