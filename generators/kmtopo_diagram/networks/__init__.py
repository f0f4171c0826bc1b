"""The networks' view: services as columns, networks as bands, calls as lanes; a grid of our own, no engine."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Graph, Tools
from kmtopo_diagram.outline import Outline
from kmtopo_diagram.view import Page, View


def _pages(graph: Graph, _tools: Tools) -> Iterator[Page]:
    """Draws the networks of one environment: in one picture, or where that is too wide, the call matrix and each machine."""
    from kmtopo_diagram.networks.pages import pages

    yield from pages(graph)


def _outline(graph: Graph) -> Outline:
    from kmtopo_diagram.networks.outlining import outline

    return outline(graph)


VIEW = View(_pages, _outline, written=("mermaid", "dot", "d2"))
