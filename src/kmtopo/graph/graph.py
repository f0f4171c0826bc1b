"""The graph: a deployment's things as nodes, what holds between them as edges; immutable and sorted."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

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
    """A deployment and its edges, in a fixed order; ``beside`` are other environments that share a machine with it."""

    deployment: Deployment
    edges: tuple[Edge, ...]
    members: Mapping[str, tuple[str, ...]]
    beside: tuple[Deployment, ...] = ()

    def calls(self) -> tuple[Edge, ...]:
        """Declared calls: ``uses`` and routes."""
        return tuple([e for e in self.edges if e.relation in _CALLS])
