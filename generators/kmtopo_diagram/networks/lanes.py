"""Lanes: one line for each server port, a dot for each client, the port where the line ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kmtopo_diagram.badges import badge_width, port_badge
from kmtopo_diagram.marks import disc, paint_of
from kmtopo_diagram.metrics import FLOOR, widest
from kmtopo_diagram.networks.grid import Grid, Strip
from kmtopo_diagram.networks.picture import Client, Lane
from kmtopo_diagram.strokes import DASH, HEAD, LINE, head
from kmtopo_diagram.svg import Anchor, Element, group, number, path, rect, text
from kmtopo_diagram.theme import tint

PILL = 14.0
_DOT = 4.2
_CLEAR = 4.0  # px between words and a pill
_LABEL_SIZE = 11.0
_RISE = 6.0  # of a label over its line

Stretch = tuple[float, float]


def ground_of(index: int | None) -> str:
    """Returns the colour of a band's ground."""
    return "host" if index is None else tint(index)


def lane_drawn(lane: Lane, y: float, strip: Strip, grid: Grid) -> Element:
    """Draws a lane at a height."""
    paint = paint_of(strip.band.index)
    parts = [*_lines(lane, y, strip, grid, paint), *_label(lane, y, strip, grid, paint)]
    for client in lane.clients:
        parts += dot(grid.middles[client.name], y, paint, optional=client.optional)
    if lane.port:
        parts += port_badge(lane.port, grid.middles[lane.server], y)
    return group(
        parts,
        kind="edge",
        title=lane.tip,
        **{"from": _listed(lane.clients), "to": lane.server, "net": strip.band.name},
        port=lane.port,
        optional=_listed([client for client in lane.clients if client.optional]),
    )


def dot(x: float, y: float, paint: str, *, optional: bool) -> Iterator[Element]:
    """A client: a dot, or a ring where the call is optional."""
    yield disc(x, y, _DOT, paint)
    if optional:
        yield disc(x, y, _DOT - 2, "card")


def _listed(clients: Sequence[Client]) -> str:
    return " ".join(client.name.removeprefix("@") for client in clients)


def _lines(lane: Lane, y: float, strip: Strip, grid: Grid, paint: str) -> Iterator[Element]:
    """From the farthest client on either side to the port; others' pills lie above it."""
    server = grid.middles[lane.server]
    for way in (1, -1):
        side = sorted(
            (c for c in lane.clients if (server - grid.middles[c.name]) * way > 0),
            key=lambda c: way * grid.middles[c.name],
        )
        if not side:
            continue
        tip = server - way * (_half(lane) + 1)
        xs = [*(grid.middles[client.name] for client in side), tip - way * (HEAD - 1)]
        needed = False
        for client, (start, end) in zip(side, pairwise(xs), strict=True):
            needed = needed or not client.optional
            for x0, x1 in _visible(start, end, lane, strip, grid):
                yield path(
                    f"M{number(x0)} {number(y)}H{number(x1)}", stroke=paint, line=LINE, dash="" if needed else DASH
                )
        yield head((tip, y), (way, 0), paint)


def _half(lane: Lane) -> float:
    return badge_width(lane.port) / 2 if lane.port else PILL / 2


def _visible(start: float, end: float, lane: Lane, strip: Strip, grid: Grid) -> Iterator[Stretch]:
    """The pieces of a line between the pills of those who have no part in it."""
    ends = set(lane.ends())
    low, high = min(start, end), max(start, end)
    pills = sorted(
        grid.middles[name] for name in strip.band.present() if name not in ends and low < grid.middles[name] < high
    )
    cuts = [low, *(x for middle in pills for x in (middle - PILL / 2, middle + PILL / 2)), high]
    yield from zip(cuts[::2], cuts[1::2], strict=True)


def _label(lane: Lane, y: float, strip: Strip, grid: Grid, paint: str) -> Iterator[Element]:
    """What is spoken, over the line as near to the port as there is room, else behind the port, else in the tip alone."""
    for size in (_LABEL_SIZE, FLOOR):
        width = widest(lane.protocol, size, 600)
        for left, right, rise, leftward in _places(lane, strip, grid):
            if lane.protocol and right - left >= width:
                x = right if leftward else left
                base = y - _RISE if rise else y + 4
                yield from _shield(x - width if leftward else x, width, base, strip, grid)
                anchor: Anchor = "end" if leftward else "start"
                yield text(x, base, lane.protocol, size, weight=600, fill=paint, anchor=anchor)
                return


def _places(lane: Lane, strip: Strip, grid: Grid) -> Iterator[tuple[float, float, bool, bool]]:
    """Where words have room: from, to, whether over the line, whether they end rather than begin at the port's side."""
    server, half = grid.middles[lane.server], _half(lane) + _CLEAR
    present = sorted(grid.middles[name] for name in strip.band.present())
    clients = [grid.middles[client.name] for client in lane.clients]
    for way in (1, -1):
        far = min((x * way for x in clients), default=server * way) * way
        if (server - far) * way <= 0:
            continue
        stops = [x for x in present if min(far, server) <= x <= max(far, server)]
        for near, away in pairwise(sorted(stops, key=lambda x: -x * way)):
            inner = near - way * (half if near == server else PILL / 2 + _CLEAR)
            outer = away + way * (PILL / 2 + _CLEAR)
            yield min(inner, outer), max(inner, outer), True, way > 0
    for way in (1, -1):
        if any((x - server) * way > 0 for x in clients):
            continue
        beyond = [x for x in present if (x - server) * way > 0]
        edge = strip.box.x + (strip.box.width if way > 0 else 0)
        limit = min(beyond, key=lambda x: abs(x - server)) - way * PILL / 2 if beyond else edge
        inner, outer = server + way * half, limit - way * _CLEAR
        yield min(inner, outer), max(inner, outer), False, way < 0


def _shield(x: float, width: float, base: float, strip: Strip, grid: Grid) -> Iterator[Element]:
    """Hides the lifelines that pass behind words."""
    passing = (grid.middles[column.name] for column in grid.picture.columns)
    if any(x - 2 < middle < x + width + 2 for middle in passing):
        yield rect(x - 2, base - 10, width + 4, 13, fill=ground_of(strip.band.index), radius=3)
