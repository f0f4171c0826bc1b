"""What fails with what, of whatever compiles: drawn as it is answered, without a fault that a machine can see."""

from __future__ import annotations

from hypothesis import given, settings

from kmtopo.testing.strategies import topologies
from kmtopo_diagram.critique.lint import lint
from kmtopo_diagram.failures.check import misstatements
from kmtopo_diagram.failures.drawing import failures
from kmtopo_diagram.ink.svg import written
from topologies import checked


@settings(max_examples=25)
@given(topologies())
def test_what_fails_with_what_is_drawn_as_it_is_answered_and_without_a_fault(topology: str) -> None:
    for graph in checked(topology).graphs.values():
        drawings = failures(graph)
        for theme in ("light", "dark"):
            pages = [written(drawing, theme) for drawing in drawings]
            assert [lint(page, may_cut=True) for page in pages] == [()]
            assert misstatements(pages, graph) == ()
