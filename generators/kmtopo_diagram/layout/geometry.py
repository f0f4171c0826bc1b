"""Curves and rectangles: points along a line, where lines cross, whether a line runs over a rectangle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import cos, hypot, radians, sin

from kmtopo.plugin import Box, Point

Line = tuple[Point, ...]
"""A line as cubic Bezier curves one behind the other, or as chords."""

_STEPS = 8  # chords per curve: close enough to tell a touch from a miss at the sizes of a card


@lru_cache(maxsize=4096)
def along(points: tuple[Point, ...], steps: int = _STEPS) -> tuple[Point, ...]:
    """Returns points along cubic Bezier curves, both ends included."""
    found = [points[0]]
    for start in range(0, len(points) - 3, 3):
        found += [_at(points[start : start + 4], step / steps) for step in range(1, steps + 1)]
    return tuple(found)


def _at(piece: Sequence[Point], t: float) -> Point:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = piece
    u = 1 - t
    a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
    return a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy


def halfway(points: tuple[Point, ...], share: float = 0.5) -> Point:
    """Returns the point at this share of the line's length."""
    chords = along(points, 16)
    lengths = [hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(chords)]
    left = share * sum(lengths)
    for ((x0, y0), (x1, y1)), length in zip(pairwise(chords), lengths, strict=True):
        if left <= length and length:
            return x0 + (x1 - x0) * left / length, y0 + (y1 - y0) * left / length
        left -= length
    return chords[-1]


def length(points: tuple[Point, ...]) -> float:
    """Returns the length of a line in px."""
    return sum(hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(along(points)))


def shortened(points: Sequence[Point], by: float) -> tuple[tuple[Point, ...], Point]:
    """Cuts so many px off a line's end, as room for an arrow head; also returns the direction in which it ended."""
    *rest, a, b, c, d = points
    chords = along((a, b, c, d), 32)
    whole = hypot(d[0] - a[0], d[1] - a[1]) or 1.0
    cut = next((s for s in range(31, 0, -1) if hypot(d[0] - chords[s][0], d[1] - chords[s][1]) >= by), 16)
    x, y = chords[cut]
    far = hypot(d[0] - x, d[1] - y) or whole
    return (*rest, *_first_part((a, b, c, d), cut / 32)), ((d[0] - x) / far, (d[1] - y) / far)


def _first_part(piece: Sequence[Point], t: float) -> tuple[Point, ...]:
    """Splits a curve by de Casteljau and returns the part before ``t``."""
    a, b, c, d = piece
    ab, bc, cd = _between(a, b, t), _between(b, c, t), _between(c, d, t)
    abc, bcd = _between(ab, bc, t), _between(bc, cd, t)
    return a, ab, abc, _between(abc, bcd, t)


def _between(a: Point, b: Point, t: float) -> Point:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def straight(start: Point, end: Point) -> tuple[Point, ...]:
    """Returns a straight line as a curve."""
    return start, _between(start, end, 1 / 3), _between(start, end, 2 / 3), end


def bent(corners: Sequence[Point], radius: float = 6) -> tuple[Point, ...]:
    """Returns an upright line with round corners as curves."""
    found: tuple[Point, ...] = (corners[0],)
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        entry, exit_ = _towards(corner, before, radius), _towards(corner, after, radius)
        found += (*straight(found[-1], entry)[1:], _between(entry, corner, 0.6), _between(exit_, corner, 0.6), exit_)
    return (*found, *straight(found[-1], corners[-1])[1:])


def _towards(start: Point, end: Point, by: float) -> Point:
    """The point so many px from the start, at most halfway."""
    far = hypot(end[0] - start[0], end[1] - start[1])
    return _between(start, end, min(by / far, 0.5)) if far else start


