"""A story with everything in its place, from the left and from the top, and the line of every call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kmtopo.plugin import Box, frozen
from kmtopo_diagram.failures.lines import Limb, limbs
from kmtopo_diagram.failures.picture import Arrow, Story
from kmtopo_diagram.failures.placing import WAYS, Way, placed
from kmtopo_diagram.failures.ranks import ranks
from kmtopo_diagram.failures.turning import swapped, turned
from kmtopo_diagram.layout.bundling import Bundle, bundles
from kmtopo_diagram.layout.geometry import along, bounds


@frozen
class Arrangement:
    """Where everything is: cards by name (and ``ORIGIN``), middles and lines by key; from (0, 0)."""

    story: Story
    bundles: tuple[Bundle[Arrow], ...]
    boxes: Mapping[str, Box]
    limbs: Mapping[str, Limb]
    width: float
    height: float
    way: Way


def arrangements(story: Story, room: float) -> tuple[Arrangement, ...]:
    """Lays a story out from the left and from the top."""
    found = tuple(bundles(story.arrows, story.levels))
    at = ranks(story, found)
    return tuple(_arrangement(story, found, placed(story, found, at, way, room), way) for way in WAYS)


def _arrangement(story: Story, found: tuple[Bundle[Arrow], ...], boxes: Mapping[str, Box], way: Way) -> Arrangement:
    drawn = limbs(story, found, boxes)
    if way == "LR":
        boxes = turned(boxes)
        drawn = {key: replace(limb, points=swapped(limb.points)) for key, limb in drawn.items()}
    points = [p for limb in drawn.values() for p in along(limb.points)]
    corners = [(b.x, b.y) for b in boxes.values()] + [(b.x + b.width, b.y + b.height) for b in boxes.values()]
    extent = bounds([*points, *corners])
    dx, dy = -extent.x, -extent.y
    return Arrangement(
        story,
        found,
        {name: replace(box, x=box.x + dx, y=box.y + dy) for name, box in boxes.items()},
        {key: replace(limb, points=tuple((x + dx, y + dy) for x, y in limb.points)) for key, limb in drawn.items()},
        extent.width,
        extent.height,
        way,
    )
