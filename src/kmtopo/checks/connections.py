"""Rules about who can reach whom."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.graph.cycles import call_cycles
from kmtopo.graph.graph import Edge, Graph, Relation
from kmtopo.resolve.deployment import Container


def unreachable_calls(graph: Graph) -> Iterator[Diagnostic]:
    """A declared call needs a network that both share; a job that is only waited for does not."""
    containers = graph.deployment.containers
    for edge in graph.calls():
        caller, callee = containers[edge.source.name], containers[edge.target.name]
        if edge.network is not None or callee.once or {"networks"} & (caller.absent | callee.absent):
            continue
        yield _unreachable(edge, caller, callee)


def _unreachable(edge: Edge, caller: Container, callee: Container) -> Diagnostic:
    also = [
        Label(address=caller.attachments[0].origin.parent, text="caller") if caller.attachments else None,
        Label(address=callee.attachments[0].origin.parent, text="callee") if callee.attachments else None,
    ]
    verb = "route" if edge.relation is Relation.ROUTES_TO else ""
    return diagnose(
        "KM501",
        edge.origin,
        also=[label for label in also if label is not None],
        help=verb,
        caller=caller.name,
        callee=callee.name,
        caller_networks=", ".join(caller.networks),
        callee_networks=", ".join(callee.networks),
    )


def undeclared_neighbours(graph: Graph) -> Iterator[Diagnostic]:
    """Containers that share a network but declare no call: true of every bridge, worth knowing."""
    declared = {frozenset((e.source.name, e.target.name)) for e in graph.calls()}
    for name, network in graph.deployment.networks.items():
        members = graph.members[name]
        pairs = [(a, b) for i, a in enumerate(members) for b in members[i + 1 :]]
        silent = [pair for pair in pairs if frozenset(pair) not in declared]
        if silent:
            shown = ", ".join(f"{a}–{b}" for a, b in silent[:5]) + (" …" if len(silent) > 5 else "")
            yield diagnose("KM502", network.address, part="key", network=name, count=len(silent), pairs=shown)


def call_cycle(graph: Graph) -> Iterator[Diagnostic]:
    """Containers that need one another in a circle never start."""
    for cycle in call_cycles(graph):
        names = [edge.source.name for edge in cycle]
        also = [Label(address=edge.origin, text="then") for edge in cycle[1:]]
        yield diagnose("KM401", cycle[0].origin, also=also, cycle=" → ".join([*names, names[0]]))


