"""Who calls whom: one pair for all calls of one container to another, and an order in which calls lead onward."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.plugin import Container, Edge, Graph, frozen
from kmtopo_diagram.subject.tiers import network_order

_FAR = 1_000_000
_RANKS = {"proxy": 0, "worker": 2, "job": 3, "mail": 4, "cache": 5, "database": 6, "external": 7}
_SERVICE = 1
_LEAF = 4  # from this rank on they serve others and call nobody


@frozen
class Pair:
    """All calls of one container to another, and the network that carries them; ``optional`` where each of them is."""

    source: str
    target: str
    network: str
    optional: bool


def pairs(graph: Graph) -> Iterator[Pair]:
    """Returns who calls whom, sorted; waiting for a job is no call."""
    containers = graph.deployment.containers
    calls: dict[tuple[str, str], list[Edge]] = {}
    for edge in graph.calls():
        if edge.target.name in containers and not containers[edge.target.name].once:
            calls.setdefault((edge.source.name, edge.target.name), []).append(edge)
    for (source, target), edges in sorted(calls.items()):
        yield Pair(source, target, edges[0].network or "", all(edge.optional for edge in edges))


def call_order(graph: Graph) -> tuple[str, ...]:
    """Returns all containers, callers before those whom they call as far as calls run in no circle.

    Where that leaves a choice, stores come last, and among them those that nobody needs; whoever is at home nearer to
    the way in comes first.
    """
    tiers = {name: place for place, name in enumerate(network_order(graph))}
    containers = graph.deployment.containers
    calls = tuple(pairs(graph))
    callers: dict[str, set[str]] = {name: set() for name in containers}
    for pair in calls:
        if pair.source != pair.target:
            callers[pair.target].add(pair.source)
    needed = {pair.target for pair in calls if not pair.optional}
    keys = {name: _rank(container, tiers, spare=name not in needed) for name, container in containers.items()}
    order: list[str] = []
    while callers:
        following = min(callers, key=lambda name: (len(callers[name]), keys[name]))
        del callers[following]
        order.append(following)
        for waiting in callers.values():
            waiting.discard(following)
    return tuple(order)


def _rank(container: Container, tiers: Mapping[str, int], *, spare: bool) -> tuple[bool, int, bool, int, str, str]:
    rank = _RANKS["job"] if container.once else _RANKS.get(container.role, _SERVICE)
    serves = rank >= _LEAF
    return serves, tiers.get(container.home, _FAR), serves and spare, rank, container.family, container.name
