"""A story as DOT for the layout engine: boxes of fixed size, read from the left or from the top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from kmtopo.plugin import frozen
from kmtopo_diagram.bundling import Bundle
from kmtopo_diagram.failures.picture import Arrow, Story
from kmtopo_diagram.failures.sizes import CARD_GAP, CARD_HEIGHT, LEVEL_GAP

ORIGIN = "@origin"
_MIDDLE = (4.0, 24.0)  # across the flow wide enough that the lines to it keep clear of its neighbours
_POINTS_PER_INCH = 72


@frozen
class Way:
    """How to lay a story out: from the left or the top, with its columns in line or not, by names forwards or backwards.

    ``kept``: whom somebody calls stand in the order of their names, which the engine else changes.
    """

    direction: Literal["LR", "TB"]
    aligned: bool
    backwards: bool = False
    kept: bool = False


WAYS = (
    Way("LR", aligned=True),
    Way("LR", aligned=True, backwards=True),
    Way("LR", aligned=True, kept=True),
    Way("LR", aligned=True, backwards=True, kept=True),
    Way("TB", aligned=True),
    Way("LR", aligned=False),
    Way("TB", aligned=False),
)


def layout_dot(
    story: Story,
    bundles: Sequence[Bundle[Arrow]],
    widths: Mapping[str, float],
    way: Way,
) -> str:
    """Returns the graph to lay out: cards of these widths, middles, lines."""
    names = sorted(widths, reverse=way.backwards)
    nodesep, ranksep = (CARD_GAP, LEVEL_GAP) if way.direction == "LR" else (LEVEL_GAP * 0.7, LEVEL_GAP)
    return "\n".join(
        [
            "digraph {",
            f"graph [rankdir={way.direction} newrank=true nodesep={_inches(nodesep)} ranksep={_inches(ranksep)} pad=0 margin=0{' ordering=out' if way.kept else ''}]",
            'node [shape=box fixedsize=true label=""]',
            "edge [dir=none]",
            *(_node(name, widths[name], CARD_HEIGHT) for name in names),
            *(_node(bundle.key, *_turned(_MIDDLE, way)) for bundle in bundles),
            *(_columns(story) if way.aligned else ()),
            *sorted(_edges(story, bundles), reverse=way.backwards),
            "}",
        ]
    )


def _turned(size: tuple[float, float], way: Way) -> tuple[float, float]:
    return size if way.direction == "LR" else size[::-1]


def _columns(story: Story) -> Iterator[str]:
    for level in sorted(set(story.levels.values())):
        beside = [_quoted(name) for name, own in story.levels.items() if own == level]
        if len(beside) > 1:
            yield f"{{rank=same; {' '.join(beside)}}}"


def _edges(story: Story, bundles: Sequence[Bundle[Arrow]]) -> Iterator[str]:
    bound = {arrow.key for bundle in bundles for arrow in bundle.arrows}
    if story.origin:
        yield from (_edge(ORIGIN, door, f"gate:{door}", "weight=6") for door in story.doors)
    for arrow in story.arrows:
        if arrow.key not in bound:
            yield _edge(arrow.source, arrow.target, arrow.key, "weight=2" if arrow.source in story.doors else "")
    for bundle in bundles:
        yield from (
            _edge(source, bundle.key, bundle.limb_from(source), "headclip=false weight=2") for source in bundle.sources
        )
        yield from (_edge(bundle.key, target, bundle.limb_to(target), "tailclip=false") for target in bundle.targets)


def _edge(tail: str, head: str, key: str, attributes: str) -> str:
    return f"{_quoted(tail)} -> {_quoted(head)} [id={_quoted(key)} {attributes}]"


def _node(name: str, width: float, height: float) -> str:
    return f"{_quoted(name)} [width={_inches(width)} height={_inches(height)}]"


def _inches(pixels: float) -> str:
    return f"{pixels / _POINTS_PER_INCH:.4f}"


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
