"""Ways of lines between boxes, drawn downwards: where they leave, how they bend, where they arrive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kmtopo.plugin import Box, Point
from kmtopo_diagram.layout.geometry import along, bounds, overlap, runs_over, straight

EDGE = 12.0  # px of a card's foot, on either side, that no line leaves from
_LEAN = 0.15  # how far towards its server a line leaves the middle of the card's foot
_FARTHEST = 40.0
_APART = 12.0
LANDING = 12.0  # lines to one server share the last stretch, straight down
_LEAST_FALL = 20.0  # below that there is no room for two bends
_BENDS = (
    (0.5, 0.5),
    (0.8, 0.5),
    (0.5, 0.8),
    (0.9, 0.3),
    (0.3, 0.9),
    (0.05, 0.95),
    (0.95, 0.2),
    (0.95, 0.05),
)


def upright(start: Point, end: Point, others: Iterable[Box], landing: float = LANDING) -> tuple[Point, ...] | None:
    """Returns a curve that leaves and arrives upright and runs over nothing; None where there is none.

    ``landing`` is its last stretch, straight down.
    """
    (x0, y0), (x1, y1) = start, end
    fall = y1 - y0 - landing
    if fall < _LEAST_FALL:
        return None
    knee = (x1, y1 - landing)
    reach = bounds((start, end))  # all bends stay in it
    near = [box for box in others if overlap(box, reach, -1)]
    for early, late in _BENDS:
        curve = (
            start,
            (x0, y0 + early * fall),
            (x1, knee[1] - late * fall),
            *(straight(knee, end) if landing else [end]),
        )
        chords = along(curve, 16)
        if not any(runs_over(chords, box) for box in near):
            return curve
    return None


def reaching(line: tuple[Point, ...], end: Point) -> tuple[Point, ...]:
    """Leads a line on where what it arrives at begins lower than it was laid out."""
    return line if end[1] - line[-1][1] < 1 else (*line, *straight(line[-1], end)[1:])


def foot(box: Box, x: float) -> float:
    """Returns where a line to a server at ``x`` leaves a card by itself: right above it, else from the middle towards it."""
    middle = box.x + box.width / 2
    if abs(x - middle) <= box.width / 2 - EDGE:
        return x
    farthest = min(_FARTHEST, box.width / 2 - EDGE)
    return middle + max(-farthest, min(farthest, (x - middle) * _LEAN))


def spread(feet: Sequence[float], first: float, last: float) -> list[float]:
    """Keeps lines apart that would leave a card from these places, and none before the first or beyond the last one."""
    step = min(_APART, (last - first) / max(len(feet) - 1, 1))
    apart: list[float] = []
    for foot in feet:
        apart.append(max(foot, apart[-1] + step) if apart else foot)
    return [min(foot, last - step * left) for left, foot in zip(reversed(range(len(apart))), apart, strict=True)]
