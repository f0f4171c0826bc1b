"""The deployment view: machines, networks and containers as boxes, calls as arrows; placed by Graphviz, drawn by us."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Diagnostic, Graph, Tools, diagnose
from kmtopo_diagram.outline import Outline
from kmtopo_diagram.view import Page, View


def _pages(graph: Graph, tools: Tools) -> Iterator[Page | Diagnostic]:
    """Draws the deployment of one environment; a finding where the engine lays out nothing."""
    from kmtopo_diagram.deployment.drawing import deployment

    drawing = deployment(graph, tools.layout)
    if drawing is None:
        environment = graph.deployment.environment
        yield diagnose("KM605", environment.address, part="key", environment=environment.name)
    else:
        yield Page(drawing)


def _outline(graph: Graph) -> Outline:
    from kmtopo_diagram.deployment.outlining import outline

    return outline(graph)


VIEW = View(_pages, _outline, written=("mermaid", "dot", "d2", "plantuml", "structurizr"))
