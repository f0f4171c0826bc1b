"""Who can talk to whom: networks carry, proxies forward, every other container ends a path."""

from __future__ import annotations

from collections.abc import Mapping

from kmtopo.graph.graph import Graph
from kmtopo.resolve.deployment import Container

INTERNET = "internet"


def neighbours(graph: Graph) -> Mapping[str, frozenset[str]]:
    """For each container the others that share a network with it: a bridge is a full mesh."""
    found: dict[str, set[str]] = {name: set() for name in graph.deployment.containers}
    for members in graph.members.values():
        for name in members:
            found[name].update(members)
    return {name: frozenset(others - {name}) for name, others in found.items()}


def published(container: Container) -> bool:
    """Whether something outside the machine can connect to the container."""
    return any(not p.is_loopback for p in container.publications)


def witness(graph: Graph, source: str, target: str) -> tuple[str, ...] | None:
    """A shortest path from a container, or ``internet``, to another; None where there is none.

    Inner hops are proxies. Among equally short paths the first by name is given.
    """
    near = neighbours(graph)
    containers = graph.deployment.containers
    if target == INTERNET:
        outward = any(not graph.deployment.networks[n].internal for n in containers[source].networks)
        return (source, INTERNET) if outward else None
    start = [n for n, c in containers.items() if published(c)] if source == INTERNET else sorted(near[source])
    paths: dict[str, tuple[str, ...]] = {name: (source, name) for name in start}
    queue = list(start)
    for name in queue:
        if name == target:
            return paths[name]
        if not containers[name].is_proxy:
            continue
        for other in sorted(near[name]):
            if other not in paths and other != source:
                paths[other] = (*paths[name], other)
                queue.append(other)
    return None
