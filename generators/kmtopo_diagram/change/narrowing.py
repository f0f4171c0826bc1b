"""Of many containers those that a change touches, and whom their changed calls lead to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from kmtopo.plugin import Graph
from kmtopo_diagram.change.fate import Verdict
from kmtopo_diagram.signs.fates import Fate
from kmtopo_diagram.subject.calls import pairs

MOST = 16  # cards: beyond, what has changed is lost among what has not


def narrowed(graph: Graph, judged: Verdict) -> Graph:
    """Returns the graph as it is, or of many containers those touched: who comes, who goes, who is otherwise, in this order."""
    if len(graph.deployment.containers) <= MOST:
        return graph
    kept = list(dict.fromkeys(_touched(graph, judged)))[:MOST]
    return _of(graph, set(kept or list(graph.deployment.containers)[:MOST]))


def _touched(graph: Graph, judged: Verdict) -> Iterator[str]:
    fates = {name: judged.container(name) for name in graph.deployment.containers}
    for fate in (Fate.ADDED, Fate.REMOVED, Fate.CHANGED):
        yield from (name for name, own in fates.items() if own is fate)
    for pair in pairs(graph):
        if judged.call(pair.source, pair.target) is not Fate.SAME:
            yield from (pair.source, pair.target)


def _of(graph: Graph, names: Collection[str]) -> Graph:
    deployment = graph.deployment
    containers = {name: container for name, container in deployment.containers.items() if name in names}
    used = {network for container in containers.values() for network in container.networks}
    vps = {container.vps for container in containers.values()}
    return replace(
        graph,
        deployment=replace(
            deployment,
            containers=containers,
            networks={name: network for name, network in deployment.networks.items() if name in used},
            vps={name: machine for name, machine in deployment.vps.items() if name in vps},
            volumes={
                name: replace(volume, mounted_by=tuple(each for each in volume.mounted_by if each in containers))
                for name, volume in deployment.volumes.items()
            },
        ),
        wiring=tuple(
            edge
            for edge in graph.wiring
            if edge.source.name in containers
            and (edge.target.name in containers or edge.target.steps[0] != "containers")
        ),
        members={name: tuple(m for m in graph.members.get(name, ()) if m in containers) for name in used},
    )
