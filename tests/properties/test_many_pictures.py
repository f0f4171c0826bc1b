"""Pictures of hundreds of generated topologies, in every view and both schemes: nothing that a machine can find is wrong."""

from __future__ import annotations

import os

import pytest

from kmtopo.plugin import Graph
from picture_faults import faults
from picture_worlds import dedicated_world, edited_world, random_world
from topologies import checked

# `make test` draws a slice, which is the same each time; `make pictures` draws all 500.
DRAWN = int(os.environ.get("KMTOPO_PICTURES", "40"))
EVERY = 20  # one in so many has containers of each tenant's own


def world(seed: int) -> Graph:
    return compiled(dedicated_world(seed) if seed % EVERY == EVERY - 1 else random_world(seed))


def compiled(text: str) -> Graph:
    build = checked(text)
    assert build.ok, build.diagnostics
    (graph,) = build.graphs.values()
    return graph


def before(seed: int) -> Graph | None:
    """What the change to a world is drawn since: another world altogether, or one that differs in little."""
    if not seed:
        return None
    return world(seed - 1) if seed % 2 else compiled(edited_world(seed))


@pytest.mark.parametrize("seed", range(DRAWN))
def test_whatever_is_generated_is_drawn_whole_and_without_a_fault(seed: int) -> None:
    assert list(faults(world(seed), before(seed))) == []


def test_what_is_generated_is_as_small_as_large_and_as_foreign_as_promised() -> None:
    graphs = [world(seed).deployment for seed in range(40)]
    titles = {
        thing.title for graph in graphs for things in (graph.containers, graph.networks) for thing in things.values()
    }

    assert min(len(graph.containers) for graph in graphs) == 1
    assert max((len(graph.containers), len(graph.networks)) for graph in graphs) == (40, 5)
    assert max(len(graph.tenants) for graph in graphs) == 100
    assert max(len(graph.vps) for graph in graphs) == 4
    assert max(len(name) for graph in graphs for name in graph.containers) == 40
    for letter in ("ó", "Ñ", "サ", "析", "خ", "ש", "ß"):
        assert any(letter in title for title in titles), letter
