"""Cycles of needed calls: containers that wait for one another never start."""

from __future__ import annotations

from collections.abc import Mapping

from kmtopo.graph.graph import Edge, Graph

Calls = Mapping[str, Mapping[str, Edge]]


def call_cycles(graph: Graph) -> list[tuple[Edge, ...]]:
    """One shortest cycle for each knot of calls that are not optional, rotated to its first name, sorted."""
    needed: dict[str, dict[str, Edge]] = {}
    for edge in graph.calls():
        if not edge.optional:
            needed.setdefault(edge.source.name, {}).setdefault(edge.target.name, edge)
    knotted = _knotted(needed)
    return _cycles(knotted) if knotted else []


def _knotted(needed: Calls) -> dict[str, dict[str, Edge]]:
    """The calls that are left when those that lead nowhere are peeled off again and again."""
    callers: dict[str, set[str]] = {}
    open_calls = {source: set(targets) for source, targets in needed.items()}
    for source, targets in needed.items():
        for target in targets:
            callers.setdefault(target, set()).add(source)
    leaves = [name for name in callers if not open_calls.get(name)]
    while leaves:
        leaf = leaves.pop()
        for caller in callers.get(leaf, ()):
            open_calls[caller].discard(leaf)
            if not open_calls[caller]:
                leaves.append(caller)
    return {
        source: {target: needed[source][target] for target in sorted(targets)}
        for source, targets in sorted(open_calls.items())
        if targets
    }


def _cycles(knotted: Calls) -> list[tuple[Edge, ...]]:
    import networkx  # only a broken topology pays for it

    digraph: networkx.DiGraph[str] = networkx.DiGraph([(a, b) for a, targets in knotted.items() for b in targets])
    found = []
    for component in networkx.strongly_connected_components(digraph):
        first = min(component)
        if len(component) > 1 or digraph.has_edge(first, first):
            found.append(_shortest_cycle(knotted, first, component))
    return sorted(found, key=lambda cycle: cycle[0].source)


def _shortest_cycle(knotted: Calls, first: str, component: set[str]) -> tuple[Edge, ...]:
    paths: dict[str, tuple[Edge, ...]] = {first: ()}
    queue = [first]
    for name in queue:
        for target, edge in knotted.get(name, {}).items():
            if target == first:
                return (*paths[name], edge)
            if target in component and target not in paths:
                paths[target] = (*paths[name], edge)
                queue.append(target)
    raise AssertionError("a strongly connected component has a cycle through each member")
