"""Deployment -> Graph: every relation of a deployment as an edge, sorted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from kmtopo.addresses import Address
from kmtopo.graph.graph import Edge, Graph, Relation
from kmtopo.resolve.deployment import Container, Deployment


def build(deployment: Deployment) -> Graph:
    """Builds the graph of one environment."""
    # Ends are nodes, whose steps are words alone and compare as they are.
    edges = sorted(_edges(deployment), key=lambda e: (e.source.steps, e.relation.value, e.target.steps, e.origin))
    return Graph(deployment, tuple(edges), MappingProxyType(_members(deployment)))


def _members(deployment: Deployment) -> dict[str, tuple[str, ...]]:
    members: dict[str, list[str]] = {name: [] for name in deployment.networks}
    for container in deployment.containers.values():
        for attachment in container.attachments:
            members.setdefault(attachment.network, []).append(container.name)
    return {name: tuple(sorted(names)) for name, names in sorted(members.items())}


def _edges(deployment: Deployment) -> Iterator[Edge]:
    for container in deployment.containers.values():
        here = node(container.name)
        yield Edge(Relation.HOSTED_ON, here, Address.of("vps", container.vps), container.address)
        for attachment in container.attachments:
            target = Address.of("networks", attachment.network)
            yield Edge(Relation.ATTACHES_TO, here, target, attachment.origin)
        for dependency in container.dependencies:
            yield Edge(Relation.DEPENDS_ON, here, node(dependency.on), container.address)
        yield from _calls(container, deployment.containers)
    yield from _served(deployment)


def _calls(container: Container, containers: Mapping[str, Container]) -> Iterator[Edge]:
    here = node(container.name)
    for call in container.calls:
        network = carrier(container, containers[call.to]) if call.to in containers else None
        yield Edge(Relation.CONNECTS_TO, here, node(call.to), call.origin, network, call.optional)
    for route in container.routes:
        network = carrier(container, containers[route.to]) if route.to in containers else None
        yield Edge(Relation.ROUTES_TO, here, node(route.to), route.origin, network)


def _served(deployment: Deployment) -> Iterator[Edge]:
    """Which tenants a container serves is data of the store or proxy, not of each pair: stores and proxies only."""
    stores = [node(store.container) for store in deployment.tenancy.stores] if deployment.tenancy else []
    for tenant in deployment.tenants.values():
        here = Address.of("tenants", tenant.name)
        for store in stores:
            yield Edge(Relation.SERVES, store, here, tenant.address)


def carrier(caller: Container, callee: Container) -> str | None:
    """The network that carries a call: a shared one, the callee's home first, then by name; None where none is shared."""
    shared = sorted(set(caller.networks) & set(callee.networks))
    return callee.home if callee.home in shared else next(iter(shared), None)


def node(container: str) -> Address:
    """The node of a container."""
    return Address.of("containers", container)
