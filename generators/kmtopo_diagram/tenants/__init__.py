"""The tenants' view: who is served, where, under which names, and where each one's data lies; a grid of its own."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Graph, Tools
from kmtopo_diagram.outline import Outline
from kmtopo_diagram.view import Page, View


def _pages(graph: Graph, _tools: Tools) -> Iterator[Page]:
    """Draws the tenants of one environment; nothing where there are none."""
    from kmtopo_diagram.tenants.paging import pages

    if graph.deployment.tenants:
        yield from pages(graph)


def _outline(graph: Graph) -> Outline | None:
    from kmtopo_diagram.tenants.outlining import outline

    return outline(graph)


VIEW = View(_pages, _outline, written=("mermaid", "dot", "d2"))
