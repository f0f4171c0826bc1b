"""A story with everything in its place, in several ways, and the line of every call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kmtopo.plugin import Box, Layout, Placement, frozen
from kmtopo_diagram.bundling import Bundle, bundles
from kmtopo_diagram.failures.dot import ORIGIN, WAYS, Way, layout_dot
from kmtopo_diagram.failures.lines import Limb, limbs
from kmtopo_diagram.failures.picture import Arrow, Story
from kmtopo_diagram.failures.sizes import CARD_HEIGHT, level_widths, origin_width
from kmtopo_diagram.failures.turning import swapped, turned, widened
from kmtopo_diagram.geometry import along, bounds


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


def arrangements(story: Story, layout: Layout, room: float) -> tuple[Arrangement, ...]:
    """Lays a story out in several ways, from the left and from the top, as far as the engine lays it out."""
    found = tuple(bundles(story.arrows, story.levels))
    widths = level_widths(story) | ({ORIGIN: origin_width(story.origin[0])} if story.origin else {})
    placements = layout(*(layout_dot(story, found, widths, way) for way in WAYS))
    return tuple(
        _arrangement(story, found, _sized(placement, widths), way, room)
        for way, placement in zip(WAYS, placements, strict=True)
        if placement is not None
    )


def _sized(placement: Placement, widths: Mapping[str, float]) -> Placement:
    """Boxes exactly as large as they are drawn: the engine rounds."""
    return replace(
        placement,
        boxes={
            name: Box(
                box.x + (box.width - widths[name]) / 2,
                box.y + (box.height - CARD_HEIGHT) / 2,
                widths[name],
                CARD_HEIGHT,
            )
            if name in widths
            else box
            for name, box in placement.boxes.items()
        },
    )


def _arrangement(
    story: Story, found: tuple[Bundle[Arrow], ...], placement: Placement, way: Way, room: float
) -> Arrangement:
    if way.direction == "LR":
        placement = turned(widened(placement, room))
    drawn = limbs(story, found, placement)
    if way.direction == "LR":
        placement = turned(placement)
        drawn = {key: replace(limb, points=swapped(limb.points)) for key, limb in drawn.items()}
    points = [p for limb in drawn.values() for p in along(limb.points)]
    boxes = placement.boxes
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
