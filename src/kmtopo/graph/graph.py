"""The graph: a deployment's things as nodes, what holds between them as edges; immutable and sorted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from operator import attrgetter

from kmtopo.addresses import Address
from kmtopo.resolve.deployment import Deployment
from kmtopo.values import frozen


class Relation(Enum):
    """What an edge says; the words are TOSCA's where it has one."""

    HOSTED_ON = "HostedOn"
    ATTACHES_TO = "AttachesTo"
    CONNECTS_TO = "ConnectsTo"
    ROUTES_TO = "RoutesTo"
    DEPENDS_ON = "DependsOn"
    SERVES = "Serves"


_CALLS = (Relation.CONNECTS_TO, Relation.ROUTES_TO)
_ENDS = attrgetter("source.steps", "relation.value", "target.steps", "origin")


@frozen
class Edge:
    """One relation between two nodes, with the place in the file that says so.

    Nodes are named by kind and name (``containers.backend``, ``networks.comando``); a dedicated copy
    has a node of its own. ``network`` is the segment that carries a call.
    """

    relation: Relation
    source: Address
    target: Address
    origin: Address
    network: str | None = None
    optional: bool = False


@frozen
class Graph:
    """A deployment and its edges, in a fixed order; ``beside`` are other environments that share a machine with it.

    ``wiring`` are the edges between containers, networks and machines. Those to tenants can be made of the deployment,
    and with thousands of tenants they are nearly all: ``edges`` has both.
    """

    deployment: Deployment
    wiring: tuple[Edge, ...]
    members: Mapping[str, tuple[str, ...]]
    beside: tuple[Deployment, ...] = ()

    @property
    def edges(self) -> tuple[Edge, ...]:
        """All edges; made anew each time."""
        return in_order((*self.wiring, *_serving(self.deployment)))

    def calls(self) -> tuple[Edge, ...]:
        """Declared calls: ``uses`` and routes."""
        return tuple([e for e in self.wiring if e.relation in _CALLS])


def in_order(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Sorts edges by their ends."""
    # Ends are nodes, whose steps are words alone and compare as they are.
    return tuple(sorted(edges, key=_ENDS))


def _serving(deployment: Deployment) -> Iterator[Edge]:
    """Which tenants a container serves is data of the store or proxy, not of each pair: stores and proxies only."""
    stores = deployment.tenancy.stores if deployment.tenancy else ()
    own = {(store.origin, store.tenant): Address.of("containers", store.container) for store in stores}
    origins = dict.fromkeys(store.origin for store in stores)
    for tenant in deployment.tenants.values():
        here = Address.of("tenants", tenant.name)
        for origin in origins:
            store = own.get((origin, tenant.name)) or own.get((origin, None))
            if store is not None:
                yield Edge(Relation.SERVES, store, here, tenant.address)
