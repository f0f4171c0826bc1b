"""A fleet laid out: boxes by Graphviz, the best of several tries, labels where they cover nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations, pairwise

from kmtopo.plugin import Box, Layout, Placement, Point, frozen
from kmtopo_diagram.deployment.fleet.machines import ship_size
from kmtopo_diagram.deployment.fleet.picture import Convoy, Fleet
from kmtopo_diagram.deployment.sizes import LABEL_HEIGHT, label_width, pill_size
from kmtopo_diagram.layout.geometry import along, bounds, crossings, grown, length, runs_over
from kmtopo_diagram.layout.labelling import is_over, label_box
from kmtopo_diagram.signs.headings import MARGIN

WIDEST = 760.0  # in a document's column
LEAST_WIDTH = 560.0
TOP = 76.0
_POINTS_PER_INCH = 72
_CROSSING = 200.0
_THROUGH = 5000.0  # a line through a box that it does not belong to
_TOO_WIDE = 4.0
_ASIDE = tuple(step * side for step in range(0, 49, 8) for side in (-1, 1))  # px that a line may be led aside
_ROOM = WIDEST - 2 * MARGIN
_BESIDE = 36.0  # px between two machines

Row = tuple[str, ...]


@frozen
class FleetSheet:
    """Where everything is: boxes by name, lines and labels by the key of their arrow."""

    fleet: Fleet
    boxes: Mapping[str, Box]
    lines: Mapping[str, tuple[Point, ...]]
    labels: Mapping[str, Box]
    width: float
    height: float


def fleet_sheet(fleet: Fleet, layout: Layout) -> FleetSheet | None:
    """Lays a fleet out and returns the best try; None where the engine lays out nothing.

    Where that is wider than a page, machines that would stand beside each other stand in rows of as many as fit.
    """
    found = _tried(fleet, layout, ())
    if found is not None and found.width > _ROOM:
        found = min(filter(None, (found, _tried(fleet, layout, _rows(fleet, found)))), key=partial(_cost, fleet))
    return None if found is None else _sheet(fleet, _in_order(fleet, found))


def _tried(fleet: Fleet, layout: Layout, rows: Sequence[Row]) -> Placement | None:
    """The best placement; with straight lines, where the engine fails at curves."""
    for splines in ("spline", "line"):
        placements = layout(*(_dot(fleet, splines, rows, mirrored=mirrored) for mirrored in (False, True)))
        found = [placement for placement in placements if placement is not None]
        if found:
            return min(found, key=partial(_cost, fleet))
    return None


def _rows(fleet: Fleet, found: Placement) -> tuple[Row, ...]:
    """Breaks the machines that stand side by side into rows that fit, all below whoever comes in."""
    boxes = {ship.name: found.boxes[ship.name] for ship in fleet.ships}
    rows: list[list[str]] = []
    for name in sorted(boxes, key=lambda name: (_middle(boxes[name]), boxes[name].x)):
        row = rows[-1] if rows else []
        is_beside = row and abs(_middle(boxes[row[-1]]) - _middle(boxes[name])) < 1
        if is_beside and sum(boxes[each].width + _BESIDE for each in row) + boxes[name].width <= _ROOM:
            row.append(name)
        else:
            rows.append([name])
    return (*(((fleet.origin.name,),) if fleet.origin else ()), *map(tuple, rows))


def _middle(box: Box) -> float:
    return box.y + box.height / 2


def _in_order(fleet: Fleet, found: Placement) -> Placement:
    """Mirrors a placement where more machines stand beside each other against their order than in it."""
    boxes = [found.boxes[ship.name] for ship in fleet.ships]
    beside = [(one, other) for one, other in combinations(boxes, 2) if abs(_middle(one) - _middle(other)) < 1]
    in_order = sum(one.x < other.x for one, other in beside)
    if 2 * in_order >= len(beside):
        return found
    turned = {name: replace(box, x=found.width - box.x - box.width) for name, box in found.boxes.items()}
    lines = {key: tuple((found.width - x, y) for x, y in line) for key, line in found.lines.items()}
    return replace(found, boxes=turned, lines=lines)


def _dot(fleet: Fleet, splines: str, rows: Sequence[Row], *, mirrored: bool) -> str:
    """The graph to lay out; each machine of a row stands below the one above it in the row before."""
    nodes, edges = list(_nodes(fleet)), [_edge(convoy) for convoy in fleet.convoys]
    edges += (
        f'"{upper[min(place, len(upper) - 1)]}" -> "{name}" [style=invis weight=8]'
        for upper, lower in pairwise(rows)
        for place, name in enumerate(lower)
    )
    return "\n".join(
        [
            "digraph {",
            f"graph [rankdir=TB nodesep={_BESIDE / _POINTS_PER_INCH:.2f} ranksep={_rank_gap(fleet):.2f} splines={splines} pad=0 margin=0]",
            'node [shape=box fixedsize=true label=""]',
            "edge [dir=none]",
            *(reversed(nodes) if mirrored else nodes),
            *(reversed(edges) if mirrored else edges),
            "}",
        ]
    )


def _rank_gap(fleet: Fleet) -> float:
    """The inches between machines: more where several arrows join the same two, since their labels stand below each other."""
    beside = Counter(frozenset((convoy.source, convoy.target)) for convoy in fleet.convoys)
    return 0.45 + 0.35 * max(beside.values(), default=1)


def _nodes(fleet: Fleet) -> Iterator[str]:
    if fleet.origin:
        yield _node(fleet.origin.name, *pill_size(fleet.origin))
    bars = max([len(ship.bars) for ship in fleet.ships], default=0)
    yield from (_node(ship.name, *ship_size(ship, bars)) for ship in fleet.ships)
    yield from (_node(pill.name, *pill_size(pill)) for pill in fleet.outside)


def _node(name: str, width: float, height: float) -> str:
    return f'"{name}" [width={width / _POINTS_PER_INCH:.4f} height={height / _POINTS_PER_INCH:.4f}]'


def _edge(convoy: Convoy) -> str:
    return f'"{convoy.source}" -> "{convoy.target}" [id="{convoy.key}" weight={min(convoy.calls, 6)}]'


def _through(fleet: Fleet, placement: Placement) -> int:
    """How often a line runs through a box that it does not belong to."""
    return sum(
        runs_over(along(placement.lines[convoy.key]), box)
        for convoy in fleet.convoys
        for name, box in placement.boxes.items()
        if name not in (convoy.source, convoy.target)
    )


def _cost(fleet: Fleet, placement: Placement) -> float:
    chords = [along(line) for line in placement.lines.values()]
    crossed = sum(crossings(one, other) for one, other in combinations(chords, 2))
    wrong = _THROUGH * _through(fleet, placement) + _CROSSING * crossed
    return wrong + _TOO_WIDE * placement.width + sum(map(length, placement.lines.values())) * 0.05


def _sheet(fleet: Fleet, placement: Placement) -> FleetSheet:
    lines = {convoy.key: _clear(convoy, placement) for convoy in fleet.convoys}
    labels = dict(_labels(fleet, placement.boxes, lines))
    everything = [*placement.boxes.values(), *labels.values()]
    corners = [p for b in everything for p in ((b.x, b.y), (b.x + b.width, b.y + b.height))]
    extent = bounds([*(point for line in lines.values() for point in line), *corners])
    width = max(extent.width + 2 * MARGIN, LEAST_WIDTH)
    dx, dy = (width - extent.width) / 2 - extent.x, TOP - extent.y
    return FleetSheet(
        fleet,
        _moved(placement.boxes, dx, dy),
        {key: tuple((x + dx, y + dy) for x, y in line) for key, line in lines.items()},
        _moved(labels, dx, dy),
        width,
        extent.height + TOP,
    )


def _clear(convoy: Convoy, placement: Placement) -> tuple[Point, ...]:
    """A line led aside as little as it takes to run over nobody: the engine's curves swing out beside low boxes."""
    start, *between, end = placement.lines[convoy.key]
    others = [box for name, box in placement.boxes.items() if name not in (convoy.source, convoy.target)]
    ways = [(start, *((x + aside, y) for x, y in between), end) for aside in _ASIDE]
    return next((way for way in ways if not any(runs_over(along(way), box) for box in others)), ways[0])


