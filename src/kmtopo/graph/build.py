"""Deployment -> Graph: what holds between containers, networks and machines as edges, sorted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from kmtopo.addresses import Address
from kmtopo.graph.graph import Edge, Graph, Relation, in_order
from kmtopo.resolve.deployment import Container, Deployment

_NONE: frozenset[str] = frozenset()


def build(deployment: Deployment, others: Iterable[Deployment] = ()) -> Graph:
    """Builds the graph of one environment; ``others`` are those that may share machines with it, itself among them."""
    beside = tuple(d for d in others if d is not deployment and d.vps.keys() & deployment.vps.keys())
    return Graph(deployment, in_order(_edges(deployment)), MappingProxyType(_members(deployment)), beside)


def _members(deployment: Deployment) -> dict[str, tuple[str, ...]]:
    members: dict[str, list[str]] = {name: [] for name in deployment.networks}
    for container in deployment.containers.values():
        for attachment in container.attachments:
            members.setdefault(attachment.network, []).append(container.name)
    return {name: tuple(sorted(names)) for name, names in sorted(members.items())}


def _edges(deployment: Deployment) -> Iterator[Edge]:
    joined = {name: frozenset(a.network for a in c.attachments) for name, c in deployment.containers.items()}
    for container in deployment.containers.values():
        here = node(container.name)
        if not container.is_external:
            yield Edge(Relation.HOSTED_ON, here, Address.of("vps", container.vps), container.address)
        for attachment in container.attachments:
            target = Address.of("networks", attachment.network)
            yield Edge(Relation.ATTACHES_TO, here, target, attachment.origin)
        for dependency in container.dependencies:
            yield Edge(Relation.DEPENDS_ON, here, node(dependency.on), container.address)
        yield from _calls(container, joined, deployment)


def _calls(container: Container, joined: Mapping[str, frozenset[str]], deployment: Deployment) -> Iterator[Edge]:
    here, own = node(container.name), joined[container.name]
    for call in container.calls:
        if call.to in deployment.containers and deployment.containers[call.to].is_external:
            yield Edge(Relation.CONNECTS_TO, here, node(call.to), call.origin, _way_out(own, deployment), call.optional)
            continue
        network = _carrier(own & joined.get(call.to, _NONE), call.to, deployment)
        yield Edge(Relation.CONNECTS_TO, here, node(call.to), call.origin, network, call.optional)
    for route in container.routes:
        network = _carrier(own & joined.get(route.to, _NONE), route.to, deployment)
        yield Edge(Relation.ROUTES_TO, here, node(route.to), route.origin, network)


def _way_out(networks: frozenset[str], deployment: Deployment) -> str | None:
    """The network that carries calls to systems that others run: the first by name that leads out."""
    known = deployment.networks
    return next((name for name in sorted(networks) if name in known and not known[name].internal), None)


def _carrier(shared: frozenset[str], callee: str, deployment: Deployment) -> str | None:
    """The network that carries a call: the callee's home or a tenant's copy of it first, then by name; None where none is shared."""
    if not shared:
        return None
    networks, home = deployment.networks, deployment.containers[callee].home
    if home in shared:
        return home
    at = networks[home].address if home in networks else None
    return min(shared, key=lambda name: (name not in networks or networks[name].address != at, name))


def node(container: str) -> Address:
    """The node of a container."""
    return Address.of("containers", container)
