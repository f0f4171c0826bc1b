from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kmtopo.layout import Graphviz, bundled
from kmtopo.plugin import Box

PAIR = """\
digraph {
graph [pad=0 margin=0]
node [shape=box fixedsize=true label=""]
edge [dir=none]
subgraph cluster_inner { margin=10 label=""; b [width=2 height=1] }
a [width=1 height=0.5]
a -> b [id="call"]
a -> b [style=invis]
}
"""
BROKEN = "digraph { a [ }"


def test_boxes_groups_and_lines_come_back_in_px_from_the_top_left() -> None:
    (placement,) = bundled()(PAIR)

    assert placement is not None
    a, b, inner = placement.boxes["a"], placement.boxes["b"], placement.groups["inner"]
    assert (a.width, a.height, b.width, b.height) == (72, 36, 144, 72)
    assert a.y == 0
    assert b.y > a.y + a.height
    assert inner == Box(b.x - 10, b.y - 10, 164, 92)
    assert set(placement.lines) == {"call"}
    first, *between, last = placement.lines["call"]
    assert len(between) % 3 == 2
    assert first[1] == pytest.approx(a.y + a.height, abs=1)
    assert last[1] == pytest.approx(b.y, abs=1)


def test_several_graphs_come_back_in_their_order() -> None:
    wide = PAIR.replace("width=2", "width=4")

    placements = bundled()(PAIR, wide, PAIR)

    assert [p and p.boxes["b"].width for p in placements] == [144, 288, 144]


def test_a_refused_graph_costs_only_itself() -> None:
    placements = bundled()(PAIR, BROKEN, PAIR)

    assert [placement is None for placement in placements] == [False, True, False]


def test_nothing_to_lay_out_is_no_placement() -> None:
    assert bundled()() == ()


@pytest.mark.parametrize("program", [None, Path("/nowhere/graphviz-pure")])
def test_without_the_program_every_graph_is_refused(program: Path | None) -> None:
    assert Graphviz(program)(PAIR, PAIR) == (None, None)


def test_the_program_is_found_without_a_path_and_gives_the_same_positions() -> None:
    code = f"from kmtopo.layout import bundled; print(bundled()({PAIR!r})[0].boxes)"
    bare = {"PATH": "/nonexistent", "FONTCONFIG_FILE": os.devnull}

    shown = subprocess.run([sys.executable, "-c", code], env=bare, capture_output=True, text=True, check=True).stdout

    (placement,) = bundled()(PAIR)
    assert placement is not None
    assert shown.strip() == str(placement.boxes)


def test_the_same_graph_has_the_same_positions() -> None:
    assert bundled()(PAIR) == bundled()(PAIR)
