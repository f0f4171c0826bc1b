"""A sheet: an arrangement with everything in its place, moved to the picture's own coordinates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kmtopo.plugin import Box, Placement, Point, frozen
from kmtopo_diagram.deployment.arrangement import Arrangement
from kmtopo_diagram.deployment.captions import Caption
from kmtopo_diagram.deployment.header import network_captions
from kmtopo_diagram.deployment.picture import Picture
from kmtopo_diagram.deployment.placing import placed
from kmtopo_diagram.deployment.routes import Limb, Route, routes
from kmtopo_diagram.deployment.sizes import STRIP, TOP
from kmtopo_diagram.signs.headings import MARGIN


@frozen
class Sheet:
    """Where everything is: cards and middles by name (a card's box includes the rise of its badge), boxes by group."""

    picture: Picture
    arrangement: Arrangement
    cards: Mapping[str, Box]
    groups: Mapping[str, Box]
    routes: tuple[Route, ...]
    gates: Mapping[str, tuple[Point, ...]]
    captions: Mapping[str, Caption]
    clients: Box | None
    width: float
    height: float

    def limbs(self) -> Iterator[Limb]:
        """Every stretch of line once, gates included."""
        return _limbs(self.routes, self.gates)


def sheet(arrangement: Arrangement) -> Sheet:
    """Lays the arrangement out, below the picture's title and with margins around."""
    picture = arrangement.picture
    dy = TOP + (STRIP if picture.strip else 0)
    moved = _moved(placed(arrangement), MARGIN, dy)
    ways, gates = routes(arrangement, moved)
    return Sheet(
        picture=picture,
        arrangement=arrangement,
        cards=moved.boxes,
        groups=moved.groups,
        routes=ways,
        gates=gates,
        captions=network_captions(picture, moved.groups, [limb.points for limb in _limbs(ways, gates)]),
        clients=moved.boxes[picture.clients.name] if picture.origin and picture.clients else None,
        width=moved.width,
        height=moved.height,
    )


def _limbs(ways: Iterable[Route], gates: Mapping[str, tuple[Point, ...]]) -> Iterator[Limb]:
    yield from {limb.key: limb for route in ways for limb in route.limbs}.values()
    for target, points in gates.items():
        yield Limb(f"gate:{target}", points, dashed=False, ends=True, touches=(target,))


def _moved(placement: Placement, dx: float, dy: float) -> Placement:
    """Moves everything; the picture has the same room on the other side."""
    return replace(
        placement,
        width=placement.width + 2 * dx,
        height=placement.height + dy,
        boxes={name: _shift(box, dx, dy) for name, box in placement.boxes.items()},
        groups={name: _shift(box, dx, dy) for name, box in placement.groups.items()},
    )


def _shift(box: Box, dx: float, dy: float) -> Box:
    return replace(box, x=box.x + dx, y=box.y + dy)
