"""A story in px, drawn downwards: columns one below the other, everybody at the fixed place of his rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from math import ceil
from typing import Literal

from kmtopo.plugin import Box
from kmtopo_diagram.failures.picture import Arrow, Story
from kmtopo_diagram.failures.sizes import (
    BREADTH_STEP,
    CARD_GAP,
    CARD_HEIGHT,
    CARD_LEAST,
    LEVEL_GAP,
    MIDDLE_GAP,
    MOST_WIDENING,
    level_widths,
    origin_width,
)
from kmtopo_diagram.layout.bundling import Bundle

ORIGIN = "@origin"
Way = Literal["LR", "TB"]
"""Whether a story is read from the left or from the top."""

WAYS: tuple[Way, ...] = ("LR", "TB")
_MIDDLE = 4.0


def placed(
    story: Story, bundles: Sequence[Bundle[Arrow]], ranks: Mapping[str, float], way: Way, room: float
) -> dict[str, Box]:
    """Returns where everything is. Drawn downwards: of a story from the left, x and y are to be swapped."""
    widths = level_widths(story)
    joined = {max(story.levels[source] for source in bundle.sources) for bundle in bundles}
    deep = {level: widths[name] if way == "LR" else CARD_HEIGHT for name, level in story.levels.items()}
    gaps = {level: MIDDLE_GAP if level in joined else LEVEL_GAP for level in deep}
    if story.origin:
        deep[-1], gaps[-1] = origin_width(story.origin[0]) if way == "LR" else CARD_HEIGHT, LEVEL_GAP
    gaps = _widened(deep, gaps, room) if way == "LR" else gaps
    tops = _tops(deep, gaps)
    broad = CARD_HEIGHT if way == "LR" else _broad(widths.values())
    step = broad + CARD_GAP
    boxes = {name: Box(ranks[name] * step, tops[level], broad, deep[level]) for name, level in story.levels.items()}
    for bundle in bundles:
        level = max(story.levels[source] for source in bundle.sources)
        x, y = ranks[bundle.key] * step + broad / 2, tops[level] + deep[level] + gaps[level] / 2
        boxes[bundle.key] = Box(x - _MIDDLE / 2, y - _MIDDLE / 2, _MIDDLE, _MIDDLE)
    if story.origin:
        boxes[ORIGIN] = Box(_mean(ranks[door] for door in story.doors) * step, tops[-1], broad, deep[-1])
    return boxes


def _broad(widths: Iterable[float]) -> float:
    """The narrowest of a few widths that all cards have room in: another title seldom needs another one."""
    return CARD_LEAST + ceil((max(widths) - CARD_LEAST) / BREADTH_STEP) * BREADTH_STEP


def _widened(deep: Mapping[int, float], gaps: Mapping[int, float], room: float) -> dict[int, float]:
    """Moves columns apart as far as there is room."""
    between = sorted(deep)[:-1]
    spare = room - sum(deep.values()) - sum(gaps[level] for level in between)
    more = min(max(spare, 0.0) / max(len(between), 1), MOST_WIDENING)
    return {level: gap + more for level, gap in gaps.items()}


def _tops(deep: Mapping[int, float], gaps: Mapping[int, float]) -> dict[int, float]:
    """Where each column begins."""
    levels = sorted(deep)
    return dict(zip(levels, accumulate((deep[level] + gaps[level] for level in levels), initial=0.0), strict=False))


def _mean(ranks: Iterable[float]) -> float:
    found = list(ranks)
    return sum(found) / len(found)
