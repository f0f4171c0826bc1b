"""What the file itself demands: who must not reach whom, who may publish, what it may cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from kmtopo.checks.check import Project
from kmtopo.diagnostics import Diagnostic, Label, Term, diagnose, did_you_mean
from kmtopo.graph.graph import Graph
from kmtopo.graph.reach import INTERNET, witness
from kmtopo.model.layered import Layer, settled
from kmtopo.model.policy import DenyEntry, PolicyEntry
from kmtopo.resolve.deployment import Container

NOT_CHECKED = ("isolate", "like")


def policies(project: Project) -> Iterator[Diagnostic]:
    """Checks each policy in the environments that it speaks of."""
    for layer in project.policies:
        entry = PolicyEntry.model_validate(settled(layer.data))
        graphs = _graphs(project, entry)
        if entry.deny is not None:
            yield from _deny(project, layer, entry.deny, graphs)
        if entry.publish is not None:
            yield from _publish(layer, entry.publish, graphs)
        if entry.budget is not None:
            yield from _budget(layer, entry, graphs)
        for kind in NOT_CHECKED:
            if getattr(entry, kind) is not None:
                yield diagnose("KM511", layer.where.address, kind=kind)


def _graphs(project: Project, entry: PolicyEntry) -> list[Graph]:
    named = entry.environment
    return [g for name, g in sorted(project.graphs.items()) if named is None or name == named]


def _deny(project: Project, layer: Layer, entry: DenyEntry, graphs: list[Graph]) -> Iterator[Diagnostic]:
    known = {INTERNET, *project.names}
    for side, words in (("from", entry.from_ or ()), ("to", entry.to or ())):
        for index, word in enumerate(words):
            if not any(fnmatchcase(name, word) for name in known):
                at = layer.where.find(("deny", side, index))
                close = did_you_mean(word, known)
                yield diagnose("KM301", at, help="suggest" if close else "", noun=Term("name"), name=word, right=close or "", known="")
    for graph in graphs:
        for source in _chosen(graph, entry.from_ or ()):
            for target in _chosen(graph, entry.to or ()):
                yield from _denied(layer, graph, source, target)


def _denied(layer: Layer, graph: Graph, source: str, target: str) -> Iterator[Diagnostic]:
    containers = graph.deployment.containers
    if source == target or source == INTERNET == target:
        return
    if any(containers[n].absent & {"networks", "publish"} for n in (source, target) if n in containers):
        return
    path = witness(graph, source, target)
    if path is not None:
        also = [Label(address=containers[n].address, part="key", text="hop") for n in path if n in containers]
        yield diagnose("KM508", layer.where.find(("deny",)), also=also, source=source, target=target, path=" → ".join(path))


def _chosen(graph: Graph, words: Iterable[str]) -> list[str]:
    """The containers (and ``internet``) that words of a policy name: by name, network, machine or glob."""
    containers = graph.deployment.containers
    chosen: set[str] = set()
    for word in words:
        if word == INTERNET:
            chosen.add(INTERNET)
        chosen |= {name for name in containers if fnmatchcase(name, word)}
        chosen |= {m for network, members in graph.members.items() if fnmatchcase(network, word) for m in members}
        chosen |= {c.name for c in containers.values() if fnmatchcase(c.vps, word)}
    return sorted(chosen)


def _publish(layer: Layer, allowed: list[str], graphs: list[Graph]) -> Iterator[Diagnostic]:
    for graph in graphs:
        for container in graph.deployment.containers.values():
            if container.name not in allowed:
                yield from _published(layer, container)


def _published(layer: Layer, container: Container) -> Iterator[Diagnostic]:
    for publication in container.publications:
        if not publication.is_loopback:
            also = [Label(address=layer.where.find(("publish",)), text="policy")]
            yield diagnose("KM509", publication.origin, also=also, name=container.name, port=publication.host_port)


def _budget(layer: Layer, entry: PolicyEntry, graphs: list[Graph]) -> Iterator[Diagnostic]:
    budget = entry.budget
    machines = {vps.name: vps for graph in graphs for vps in graph.deployment.vps.values() if vps.cost}
    total = sum((vps.cost.high for vps in machines.values() if vps.cost), start=type(budget.high)(0)) if budget else 0
    if budget is not None and total > budget.high:
        also = [Label(address=vps.address / "cost", text="cost") for vps in machines.values()]
        values = {"cost": f"{total:f}", "budget": f"{budget.high:f}", "currency": budget.currency}
        yield diagnose("KM510", layer.where.find(("budget",)), also=also, **values)
