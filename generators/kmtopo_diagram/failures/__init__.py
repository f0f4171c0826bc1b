"""The failures view: one scenario drawn, and every scenario in a table below it."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Graph, Tools
from kmtopo_diagram.outline import Outline
from kmtopo_diagram.view import Page, View


def _pages(graph: Graph, _tools: Tools) -> Iterator[Page]:
    """Draws what fails with what in one environment."""
    from kmtopo_diagram.failures.drawing import failures

    for place, drawing in enumerate(failures(graph)):
        yield Page(drawing, str(place + 1) if place else "")


def _outline(graph: Graph) -> Outline:
    from kmtopo_diagram.failures.outlining import outline

    return outline(graph)


VIEW = View(_pages, _outline, written=("mermaid", "dot", "d2"))
