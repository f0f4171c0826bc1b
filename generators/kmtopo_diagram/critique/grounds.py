"""What lies under what, inside what and across what, in a picture that was read back."""

from __future__ import annotations

from math import hypot

from kmtopo.plugin import Box, Point
from kmtopo_diagram.critique.scene import Ground, Scene, Text
from kmtopo_diagram.ink.metrics import Face
from kmtopo_diagram.layout.geometry import clash, grown, holds, overlap

TOUCH = 0.5
"""By how many px things may touch before they are in each other's way."""


def ground_of(text: Text, seen: Scene) -> Box:
    """Returns what a text stands on: the topmost shape beneath its middle."""
    return under(text.order, middle(text.box()), seen).box


def under(order: int, point: Point, seen: Scene) -> Ground:
    """Returns the topmost shape beneath a point, among those painted before; the canvas where there is none."""
    below = [ground for ground in seen.grounds if ground.order < order and holds(ground.box, point)]
    return below[-1] if below else Ground(-1, seen.canvas, "#FFFFFF")


def apart(order: int, text: Text, box: Box, seen: Scene) -> bool:
    """Tells whether a shape that was painted after that and before the words keeps them apart."""
    return text.order > order and any(
        order < ground.order < text.order and within(grown(box, -1), ground.box) for ground in seen.grounds
    )


def covered(text: Text, box: Box, seen: Scene, *, before: int) -> bool:
    """Tells whether a later shape hides the words altogether."""
    return any(text.order < ground.order < before and within(box, ground.box) for ground in seen.grounds)


def lies_on(text: Text, ground: Ground, face: Face) -> bool:
    """Tells whether words, however they are turned, and a shape share some room."""
    box = text.box(face)
    if not overlap(box, ground.box, TOUCH):
        return False
    if text.turn:
        return clash(text.corners(face), _corners(ground.box), TOUCH)
    return not ground.radius or _distance(box, grown(ground.box, -ground.radius)) < ground.radius - TOUCH


def _distance(one: Box, other: Box) -> float:
    """How far apart two rectangles are, px."""
    across = max(one.x - other.x - other.width, other.x - one.x - one.width, 0.0)
    down = max(one.y - other.y - other.height, other.y - one.y - one.height, 0.0)
    return hypot(across, down)


def within(inner: Box, outer: Box) -> bool:
    """Tells whether a rectangle keeps inside another."""
    return (
        inner.x >= outer.x - TOUCH
        and inner.y >= outer.y - TOUCH
        and inner.x + inner.width <= outer.x + outer.width + TOUCH
        and inner.y + inner.height <= outer.y + outer.height + TOUCH
    )


def beside(point: Point, box: Box, far: float) -> bool:
    """Tells whether a point is at most so many px from the border of a rectangle, on either side."""
    return holds(grown(box, far), point) and not holds(grown(box, -far), point)


def middle(box: Box) -> Point:
    """Returns the middle of a rectangle."""
    return box.x + box.width / 2, box.y + box.height / 2


def _corners(box: Box) -> tuple[Point, ...]:
    right, bottom = box.x + box.width, box.y + box.height
    return (box.x, box.y), (right, box.y), (right, bottom), (box.x, bottom)
