"""What proves an answer: the hops of a path with the line that allows each, or the cut."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import pairwise

from kmtopo.addresses import Address
from kmtopo.graph.ends import INTERNET
from kmtopo.graph.graph import Edge, Graph
from kmtopo.graph.reach import Cut, Reach
from kmtopo.resolve.deployment import Publication
from kmtopo.types.runtime import Port
from kmtopo.values import frozen


@frozen
class Hop:
    """One step of a path. ``network`` carries it; ``origin`` is the line that says so: a call, a publication, a membership.

    ``declared``: the file says that the one calls the other. ``publication`` is set on the way in.
    """

    source: str
    target: str
    origin: Address
    network: str | None = None
    port: Port | None = None
    publication: Publication | None = None
    declared: bool = False


@frozen
class Reached:
    """Whether one end reaches another: ``path`` and ``hops`` prove that it does, ``cut`` that it does not.

    It is true where it does: ``if production.reach("internet", "postgres"): ...``.
    """

    path: tuple[str, ...]
    hops: tuple[Hop, ...]
    cut: Cut | None

    def __bool__(self) -> bool:
        return bool(self.path)


def proven(
    graph: Graph,
    sources: Collection[str],
    targets: Collection[str],
    *,
    declared: bool = False,
    breached: Collection[str] = (),
) -> Reached:
    """Says whether any of the sources reaches any of the targets, with the shortest path or the cut."""
    asked = Reach(graph, declared=declared, breached=breached)
    path = asked.shortest(sources, targets)
    if path is None:
        return Reached((), (), asked.cut(sources, targets))
    return Reached(path, hops(graph, path), None)


def hops(graph: Graph, path: Iterable[str]) -> tuple[Hop, ...]:
    """Describes each step of a path: over which network, to which port, and which line of the file says so."""
    names = tuple(path)
    calls: dict[tuple[str, str], Edge] = {}
    for edge in graph.calls():
        calls.setdefault((edge.source.name, edge.target.name), edge)
    return tuple(_hop(graph, a, b, calls.get((a, b))) for a, b in pairwise(names))


def _hop(graph: Graph, source: str, target: str, call: Edge | None) -> Hop:
    containers = graph.deployment.containers
    if source == INTERNET:
        way = next(p for p in containers[target].publications if not p.is_loopback)
        port = Port(way.container_port, "", way.transport)
        return Hop(source, target, way.origin, port=port, publication=way, declared=True)
    if call is not None and call.network is not None:
        return Hop(source, target, call.origin, call.network, containers[target].port, declared=True)
    if target == INTERNET or containers[target].is_external:
        networks = graph.deployment.networks
        open_to = (a for a in containers[source].attachments if not networks[a.network].internal)
        way_out = next(open_to)
        return Hop(source, target, way_out.origin, way_out.network)
    origin_of = {a.network: a.origin for a in containers[target].attachments}
    network = min(set(containers[source].networks) & set(origin_of))
    return Hop(source, target, origin_of[network], network, containers[target].port)
