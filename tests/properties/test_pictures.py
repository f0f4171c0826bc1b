"""Whatever compiles is drawn: everything that it has and nothing else, without a fault that a machine can see."""

from __future__ import annotations

from hypothesis import given, settings

from kmtopo.generation import tools
from kmtopo.testing.strategies import topologies
from kmtopo_diagram.critique.lint import lint, miscounts, missing_tenants
from kmtopo_diagram.deployment.drawing import deployment
from kmtopo_diagram.ink.svg import written
from kmtopo_diagram.matrix.counting import miscounts as missed_in_matrix
from kmtopo_diagram.networks.counting import miscounts as missed_on_networks
from kmtopo_diagram.tenants.paging import pages as tenants
from kmtopo_diagram.views import view
from topologies import checked


@settings(max_examples=25)
@given(topologies())
def test_any_topology_is_drawn_whole_and_without_a_fault(topology: str) -> None:
    for graph in checked(topology).graphs.values():
        drawing = deployment(graph)
        for theme in ("light", "dark"):
            svg = written(drawing, theme)
            assert lint(svg, may_cut=True) == ()
            assert miscounts(svg, graph) == ()


@settings(max_examples=25)
@given(topologies())
def test_networks_and_calls_of_any_topology_are_drawn_whole_and_without_a_fault(topology: str) -> None:
    for graph in checked(topology).graphs.values():
        for name, missed in (("networks", missed_on_networks), ("matrix", missed_in_matrix)):
            pages = list(view(name).pages(graph, tools()))
            for theme in ("light", "dark"):
                svgs = [written(page.drawing, theme) for page in pages]
                assert [lint(svg, may_cut=True) for svg in svgs] == [()] * len(svgs)
                assert missed(svgs, graph) == ()


@settings(max_examples=25)
@given(topologies())
def test_any_tenants_are_drawn_whole_and_without_a_fault(topology: str) -> None:
    for graph in checked(topology).graphs.values():
        drawn = [page.drawing for page in tenants(graph)] if graph.deployment.tenants else []
        for theme in ("light", "dark"):
            svgs = [written(drawing, theme) for drawing in drawn]
            assert [lint(svg, may_cut=True) for svg in svgs] == [()] * len(svgs)
            assert missing_tenants(svgs, graph) == ()
