"""What became of whatever compiles: each thing on either side is drawn with its fate, without a fault of drawing."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Collection

from hypothesis import given, settings

from kmtopo.plugin import Graph
from kmtopo.testing.strategies import topologies
from kmtopo_diagram.change.drawing import change
from kmtopo_diagram.critique.lint import lint
from kmtopo_diagram.ink.svg import written
from topologies import checked

GROUP = "{http://www.w3.org/2000/svg}g"


def shown(svg: str, key: str) -> dict[str, str]:
    groups = [g.attrib for g in ET.fromstring(svg).iter(GROUP)]
    return {g[key]: g.get("data-fate", "same") for g in groups if "data-role" in g}


def came_and_went(before: Collection[str], after: Collection[str]) -> dict[str, str]:
    both = sorted({*before, *after})
    return {n: "added" if n not in before else "removed" if n not in after else "kept" for n in both}


@settings(max_examples=20)
@given(topologies(), topologies())
def test_whatever_came_or_went_is_marked(earlier: str, later: str) -> None:
    graphs, then = checked(later).graphs, checked(earlier).graphs
    for name, after in graphs.items():
        before: Graph | None = then.get(name)
        drawing = change(before, after, "HEAD")
        assert drawing is not None
        old = before.deployment.containers if before else {}
        for theme in ("light", "dark"):
            svg = written(drawing, theme)
            assert lint(svg, may_cut=True) == ()
            fates = shown(svg, "data-node")
            kept = {n: "kept" if fate in ("same", "changed") else fate for n, fate in fates.items()}
            assert kept == came_and_went(old, after.deployment.containers)
