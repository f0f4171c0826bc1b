"""The deployment view: machines, networks and containers as boxes, calls as arrows; placed by Graphviz, drawn by us."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Diagnostic, Graph, Tools, diagnose
from kmtopo_diagram.outline import Outline
from kmtopo_diagram.svg import Drawing
from kmtopo_diagram.view import Page, View


def _pages(graph: Graph, tools: Tools) -> Iterator[Page | Diagnostic]:
    """Draws the deployment of one environment; a finding where the engine lays out nothing."""
    for drawing, part in _drawings(graph, tools):
        if drawing is None:
            environment = graph.deployment.environment
            yield diagnose("KM605", environment.address, part="key", environment=environment.name)
            return
        yield Page(drawing, part)


def _drawings(graph: Graph, tools: Tools) -> Iterator[tuple[Drawing | None, str]]:
    """One picture, or where there are several machines one of all, and one of each."""
    from kmtopo_diagram.deployment.drawing import deployment
    from kmtopo_diagram.deployment.fleet.drawing import fleet
    from kmtopo_diagram.deployment.reading import carriers

    machines = carriers(graph)
    if len(machines) < 2:
        yield deployment(graph, tools.layout), ""
        return
    yield fleet(graph, tools.layout), ""
    yield from ((deployment(graph, tools.layout, machine), machine) for machine in machines)


def _outline(graph: Graph) -> Outline:
    from kmtopo_diagram.deployment.outlining import outline

    return outline(graph)


VIEW = View(_pages, _outline, written=("mermaid", "dot", "d2", "plantuml", "structurizr"))
