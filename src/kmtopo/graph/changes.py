"""What a change of the topology changes in one environment: what is said, who reaches whom, what it costs and needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from kmtopo.addresses import Address
from kmtopo.graph.cost import environment_cost, money
from kmtopo.graph.ends import INTERNET
from kmtopo.graph.graph import Graph
from kmtopo.graph.likeness import Difference, differences
from kmtopo.graph.load import Load, loads, mib
from kmtopo.graph.reach import Reach
from kmtopo.resolve.companies import Tenant
from kmtopo.resolve.deployment import Container, Deployment, Vps
from kmtopo.types.runtime import Cost
from kmtopo.values import frozen

Pair = tuple[str, str]


@frozen
class Changes:
    """One environment before and after; ``opened`` and ``closed`` are pairs that can and can no longer talk.

    ``loads`` are those of machines on either side, before and after; None where the environment is not on it.
    """

    said: tuple[Difference, ...]
    opened: tuple[Pair, ...]
    closed: tuple[Pair, ...]
    cost: tuple[tuple[Cost, ...], tuple[Cost, ...]]
    loads: Mapping[str, tuple[Load | None, Load | None]]

    @property
    def is_none(self) -> bool:
        """Whether both sides are the same."""
        return not (self.said or self.opened or self.closed)


def changes(before: Graph, after: Graph) -> Changes:
    """Compares an environment with what it was."""
    said = {d.address: d for d in (*differences(before, after), *_values(before.deployment, after.deployment))}
    was, now = _pairs(before), _pairs(after)
    both = set(before.deployment.containers) & set(after.deployment.containers) | {INTERNET}
    old, new = loads([before.deployment]), loads([after.deployment])
    return Changes(
        said=tuple(said[address] for address in sorted(said, key=str)),
        # Who comes or goes reaches others, of course: told are those that stay, and what the new ones lay open.
        opened=tuple(sorted(p for p in now - was if both >= set(p) or INTERNET in p)),
        closed=tuple(sorted(p for p in was - now if both >= set(p))),
        cost=(environment_cost(before.deployment), environment_cost(after.deployment)),
        loads={name: (old.get(name), new.get(name)) for name in sorted({*old, *new})},
    )


def _pairs(graph: Graph) -> set[Pair]:
    reach = Reach(graph)
    return {(a, b) for a in (INTERNET, *graph.deployment.containers) for b in reach.reached(a)}


def _values(one: Deployment, other: Deployment) -> Iterator[Difference]:
    """What two environments may have otherwise and still be alike, and one and the same may not change unsaid."""
    for name in sorted(one.containers.keys() & other.containers.keys()):
        yield from _variables(one.containers[name], other.containers[name])
    for name in sorted(one.tenants.keys() & other.tenants.keys()):
        at = Address.of("tenants", name)
        yield from _otherwise(at, _tenant(one.tenants[name]), _tenant(other.tenants[name]))
    for name in sorted(one.networks.keys() & other.networks.keys()):
        at = Address.of("networks", name)
        yield from _otherwise(at, {"subnet": one.networks[name].subnet}, {"subnet": other.networks[name].subnet})
    for name in sorted(one.vps.keys() | other.vps.keys()):
        here, there = one.vps.get(name), other.vps.get(name)
        at = Address.of("vps", name)
        if here is None or there is None:
            yield Difference("rest", at, "-" if here else "", "-" if there else "")
        else:
            yield from _otherwise(at, _machine(here), _machine(there))


def _variables(one: Container, other: Container) -> Iterator[Difference]:
    at = Address.of("containers", one.name)
    yield from _otherwise(at, {"vps": one.vps}, {"vps": other.vps})
    old, new = ({v.name: v.literal for v in each.variables} for each in (one, other))
    for name in sorted(old.keys() & new.keys()):
        if old[name] != new[name]:
            yield Difference("rest", at / "env" / name, old[name] or "-", new[name] or "-")


def _tenant(tenant: Tenant) -> dict[str, str]:
    limits = tenant.limits
    return {
        "title": tenant.title,
        "zone": tenant.zone or "",
        "branches": ", ".join(tenant.branches),
        "limits.rate": f"{_number(limits.rate.per_second)}/s" if limits.rate else "",
        "limits.body": mib(limits.body) if limits.body else "",
        "limits.connections": str(limits.connections or ""),
    }


def _machine(vps: Vps) -> dict[str, str]:
    cost = vps.cost
    return {
        "address": vps.public_ip or "",
        "private_address": vps.private_ip or "",
        "capacity.cpu": _number(vps.capacity.cpu) if vps.capacity.cpu else "",
        "capacity.memory": mib(vps.capacity.memory) if vps.capacity.memory else "",
        "capacity.disk": mib(vps.capacity.disk) if vps.capacity.disk else "",
        "cost": money(cost) if cost else "",
    }


def _otherwise(at: Address, one: Mapping[str, str], other: Mapping[str, str]) -> Iterator[Difference]:
    for key, value in one.items():
        if value != other[key]:
            yield Difference("rest", at.join(key.split(".")), value, other[key])


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"
