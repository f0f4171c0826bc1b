"""A sheet: an arrangement with everything in its place, moved to the picture's own coordinates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kmtopo.plugin import Box, Placement, Point, frozen
from kmtopo_diagram.deployment.arrangement import Arrangement, network_group, vps_group
from kmtopo_diagram.deployment.captions import Caption
from kmtopo_diagram.deployment.header import network_captions
from kmtopo_diagram.deployment.picture import Picture, VpsBox
from kmtopo_diagram.deployment.routes import Limb, Route, routes
from kmtopo_diagram.deployment.sizes import (
    BADGE,
    CARD_HEIGHT,
    CARD_WIDTH,
    FOOT,
    HOST_MARGIN,
    NETWORK_GAP,
    PILL_HEIGHT,
    ROW_GAP,
    STRIP,
    TOP,
    approach,
    pill_size,
)
from kmtopo_diagram.geometry import bounds, straight
from kmtopo_diagram.headings import MARGIN

_CLIENTS_GAP = 48.0


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


def sheet(arrangement: Arrangement, placement: Placement) -> Sheet:
    """Lays the arrangement out: boxes of networks as wide as their machine, feet for the capacity bars, margins around."""
    groups = dict(_groups(arrangement, placement))
    clients = _clients(arrangement.picture, placement)
    corners = [*placement.boxes.values(), *groups.values(), *([clients] if clients else [])]
    points = [p for line in placement.lines.values() for p in line]
    extent = bounds([*points, *((b.x, b.y) for b in corners), *((b.x + b.width, b.y + b.height) for b in corners)])
    top = TOP + (STRIP if arrangement.picture.strip else 0)
    dx, dy = MARGIN - extent.x, top - extent.y
    moved = _moved(placement, dx, dy, arrangement.picture)
    picture, groups = arrangement.picture, {name: _shift(box, dx, dy) for name, box in groups.items()}
    ways = routes(arrangement, moved)
    gates = {
        gate.target: _led_up(moved.lines[f"gate:{gate.target}"], approach(len(picture.gates))) for gate in picture.gates
    }
    return Sheet(
        picture=picture,
        arrangement=arrangement,
        cards=moved.boxes,
        groups=groups,
        routes=ways,
        gates=gates,
        captions=network_captions(picture, groups, [limb.points for limb in _limbs(ways, gates)]),
        clients=_shift(clients, dx, dy) if clients else None,
        width=extent.width + 2 * MARGIN,
        height=extent.height + top,
    )


def _limbs(ways: Iterable[Route], gates: Mapping[str, tuple[Point, ...]]) -> Iterator[Limb]:
    yield from {limb.key: limb for route in ways for limb in route.limbs}.values()
    for target, points in gates.items():
        yield Limb(f"gate:{target}", points, dashed=False, ends=True, touches=(target,))


def _led_up(line: tuple[Point, ...], by: float) -> tuple[Point, ...]:
    """Leads a gate's line up to the pill, which fills only the upper part of its node."""
    x, y = line[0]
    return (*straight((x, y - by), (x, y))[:3], *line)


def _groups(arrangement: Arrangement, placement: Placement) -> Iterator[tuple[str, Box]]:
    """The machines, one under the other and equally wide, and their networks."""
    machines = arrangement.picture.machines
    if not machines:
        return
    rough = [placement.groups[vps_group(machine)] for machine in machines]
    left, right = min(box.x for box in rough), max(box.x + box.width for box in rough)
    for place, (machine, box) in enumerate(zip(machines, rough, strict=True)):
        rise = 0.0 if place == 0 else FOOT + ROW_GAP
        foot = FOOT if machine.bars else 0.0
        host = Box(left, box.y + rise, right - left, box.height - rise + foot)
        yield vps_group(machine), host
        yield from _networks(machine, host, placement)


def _networks(machine: VpsBox, host: Box, placement: Placement) -> Iterator[tuple[str, Box]]:
    """The outermost boxes of a shelf reach to the machine's sides, so that all shelves are equally wide."""
    for shelf in machine.shelves:
        names = sorted((network_group(machine, box) for box in shelf), key=lambda name: placement.groups[name].x)
        for name in names:
            box = placement.groups[name]
            left = host.x + HOST_MARGIN if name == names[0] else box.x
            right = host.x + host.width - HOST_MARGIN if name == names[-1] else box.x + box.width
            yield name, Box(left, box.y + NETWORK_GAP, right - left, box.height - NETWORK_GAP)


def _clients(picture: Picture, placement: Placement) -> Box | None:
    """Whoever comes over the Internet stands beside it, on the side with more room."""
    if picture.clients is None or picture.origin is None:
        return None
    origin = placement.boxes[picture.origin.name]
    width, _ = pill_size(picture.clients)
    right = origin.x + origin.width + _CLIENTS_GAP
    left = origin.x - _CLIENTS_GAP - width
    fits_left, fits_right = left >= 0, right + width <= placement.width
    x = right if fits_right or not fits_left else left
    return Box(x, origin.y, width, PILL_HEIGHT)


def _moved(placement: Placement, dx: float, dy: float, picture: Picture) -> Placement:
    """Moves everything; cards become as large as they are drawn."""
    callers = {card.name for card in picture.callers}
    drawn = {card.name for card in picture.cards()} - callers
    high = BADGE + CARD_HEIGHT
    sized = {name: _drawn(box, box.y + box.height - high) for name, box in placement.boxes.items() if name in drawn}
    sized |= {name: _drawn(box, box.y) for name, box in placement.boxes.items() if name in callers}
    return Placement(
        placement.width,
        placement.height,
        {name: _shift(sized.get(name, box), dx, dy) for name, box in placement.boxes.items()},
        {name: _shift(box, dx, dy) for name, box in placement.groups.items()},
        {key: tuple((x + dx, y + dy) for x, y in line) for key, line in placement.lines.items()},
    )


def _drawn(box: Box, y: float) -> Box:
    """A card stands in the middle of the room that it was laid out with; it is lower than that where lines need room."""
    return Box(box.x + (box.width - CARD_WIDTH) / 2, y, CARD_WIDTH, BADGE + CARD_HEIGHT)


def _shift(box: Box, dx: float, dy: float) -> Box:
    return replace(box, x=box.x + dx, y=box.y + dy)
