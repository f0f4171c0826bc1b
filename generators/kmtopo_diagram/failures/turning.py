"""Placements moved: columns apart, and what ran to the right downwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from kmtopo.plugin import Box, Placement, Point

_MOST_WIDENING = 26.0  # px between two columns


def widened(placement: Placement, room: float) -> Placement:
    """Moves the columns apart as far as there is room."""
    middles = sorted({round(box.x + box.width / 2, 1) for box in placement.boxes.values()})
    if len(middles) < 2 or placement.width >= room:
        return placement
    step = min((room - placement.width) / (len(middles) - 1), _MOST_WIDENING)

    def moved(x: float) -> float:
        if x <= middles[0]:
            return x
        for place, (left, right) in enumerate(pairwise(middles)):
            if x <= right:
                return x + step * (place + (x - left) / (right - left))
        return x + step * (len(middles) - 1)

    def shifted(box: Box) -> Box:
        middle = box.x + box.width / 2
        return replace(box, x=moved(middle) - box.width / 2)

    return replace(
        placement,
        width=placement.width + step * (len(middles) - 1),
        boxes={name: shifted(box) for name, box in placement.boxes.items()},
        lines={key: tuple((moved(x), y) for x, y in line) for key, line in placement.lines.items()},
    )


def turned(placement: Placement) -> Placement:
    """Mirrors a placement at its diagonal: what ran to the right runs downwards."""
    return Placement(
        placement.height,
        placement.width,
        {name: Box(b.y, b.x, b.height, b.width) for name, b in placement.boxes.items()},
        {},
        {key: swapped(line) for key, line in placement.lines.items()},
    )


def swapped(points: Iterable[Point]) -> tuple[Point, ...]:
    """Mirrors points."""
    return tuple((y, x) for x, y in points)
