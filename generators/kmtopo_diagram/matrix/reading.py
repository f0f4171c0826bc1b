"""Graph -> Picture: the answer to who talks to whom, in the topology's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from kmtopo.plugin import Container, Graph, answers
from kmtopo_diagram.matrix.picture import Cell, Group, Kind, Party, Picture
from kmtopo_diagram.matrix.words import MatrixWords, matrix_words
from kmtopo_diagram.subject.calls import Pair, call_order, pairs
from kmtopo_diagram.subject.dedicated import folded, said_of_folding
from kmtopo_diagram.subject.tiers import is_public, network_order

INTERNET = "internet"
_FAR = 1_000_000


def read(graph: Graph) -> Picture:
    """Returns the call matrix of an environment: rows call, columns listen."""
    words = matrix_words(graph.deployment.project.locale)
    of_several = said_of_folding(graph.deployment, words.general)
    graph = folded(graph, words.general)
    deployment = graph.deployment
    called = {pair.target for pair in pairs(graph)}
    callers = [c for c in _ordered(graph) if not c.is_external]
    callees = [c for c in _ordered(graph) if _listens(c) or c.name in called]
    visitors = _visitors(words) if any(map(is_public, callers)) else ()
    rows = (*visitors, *_groups(callers, graph, words))
    cells = tuple(_cells(graph, rows, [container.name for container in callees]))
    return Picture(
        words=words,
        name=f"matrix-{deployment.environment.name}",
        project=deployment.project.title,
        title=f"{words.view} · {deployment.environment.title}",
        folded=of_several,
        rows=rows,
        columns=tuple(_groups(callees, graph, words)),
        cells=cells,
        networks={place: deployment.networks[name].title for place, name in enumerate(network_order(graph))},
    )


def _listens(container: Container) -> bool:
    return container.port is not None or bool(container.publications) or container.is_external


def _ordered(graph: Graph) -> list[Container]:
    """Machines and the networks on them from the way in, callers before callees; systems outside come last."""
    place = {name: place for place, name in enumerate(network_order(graph))}
    containers = [graph.deployment.containers[name] for name in call_order(graph)]
    nearest: dict[str, int] = {}
    for container in containers:
        nearest[container.vps] = min(nearest.get(container.vps, _FAR), place.get(container.home, _FAR))
    return sorted(
        containers,
        key=lambda c: (c.is_external, nearest[c.vps], c.vps, place.get(c.home, _FAR), c.home),
    )


def _visitors(words: MatrixWords) -> tuple[Group, ...]:
    internet = words.general.internet
    party = Party(INTERNET, internet, machine="", role="", index=None, tip=internet)
    return (Group("", "", None, is_machine=False, parties=(party,)),)


def _groups(containers: Sequence[Container], graph: Graph, words: MatrixWords) -> Iterator[Group]:
    """By machine, or where there is one alone, by the network that each is at home on; what is outside by itself."""
    deployment = graph.deployment
    place = {name: place for place, name in enumerate(network_order(graph))}
    by_machine = len(deployment.vps) > 1
    for (outside, name), members in groupby(
        containers, key=lambda c: (c.is_external, "" if c.is_external else c.vps if by_machine else c.home)
    ):
        parties = tuple(_party(container, place.get(container.home)) for container in members)
        if outside or not (by_machine or name in deployment.networks):
            yield Group("", words.outside if outside else "", None, is_machine=False, parties=parties)
        elif by_machine:
            yield Group(name, deployment.vps[name].title, None, is_machine=True, parties=parties)
        else:
            yield Group(name, deployment.networks[name].title, place[name], is_machine=False, parties=parties)


def _party(container: Container, index: int | None) -> Party:
    title = f"{container.title} · {container.kind}" if container.tenant else container.title
    tip = " · ".join(filter(None, [title, container.purpose or container.kind]))
    return Party(container.name, title, container.vps, container.role, index, tip)


def _cells(graph: Graph, rows: Sequence[Group], callees: Sequence[str]) -> Iterator[Cell]:
    """What the graph answers, each with the network that carries it."""
    answer = answers(graph).matrix()
    places = {name: place for place, name in enumerate(answer.names)}
    lines = dict(zip(answer.names, answer.cells, strict=True))
    carriers = _Carriers(graph)
    for party in (party for group in rows for party in group.parties):
        for name in callees:
            relationship = lines[party.name][places[name]]
            if relationship != "unreachable" and name != party.name:
                yield carriers.cell(party.name, name, declared=relationship == "declared")


class _Carriers:
    """Which network carries what one container says to another; its tables are made once for a graph."""

    def __init__(self, graph: Graph) -> None:
        self._deployment = graph.deployment
        self._place = {name: place for place, name in enumerate(network_order(graph))}
        self._pairs: Mapping[tuple[str, str], Pair] = {(pair.source, pair.target): pair for pair in pairs(graph)}
        self._networks = {
            name: sorted(container.networks, key=lambda network: self._place.get(network, _FAR))
            for name, container in graph.deployment.containers.items()
        }

    def cell(self, source: str, target: str, *, declared: bool) -> Cell:
        """Makes the mark from one to another."""
        pair = self._pairs.get((source, target))
        network, is_direct = (pair.network, True) if pair else self._way(source, target)
        kind = Kind.UNDECLARED if not declared else Kind.OPTIONAL if pair and pair.optional else Kind.DECLARED
        return Cell(source, target, kind, network, self._place.get(network), is_direct)

    def _way(self, source: str, target: str) -> tuple[str, bool]:
        """The first network that both share; behind a proxy the callee's own that lies nearest to the way in."""
        container, own = self._deployment.containers[target], self._networks[target]
        if source == INTERNET:
            return ("", True) if is_public(container) else (next(iter(own), ""), False)
        if container.is_external:
            known = self._deployment.networks
            return next((name for name in self._networks[source] if not known[name].internal), ""), True
        shared = next((name for name in self._networks[source] if name in own), "")
        return (shared, True) if shared else (next(iter(own), ""), False)