def _moved(boxes: Mapping[str, Box], dx: float, dy: float) -> dict[str, Box]:
    return {name: Box(b.x + dx, b.y + dy, b.width, b.height) for name, b in boxes.items()}


def _labels(fleet: Fleet, boxes: Mapping[str, Box], lines: Mapping[str, Sequence[Point]]) -> Iterator[tuple[str, Box]]:
    occupied = list(boxes.values())
    for convoy in (convoy for convoy in fleet.convoys if convoy.label):
        line = tuple(lines[convoy.key])
        others = [along(tuple(other)) for key, other in lines.items() if key != convoy.key]
        box = _beside(label_box(line, (label_width(convoy.label), LABEL_HEIGHT), occupied, others), occupied, others)
        if is_over(box, occupied):
            continue
        occupied.append(box)
        yield convoy.key, box


def _beside(box: Box, occupied: Sequence[Box], others: Sequence[Sequence[Point]]) -> Box:
    """Moves a label that covers another line aside, as far as it still stands on its own."""
    most = int(box.width / 2) - 5
    ways = [replace(box, x=box.x + aside * side) for aside in range(0, most, 4) for side in (-1, 1)]
    clear = (
        way for way in ways if not is_over(way, occupied) and not any(runs_over(line, grown(way, 2)) for line in others)
    )
    return next(clear, box)
