"""The segments: what each is for, and who is on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.plugin import Code, Graph, Piece, Table, Text
from kmtopo_docs.names import container_titles, network_titles
from kmtopo_docs.words import words_for


def networks(graph: Graph, _graphs: Mapping[str, Graph]) -> Iterator[Piece]:
    """A row for each network, one for copies that are alike where they are many."""
    deployment = graph.deployment
    words = words_for(deployment.project.locale)
    titles, called = network_titles(deployment, words), container_titles(deployment, words)
    told: list[tuple[str, tuple[Text, ...]]] = []
    for name, network in deployment.networks.items():
        # The addresses of one copy say nothing of the others'.
        subnet = Code(network.subnet) if titles.apart or network.tenant is None else ""
        members = called.listed(graph.members.get(name, ()), network.tenant)
        internal = words.yes if network.internal else words.no
        told.append((name, (network.purpose or "", subnet, internal, members)))
    if told:
        head = (words.network, words.purpose, words.subnet, words.internal, words.members)
        yield Table(head, tuple(titles.rows(told)))
