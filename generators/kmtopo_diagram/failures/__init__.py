"""The failures view: one scenario drawn, and every scenario in a table below it."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Diagnostic, Graph, Tools, diagnose
from kmtopo_diagram.outline import Outline
from kmtopo_diagram.view import Page, View


def _pages(graph: Graph, tools: Tools) -> Iterator[Page | Diagnostic]:
    """Draws what fails with what in one environment; a finding where the engine lays out nothing."""
    from kmtopo_diagram.failures.drawing import failures

    drawings = failures(graph, tools.layout)
    if not drawings:
        environment = graph.deployment.environment
        yield diagnose("KM605", environment.address, part="key", environment=environment.name)
    for place, drawing in enumerate(drawings):
        yield Page(drawing, str(place + 1) if place else "")


def _outline(graph: Graph) -> Outline:
    from kmtopo_diagram.failures.outlining import outline

    return outline(graph)


VIEW = View(_pages, _outline, written=("mermaid", "dot", "d2"))
