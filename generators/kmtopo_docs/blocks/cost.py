"""What it costs a month, against other ways to run the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.plugin import Graph, Piece, Table, answers
from kmtopo_docs.quantities import NOTHING, price, prices
from kmtopo_docs.words import words_for


def cost(graph: Graph, _graphs: Mapping[str, Graph]) -> Iterator[Piece]:
    """A row for each machine and each of its alternatives, and the sum where there are several machines."""
    words, asked = words_for(graph.deployment.project.locale), answers(graph)
    savings = {name: [s for s in asked.savings() if s.vps.name == name] for name in graph.deployment.vps}
    rows = []
    for name, vps in graph.deployment.vps.items():
        first = (vps.title, price(vps.cost, words) if vps.cost else NOTHING)
        for saving in savings[name]:
            other = saving.alternative
            rows.append((*first, other.title, price(other.cost, words), price(saving.cost, words)))
            first = ("", "")
        if not savings[name]:
            rows.append((*first, "", "", ""))
    if len(graph.deployment.vps) > 1:
        rows.append((words.together, prices(asked.cost(), words), "", "", ""))
    if any(vps.cost for vps in graph.deployment.vps.values()):
        yield Table(("VPS", words.cost, words.alternative, words.alternative_cost, words.saving), tuple(rows))
