"""The deployment view: machines, networks and containers as boxes, calls as arrows; placed and drawn by us."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Diagnostic, Graph, Tools, diagnose
from kmtopo_diagram.outline import Outline
from kmtopo_diagram.view import Page, View


def _pages(graph: Graph, tools: Tools) -> Iterator[Page | Diagnostic]:
    """Draws the deployment of one environment: one picture, or where there are several machines one of all, and one of each."""
    from kmtopo_diagram.deployment.drawing import deployment
    from kmtopo_diagram.deployment.reading import carriers

    machines = carriers(graph)
    if len(machines) < 2:
        yield Page(deployment(graph))
        return
    yield _fleet(graph, tools)
    yield from (Page(deployment(graph, machine), machine) for machine in machines)


def _fleet(graph: Graph, tools: Tools) -> Page | Diagnostic:
    """Draws all machines; a finding where the engine lays out nothing."""
    from kmtopo_diagram.deployment.fleet.drawing import fleet

    drawing, environment = fleet(graph, tools.layout), graph.deployment.environment
    if drawing is None:
        return diagnose("KM605", environment.address, part="key", environment=environment.name)
    return Page(drawing)


def _outline(graph: Graph) -> Outline:
    from kmtopo_diagram.deployment.outlining import outline

    return outline(graph)


VIEW = View(_pages, _outline, written=("mermaid", "dot", "d2", "plantuml", "structurizr"))
