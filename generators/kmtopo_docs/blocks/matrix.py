"""Who talks to whom: as a matrix, and call by call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.plugin import Code, Graph, Paragraph, Piece, Table, Text, answers
from kmtopo_docs.names import container_titles, network_titles, port_name
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
    titles, numbered = container_titles(deployment), list(enumerate(table.names, 1))
    rows = []
    for (number, name), cells in zip(numbered, table.cells, strict=True):
        signs = ["" if column == number else _SIGNS[cell] for column, cell in enumerate(cells, 1)]
        rows.append((f"{number}  {titles[name]}", *signs))
    yield Paragraph(words.legend)
    yield Table(("", *(str(number) for number, _ in numbered)), tuple(rows))


def _listed(graph: Graph, words: Words) -> Table:
    table, titles = answers(graph).matrix(), container_titles(graph.deployment)
    rows = []
    for name, cells in zip(table.names, table.cells, strict=True):
        of = {
            word: [other for other, cell in zip(table.names, cells, strict=True) if cell == word and other != name]
            for word in ("declared", "undeclared")
        }
        called = [", ".join(titles[other] for other in of[word]) for word in ("declared", "undeclared")]
        rows.append((titles[name], *called))
    return Table((words.caller, words.declared, words.undeclared), tuple(rows))


def calls(graph: Graph, _graphs: Mapping[str, Graph]) -> Iterator[Piece]:
    """A row for each declared call: who, whom, on which port and network, what for."""
    deployment = graph.deployment
    words = words_for(deployment.project.locale)
    known, titles, networks = dict(words.uses), container_titles(deployment), network_titles(deployment)
    uses = {(c.name, call.to): call for c in deployment.containers.values() for call in c.calls}
    rows: dict[tuple[str, str], tuple[Text, ...]] = {}
    for edge in graph.calls():
        caller, callee = edge.source.name, edge.target.name
        call = uses.get((caller, callee))
        port = port_name(deployment.containers[callee].port)
        told = [
            *(known.get(each, each) for each in (call.purposes if call else ())),
            *([words.optional] if edge.optional else []),
        ]
        rows[caller, callee] = (
            titles[caller],
            titles[callee],
            Code(port) if port else "",
            networks.get(edge.network or "", ""),
            ", ".join(told),
        )
    if rows:
        yield Table((words.caller, words.callee, words.port, words.network, words.use), tuple(rows.values()))
