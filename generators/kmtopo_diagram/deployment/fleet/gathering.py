"""Which machines of a fleet are drawn as one: those that stand alike, where there are too many to draw each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

from kmtopo.plugin import Graph
from kmtopo_diagram.deployment.reading import carriers
from kmtopo_diagram.subject.calls import Pair
from kmtopo_diagram.subject.folding import Call, alike
from kmtopo_diagram.subject.tiers import entries

Groups = Mapping[str, tuple[str, ...]]
"""The machines that are drawn as one, by the name of the first, from the top."""


def gathered(graph: Graph, calls: Sequence[Pair], most: int) -> Groups:
    """Returns at most so many groups: of machines on the same networks that call, and are called by, those that stand alike.

    Where that tells too many apart, whether somebody comes in there is enough; in the end all are one.
    """
    names, ties = carriers(graph), _ties(graph, calls)
    for kind in _kinds(graph, calls):
        groups = alike(names, ties, kind, most)
        if len(groups) <= most:
            return {group[0]: group for group in groups}
    return {names[0]: names}


def _ties(graph: Graph, calls: Sequence[Pair]) -> tuple[Call, ...]:
    """Which machine calls which: needed by some call, or by none."""
    containers = graph.deployment.containers
    needed: dict[tuple[str, str], bool] = {}
    for pair in calls:
        ends = containers[pair.source].vps, containers[pair.target].vps
        if all(ends) and ends[0] != ends[1]:
            needed[ends] = needed.get(ends, False) or not pair.optional
    return tuple((source, target, not is_needed) for (source, target), is_needed in sorted(needed.items()))


def _kinds(graph: Graph, calls: Sequence[Pair]) -> tuple[Callable[[str], Hashable], ...]:
    """Ways to tell machines apart, the finest first."""
    containers = graph.deployment.containers
    doors = {door.vps for door in entries(graph)}
    networks: dict[str, set[str]] = {}
    for container in containers.values():
        networks.setdefault(container.vps, set()).update(container.networks)
    outside: dict[str, set[str]] = {}
    for pair in calls:
        if containers[pair.target].is_external:
            outside.setdefault(containers[pair.source].vps, set()).add(pair.target)

    def by_networks(name: str) -> Hashable:
        return name in doors, frozenset(networks[name]), frozenset(outside.get(name, ()))

    return by_networks, doors.__contains__
