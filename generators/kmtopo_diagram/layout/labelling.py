"""Where a label on a line goes: where it covers nothing, as near to the line's middle as that allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kmtopo.plugin import Box, Point
from kmtopo_diagram.layout.geometry import along, bounds, grown, halfway, overlap, runs_over

_TOUCH = 3.0  # px that a label may reach into a box without covering it
_TOUCHING = 2  # lines that it had rather cover than touch one

Cost = tuple[int, int, float]
"""How much a place covers, on how many borders it lies, and how many square px it takes of what it covers."""

_SHARES = tuple(0.5 + step * side / 50 for step in range(21) for side in (-1, 1))  # from the middle outwards


def label_box(
    line: tuple[Point, ...],
    size: tuple[float, float],
    occupied: Sequence[Box],
    others: Sequence[Sequence[Point]],
    frames: Iterable[Box] = (),
    covering: int = _TOUCHING,
) -> Box:
    """Returns the place of a label on a line; ``others`` are chords of other lines, ``frames`` borders to keep off.

    ``covering`` is how many lines it had rather cover than a box.
    """
    width, height = size
    borders, around = list(frames), grown(bounds(along(line)), max(size))
    boxes = [box for box in occupied if overlap(box, around)]
    lines = [chords for chords in others if overlap(grown(bounds(chords), 1), around)]

    def cost(box: Box) -> Cost:
        wide = grown(box, 2)
        near = [other for other in boxes if overlap(wide, other)]
        covered = sum(covering if overlap(box, other, _TOUCH) else _TOUCHING for other in near)
        covered += sum(runs_over(line, wide) for line in lines)
        return covered, sum(_on_border(wide, frame) for frame in borders), sum(_shared(box, other) for other in boxes)

    middles = (halfway(line, share) for share in _SHARES)
    places = (Box(x - width / 2, y - height / 2, width, height) for x, y in middles)
    return _least(places, cost)


def is_over(box: Box, occupied: Iterable[Box]) -> bool:
    """Tells whether a label covers something, since there was no better place for it."""
    return any(overlap(box, other) for other in occupied)


def _least(places: Iterable[Box], cost: Callable[[Box], Cost]) -> Box:
    """The first place of the least cost; the first that costs nothing ends the search."""
    costs: dict[Box, Cost] = {}
    for place in places:
        costs[place] = cost(place)
        if not any(costs[place]):
            return place
    return min(costs, key=costs.__getitem__)


def _shared(one: Box, other: Box) -> float:
    """The area that two rectangles share, in square px."""
    width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return max(width, 0.0) * max(height, 0.0)


def _on_border(box: Box, frame: Box) -> bool:
    inside = frame.y < box.y and box.y + box.height < frame.y + frame.height
    within = frame.x < box.x and box.x + box.width < frame.x + frame.width
    return overlap(box, frame, 1) and not (inside and within)
