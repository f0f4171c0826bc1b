"""Placements moved: columns apart, and what ran to the right downwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from kmtopo.plugin import Box, Placement, Point

_MOST_WIDENING = 26.0  # px between two columns


def widened(placement: Placement, room: float) -> Placement:
    """Moves the columns apart as far as there is room."""
    columns = _columns(placement)
    if len(columns) < 2 or placement.width >= room:
        return placement
    step = min((room - placement.width) / (len(columns) - 1), _MOST_WIDENING)

    def moved(x: float) -> float:
        """A column moves as a whole; what lies between two is stretched."""
        for place, ((_, left), (right, _)) in enumerate(pairwise(columns)):
            if x < right:
                return x + step * (place + min(max((x - left) / (right - left), 0.0), 1.0))
        return x + step * (len(columns) - 1)

    return replace(
        placement,
        width=placement.width + step * (len(columns) - 1),
        boxes={name: replace(box, x=moved(box.x)) for name, box in placement.boxes.items()},
        lines={key: tuple((moved(x), y) for x, y in line) for key, line in placement.lines.items()},
    )


def _columns(placement: Placement) -> list[tuple[float, float]]:
    """From where to where each column reaches; boxes that overlap belong to one."""
    found: list[tuple[float, float]] = []
    for box in sorted(placement.boxes.values(), key=lambda box: box.x):
        if found and box.x < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], box.x + box.width)
        else:
            found.append((box.x, box.x + box.width))
    return found


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