def crossings(one: Sequence[Point], other: Sequence[Point]) -> int:
    """Counts how often two polylines cross; touching at an end does not count."""
    mine, others = bounds(one), bounds(other)
    if not overlap(mine, others, -1):
        return 0
    near = [(c, d) for c, d in pairwise(other) if _meets(c, d, mine)]
    return sum(_cross(a, b, c, d) for a, b in pairwise(one) if _meets(a, b, others) for c, d in near)


def _meets(a: Point, b: Point, box: Box) -> bool:
    """Tells whether the rectangle around a chord touches another."""
    return (
        max(a[0], b[0]) >= box.x
        and min(a[0], b[0]) <= box.x + box.width
        and max(a[1], b[1]) >= box.y
        and min(a[1], b[1]) <= box.y + box.height
    )


# Asked of millions of chords: written out, it takes half the time that calls of ``_side`` do.
def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = a, b, c, d
    x, y = bx - ax, by - ay
    if (x * (cy - ay) - y * (cx - ax)) * (x * (dy - ay) - y * (dx - ax)) >= 0:
        return False
    x, y = dx - cx, dy - cy
    return (x * (ay - cy) - y * (ax - cx)) * (x * (by - cy) - y * (bx - cx)) < 0


def _side(a: Point, b: Point, p: Point) -> float:
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


def bounds(points: Iterable[Point]) -> Box:
    """Returns the smallest rectangle around points."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def overlap(one: Box, other: Box, slack: float = 0) -> bool:
    """Tells whether two rectangles share more than ``slack`` px both ways."""
    return (
        min(one.x + one.width, other.x + other.width) - max(one.x, other.x) > slack
        and min(one.y + one.height, other.y + other.height) - max(one.y, other.y) > slack
    )


def turned(point: Point, around: Point, degrees: float) -> Point:
    """Returns a point turned clockwise around another."""
    angle, x, y = radians(degrees), point[0] - around[0], point[1] - around[1]
    return around[0] + x * cos(angle) - y * sin(angle), around[1] + x * sin(angle) + y * cos(angle)


def clash(one: Sequence[Point], other: Sequence[Point], slack: float = 0) -> bool:
    """Tells whether two turned rectangles share more than ``slack`` px whichever way one looks at them."""
    return all(_shared(one, other, side) > slack for shape in (one, other) for side in pairwise(shape[:3]))


def _shared(one: Sequence[Point], other: Sequence[Point], side: tuple[Point, Point]) -> float:
    """How far the shadows of two shapes on the direction of a side overlap, px."""
    (x0, y0), (x1, y1) = side
    far = hypot(x1 - x0, y1 - y0) or 1.0
    ux, uy = (x1 - x0) / far, (y1 - y0) / far
    shadows = [[x * ux + y * uy for x, y in shape] for shape in (one, other)]
    return min(map(max, shadows)) - max(map(min, shadows))


def grown(box: Box, by: float) -> Box:
    """Returns the rectangle with so many px more on each side."""
    return Box(box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by)


def holds(box: Box, point: Point) -> bool:
    """Tells whether a point lies inside."""
    return box.x < point[0] < box.x + box.width and box.y < point[1] < box.y + box.height


def runs_over(points: Sequence[Point], box: Box) -> bool:
    """Tells whether a polyline enters a rectangle."""
    left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
    for (x0, y0), (x1, y1) in pairwise(points):
        if (x0 <= left and x1 <= left) or (x0 >= right and x1 >= right):
            continue
        if (y0 <= top and y1 <= top) or (y0 >= bottom and y1 >= bottom):
            continue
        if holds(box, (x0, y0)) or holds(box, (x1, y1)) or _cuts((x0, y0), (x1, y1), box):
            return True
    return False


def _cuts(a: Point, b: Point, box: Box) -> bool:
    """Tells whether a chord whose ends lie outside passes through: then the corners lie on both its sides."""
    right, bottom = box.x + box.width, box.y + box.height
    sides = [_side(a, b, corner) for corner in ((box.x, box.y), (right, box.y), (right, bottom), (box.x, bottom))]
    return min(sides) < 0 < max(sides)
