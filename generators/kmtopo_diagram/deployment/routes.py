"""Arrows as lines: out of a card at its foot, into a server at its port; calls of a bundle share their limbs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from kmtopo.plugin import Box, Placement, Point, frozen
from kmtopo_diagram.deployment.arrangement import Arrangement
from kmtopo_diagram.deployment.picture import Arrow, Card, Gate
from kmtopo_diagram.deployment.sizes import BADGE, CARD_HEIGHT, ROW_GAP
from kmtopo_diagram.layout.bundling import Bundle
from kmtopo_diagram.layout.geometry import Line, straight
from kmtopo_diagram.layout.leads import Leads, least_crossed
from kmtopo_diagram.layout.passages import Passages
from kmtopo_diagram.layout.ways import EDGE, foot, reaching, spread
from kmtopo_diagram.signs.forms import STACK, Shape

_FEET = (0.25, 0.4)  # where else on the foot to start, as shares of the card's width towards the server


@frozen
class Limb:
    """A stretch of line; ``ends`` in an arrow head where it reaches the server; ``touches`` the cards it belongs to."""

    key: str
    points: tuple[Point, ...]
    dashed: bool
    ends: bool
    touches: tuple[str, ...]


@frozen
class Route:
    """The way of one call, and the strand (its server's, or its bundle's) that it is drawn with."""

    arrow: Arrow
    limbs: tuple[Limb, ...]
    strand: str


@frozen
class _Way:
    """A stretch to be drawn: from a card's foot or a bundle's middle to a server or a middle."""

    key: str
    source: str
    target: str


def gate_key(gate: Gate) -> str:
    """Names the line of a way in."""
    return f"gate:{gate.target}"


def routes(arrangement: Arrangement, placement: Placement) -> tuple[tuple[Route, ...], dict[str, tuple[Point, ...]]]:
    """Returns the way of every call, and the lines of the ways in by container."""
    level = {name: place for place, row in enumerate(arrangement.rows) for name in row}
    picture = arrangement.picture
    beside = [arrow for arrow in arrangement.loose() if level[arrow.source] == level[arrow.target]]
    alone = (arrow for arrow in arrangement.loose() if arrow not in beside)
    entering = [_Way(gate_key(gate), picture.origin.name, gate.target) for gate in picture.gates if picture.origin]
    ways = [*entering, *(_Way(a.key, a.source, a.target) for a in alone), *_limbs(arrangement.bundles)]
    leads = {way.key: (_entry(way.target, placement)[0], _entry(way.source, placement)[0]) for way in ways}
    drawn, drops = least_crossed(partial(_lines, ways, placement), leads), _drops(picture.cards())
    lines = {way.key: _lowered(drawn[way.key], drops.get(way.target, 0.0)) for way in ways}
    lines |= {arrow.key: _aside(arrow, placement, drops) for arrow in beside}
    calls = [_alone(arrow, lines[arrow.key]) for arrow in arrangement.loose()]
    bound = (route for bundle in arrangement.bundles for route in _bound(bundle, lines))
    return (*calls, *bound), {way.target: lines[way.key] for way in entering}


def _alone(arrow: Arrow, points: tuple[Point, ...]) -> Route:
    limb = Limb(arrow.key, points, arrow.optional, ends=True, touches=(arrow.source, arrow.target))
    return Route(arrow, (limb,), f"to {arrow.target}")


def _bound(bundle: Bundle[Arrow], lines: Mapping[str, tuple[Point, ...]]) -> Iterator[Route]:
    for arrow in bundle.arrows:
        first, last = bundle.limb_from(arrow.source), bundle.limb_to(arrow.target)
        yield Route(
            arrow,
            (
                Limb(first, lines[first], dashed=False, ends=False, touches=(arrow.source,)),
                Limb(last, lines[last], arrow.optional, ends=True, touches=(arrow.target,)),
            ),
            bundle.key,
        )


def _limbs(bundles: Iterable[Bundle[Arrow]]) -> Iterator[_Way]:
    for bundle in bundles:
        yield from (_Way(bundle.limb_from(source), source, bundle.key) for source in bundle.sources)
        yield from (_Way(bundle.limb_to(target), bundle.key, target) for target in bundle.targets)


def _drops(cards: Iterable[Card]) -> dict[str, float]:
    """How far below its box a card begins that has no badge, px by name."""
    return {card.name: BADGE - (STACK if card.shape is Shape.WORKER else 0.0) for card in cards if not card.badge}


def _lowered(line: Line, drop: float) -> Line:
    """Leads a line on to a card that begins lower than a badge would."""
    x, y = line[-1]
    return reaching(line, (x, y + drop))


def _lines(ways: Sequence[_Way], placement: Placement, leads: Leads) -> dict[str, Line]:
    """Draws every way as a curve that leaves and arrives upright, around the cards in between; the shortest first."""
    starts = _starts(ways, placement, leads)
    passages = Passages({name: _body(box) for name, box in placement.boxes.items() if not name.startswith("@")})
    found = {}
    for way in sorted(ways, key=lambda way: abs(_entry(way.target, placement)[1] - starts.get(way.key, (0, 0))[1])):
        end = _entry(way.target, placement)
        if abs(_middle_of(way.source, placement) - _middle_of(way.target, placement)) < 1:
            found[way.key] = _sideways(placement.boxes[way.source], end)
            continue
        feet = list(_feet(way, starts[way.key], end, placement))
        found[way.key] = passages.line(feet, end, way.source, way.target)
    return found


def _body(box: Box) -> Box:
    """A card without the rise of its badge."""
    return Box(box.x, box.y + BADGE, box.width, box.height - BADGE)


def _middle_of(name: str, placement: Placement) -> float:
    box = placement.boxes[name]
    return box.y + (BADGE + box.height) / 2 if box.height > BADGE else box.y + box.height / 2


def _sideways(source: Box, end: Point) -> tuple[Point, ...]:
    """Straight from a card's side to a bundle's middle beside it."""
    return straight((source.x + source.width if source.x < end[0] else source.x, end[1]), end)


def _feet(way: _Way, start: Point, end: Point, placement: Placement) -> Iterator[Point]:
    """Where a line may leave: at its own place on the foot, or nearer to its server."""
    yield start
    box = placement.boxes[way.source]
    if not way.source.startswith("@"):
        towards = 1 if end[0] > box.x + box.width / 2 else -1
        yield from ((box.x + box.width * (0.5 + towards * share), start[1]) for share in _FEET)


def _entry(name: str, placement: Placement) -> Point:
    """Where lines arrive: at the top of a port badge, in the middle of a bundle."""
    box = placement.boxes[name]
    return box.x + box.width / 2, box.y + (box.height / 2 if name.startswith("@") else 0)


def _starts(ways: Iterable[_Way], placement: Placement, leads: Leads) -> dict[str, Point]:
    """Spreads the lines that leave one card along its foot, in the order of where they lead."""
    leaving: dict[str, list[tuple[float, str]]] = {}
    for way in ways:
        if abs(_middle_of(way.source, placement) - _middle_of(way.target, placement)) < 1:
            continue
        leaving.setdefault(way.source, []).append((leads[way.key][0], way.key))
    starts: dict[str, Point] = {}
    for source, fan in leaving.items():
        box = placement.boxes[source]
        if box.height < BADGE:  # a bundle's middle
            starts |= {key: _entry(source, placement) for _, key in fan}
            continue
        fan.sort()
        feet = spread([foot(box, x) for x, _ in fan], box.x + EDGE, box.x + box.width - EDGE)
        starts |= {key: (x, box.y + box.height) for x, (_, key) in zip(feet, fan, strict=True)}
    return starts


def _aside(arrow: Arrow, placement: Placement, drops: Mapping[str, float]) -> tuple[Point, ...]:
    """A call inside a row: straight across to a neighbour, in an arc over whoever stands between."""
    source, target = placement.boxes[arrow.source], placement.boxes[arrow.target]
    rightward = source.x < target.x
    if not _between(source, target, placement):
        y = source.y + BADGE + CARD_HEIGHT / 2
        start, end = (source.x + source.width, target.x) if rightward else (source.x, target.x + target.width)
        return straight((start, y), (end, y))
    lift = source.y - ROW_GAP * 0.6
    start_x = source.x + source.width * (0.8 if rightward else 0.2)
    end_x = target.x + target.width / 2
    return (start_x, source.y + BADGE), (start_x, lift), (end_x, lift), (end_x, target.y + drops.get(arrow.target, 0.0))


def _between(one: Box, other: Box, placement: Placement) -> bool:
    """Tells whether a card or a bundle's middle stands between two cards of one row."""
    left, right = sorted((one.x, other.x))
    return any(
        left < box.x < right and box.y < one.y + one.height and one.y < box.y + box.height
        for box in placement.boxes.values()
    )
