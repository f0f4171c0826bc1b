"""Whatever compiles is drawn: everything that it has and nothing else, without a fault that a machine can see."""

from __future__ import annotations

from hypothesis import given, settings

from kmtopo.layout import bundled
from kmtopo.testing.strategies import topologies
from kmtopo_diagram.deployment.drawing import deployment
from kmtopo_diagram.lint import lint, miscounts
from kmtopo_diagram.svg import written
from topologies import checked


@settings(max_examples=25)
@given(topologies())
def test_any_topology_is_drawn_whole_and_without_a_fault(topology: str) -> None:
    for graph in checked(topology).graphs.values():
        drawing = deployment(graph, bundled())
        assert drawing is not None
        for theme in ("light", "dark"):
            svg = written(drawing, theme)
            assert lint(svg, may_cut=True) == ()
            assert miscounts(svg, graph) == ()
