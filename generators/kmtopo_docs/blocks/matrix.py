"""Who talks to whom: as a matrix, and call by call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kmtopo.plugin import Deployment, Edge, Graph, Paragraph, Piece, Table, Text, answers
from kmtopo_docs.names import Name, Runs, container_titles, network_titles, port_name
from kmtopo_docs.words import Words, words_for

# A page carries no wider table.
_WIDEST = 24
_SIGNS = {"declared": "●", "undeclared": "○", "unreachable": "·"}


def matrix(graph: Graph, _graphs: Mapping[str, Graph]) -> Iterator[Piece]:
    """The table of all pairs, with numbers over the columns; for more than a page holds, a row with names each."""
    deployment = graph.deployment
    words = words_for(deployment.project.locale)
    if not deployment.containers:
        return
    if len(deployment.containers) >= _WIDEST:
        yield Paragraph(words.calls_many)
        yield _listed(graph, words)
        return
    table = answers(graph).matrix()
    titles, numbered = container_titles(deployment, words), list(enumerate(table.names, 1))
    rows = []
    for (number, name), cells in zip(numbered, table.cells, strict=True):
        signs = ["" if column == number else _SIGNS[cell] for column, cell in enumerate(cells, 1)]
        rows.append((f"{number}  {titles.listed([name])}", *signs))
    yield Paragraph(words.legend)
    yield Table(("", *(str(number) for number, _ in numbered)), tuple(rows))


def _listed(graph: Graph, words: Words) -> Table:
    table, titles = answers(graph).matrix(), container_titles(graph.deployment, words)
    told: list[tuple[str, tuple[Text, ...]]] = []
    for name, cells in zip(table.names, table.cells, strict=True):
        _, owner = titles.names[name]
        others = [(other, cell) for other, cell in zip(table.names, cells, strict=True) if other != name]
        called = ([other for other, cell in others if cell == word] for word in ("declared", "undeclared"))
        told.append((name, tuple(titles.listed(names, owner) for names in called)))
    return Table((words.caller, words.declared, words.undeclared), tuple(titles.rows(told)))


def calls(graph: Graph, _graphs: Mapping[str, Graph]) -> Iterator[Piece]:
    """A row for each declared call: who, whom, on which port and network, what for; many copies' calls are told once."""
    deployment = graph.deployment
    words = words_for(deployment.project.locale)
    titles, networks = container_titles(deployment, words), network_titles(deployment, words)
    purposes = _purposes(deployment, words)
    alike: dict[tuple[Name, Name, Name | None, Runs, str], list[Edge]] = {}
    for edge in {(each.source, each.target): each for each in graph.calls()}.values():
        caller, callee = edge.source.name, edge.target.name
        told = (*purposes.get((caller, callee), ()), *([words.optional] if edge.optional else []))
        port = port_name(deployment.containers[callee].port)
        if deployment.containers[callee].once:
            # Nobody talks to what runs once: its end is waited for.
            told, port, edge = (words.waits,), (), replace(edge, network=None)
        kinds = titles.kind(caller), titles.kind(callee), networks.kind(edge.network) if edge.network else None
        alike.setdefault((*kinds, port, ", ".join(told)), []).append(edge)
    rows: list[tuple[Text, ...]] = []
    for (*_, port, use), edges in alike.items():
        _, owner = titles.names[edges[0].source.name]
        # What a copy calls is its tenant's own, or shared.
        called = edges[:1] if owner else edges
        callee = titles.listed((each.target.name for each in called), owner)
        network = networks.listed((each.network for each in called if each.network), owner)
        rows.append((titles.listed(each.source.name for each in edges), callee, port, network, use))
    if rows:
        yield Table((words.caller, words.callee, words.port, words.network, words.use), tuple(rows))


def _purposes(deployment: Deployment, words: Words) -> dict[tuple[str, str], tuple[str, ...]]:
    known = dict(words.uses)
    return {
        (container.name, call.to): tuple(known.get(each, each) for each in call.purposes)
        for container in deployment.containers.values()
        for call in container.calls
    }
