"""Rules about who can reach whom."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kmtopo.addresses import Address
from kmtopo.checks.check import Project
from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.graph.cycles import call_cycles
from kmtopo.graph.graph import Edge, Graph, Relation
from kmtopo.resolve.deployment import Container

SHOWN_PAIRS = 8


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


def undeclared_neighbours(project: Project) -> Iterator[Diagnostic]:
    """Containers that share a network but declare no call: true of every bridge, worth knowing."""
    silent: dict[Address, set[tuple[str, str]]] = {}
    for graph in project.graphs.values():
        declared = {frozenset((e.source.name, e.target.name)) for e in graph.calls()}
        for name, network in graph.deployment.networks.items():
            pairs = combinations(graph.members[name], 2)
            silent.setdefault(network.address, set()).update(p for p in pairs if frozenset(p) not in declared)
    for address, pairs in sorted(silent.items()):
        if pairs:
            shown = ", ".join(f"{a}–{b}" for a, b in sorted(pairs)[:SHOWN_PAIRS])
            more = " …" if len(pairs) > SHOWN_PAIRS else ""
            yield diagnose("KM502", address, part="key", network=address.name, count=len(pairs), pairs=shown + more)


def call_cycle(graph: Graph) -> Iterator[Diagnostic]:
    """Containers that need one another in a circle never start."""
    for cycle in call_cycles(graph):
        names = [edge.source.name for edge in cycle]
        also = [Label(address=edge.origin, text="then") for edge in cycle[1:]]
        yield diagnose("KM401", cycle[0].origin, also=also, cycle=" → ".join([*names, names[0]]))


