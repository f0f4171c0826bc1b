"""The segments: what each is for, and who is on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.plugin import Code, Graph, Piece, Table
from kmtopo_docs.names import container_titles, network_titles
from kmtopo_docs.words import words_for


def networks(graph: Graph, _graphs: Mapping[str, Graph]) -> Iterator[Piece]:
    """A row for each network."""
    deployment = graph.deployment
    words = words_for(deployment.project.locale)
    titles, called = network_titles(deployment), container_titles(deployment)
    rows = [
        (
            titles[name],
            network.purpose or "",
            Code(network.subnet),
            words.yes if network.internal else words.no,
            ", ".join(called[member] for member in graph.members.get(name, ())),
        )
        for name, network in deployment.networks.items()
    ]
    if rows:
        yield Table((words.network, words.purpose, words.subnet, words.internal, words.members), tuple(rows))
