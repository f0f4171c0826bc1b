"""Who must not reach whom, and which way leads there all the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.graph.ends import chosen
from kmtopo.graph.graph import Graph
from kmtopo.graph.reach import INTERNET, Reach
from kmtopo.model.layered import Layer, settled
from kmtopo.model.policy import DenyEntry, PolicyEntry
from kmtopo.records import validated
from kmtopo.rule import Environments
from kmtopo.values import frozen

SHOWN_WAYS = 4


@frozen
class Breach:
    """A way that a policy denies, in one environment."""

    graph: Graph
    path: tuple[str, ...]

    @property
    def text(self) -> str:
        """The way as reports show it."""
        return " → ".join(self.path)


def denied(layer: Layer, entry: DenyEntry, graphs: list[Graph]) -> Iterator[Diagnostic]:
    """Yields at most one finding: the shortest way that the policy denies, with the others beside it."""
    found = {breach.text: breach for graph in graphs for breach in _breaches(graph, entry)}
    if not found:
        return
    first, *others = sorted(found.values(), key=lambda breach: (len(breach.path), breach.text))
    containers = first.graph.deployment.containers
    also = [Label(address=containers[n].address, part="key", text="hop") for n in first.path if n in containers]
    more = ", ".join(breach.text for breach in others[:SHOWN_WAYS]) + (" …" if len(others) > SHOWN_WAYS else "")
    way, networks = _last_step(first)
    *_, near, target = first.path
    yield diagnose(
        "KM508",
        layer.where.find(("deny",)),
        also=also,
        help=f"{way}_more" if others else way,
        path=first.text,
        more=more,
        near=near,
        target=target,
        networks=", ".join(networks),
    )


def _last_step(breach: Breach) -> tuple[str, list[str]]:
    """What carries the last step of a way, where it is best cut: a publication, or networks."""
    *_, near, target = breach.path
    deployment = breach.graph.deployment
    if near == INTERNET:
        return "published", []
    if target == INTERNET or deployment.containers[target].is_external:
        return "outward", [n for n in deployment.containers[near].networks if not deployment.networks[n].internal]
    shared = set(deployment.containers[near].networks) & set(deployment.containers[target].networks)
    return "network", sorted(shared)


def _breaches(graph: Graph, entry: DenyEntry) -> Iterator[Breach]:
    reach, targets = Reach(graph), chosen(graph, entry.to or (), copies=True)
    for source in chosen(graph, entry.from_ or (), copies=True):
        # Searched once: seldom is anything reached that must not be.
        reached = frozenset(reach.reached(source))
        for target in targets:
            path = reach.path(source, target) if target in reached and not _is_open(graph, source, target) else None
            if path is not None:
                yield Breach(graph, path)


def _is_open(graph: Graph, source: str, target: str) -> bool:
    """Whether nothing can be said: of one end to itself, or where networks or ports could not be read."""
    containers = graph.deployment.containers
    ends = [containers[name] for name in (source, target) if name in containers]
    return source == target or any(end.absent & {"networks", "publish"} for end in ends)


def breaks(environments: Environments, graph: Graph, container: str, network: str) -> Address | None:
    """The first policy that a container would break by joining a network; None where it may join."""
    members = {**graph.members, network: (*graph.members.get(network, ()), container)}
    joined = replace(graph, members=members)
    for layer in environments.policies:
        entry = validated(PolicyEntry, settled(layer.data))
        if entry.deny is None or entry.environment not in (None, graph.deployment.environment.name):
            continue
        before = {breach.text for breach in _breaches(graph, entry.deny)}
        if any(breach.text not in before for breach in _breaches(joined, entry.deny)):
            return layer.where.address
    return None
