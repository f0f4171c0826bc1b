"""Lanes: one line for each server port, a dot for each client, the port where the line ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kmtopo_diagram.ink.svg import Element, group, number, path
from kmtopo_diagram.networks.grid import PILL, Grid, Strip, port_half
from kmtopo_diagram.networks.labels import label
from kmtopo_diagram.networks.picture import Client, Lane
from kmtopo_diagram.signs.badges import port_badge
from kmtopo_diagram.signs.marks import disc, paint_of
from kmtopo_diagram.signs.strokes import DASH, HEAD, LINE, head

_DOT = 4.2

Stretch = tuple[float, float]


def lane_drawn(lane: Lane, y: float, strip: Strip, grid: Grid) -> Element:
    """Draws a lane at a height."""
    paint = paint_of(strip.band.index)
    parts = [*_lines(lane, y, strip, grid, paint), *label(lane, y, strip, grid)]
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
    """From the farthest client on either side to the port."""
    server = grid.middles[lane.server]
    for way in (1, -1):
        side = [client for client in lane.clients if (server - grid.middles[client.name]) * way > 0]
        if side:
            side.sort(key=lambda client: way * grid.middles[client.name])
            tip = server - way * (port_half(lane) + 1)
            xs = [*(grid.middles[client.name] for client in side), tip - way * (HEAD - 1)]
            for (start, end), dash in zip(pairwise(xs), _dashes(side), strict=True):
                for x0, x1 in _visible(start, end, lane, strip, grid):
                    yield path(f"M{number(x0)} {number(y)}H{number(x1)}", stroke=paint, line=LINE, dash=dash)
            yield head((tip, y), (way, 0), paint)


def _dashes(side: Sequence[Client]) -> Iterator[str]:
    """A line is dashed as long as all who are on it so far can do without the server."""
    needed = False
    for client in side:
        needed = needed or not client.optional
        yield "" if needed else DASH


def _visible(start: float, end: float, lane: Lane, strip: Strip, grid: Grid) -> Iterator[Stretch]:
    """The pieces of a line between the pills of those who have no part in it."""
    ends = set(lane.ends())
    low, high = min(start, end), max(start, end)
    pills = sorted(
        grid.middles[name] for name in strip.band.present() if name not in ends and low < grid.middles[name] < high
    )
    cuts = [low, *(x for middle in pills for x in (middle - PILL / 2, middle + PILL / 2)), high]
    yield from zip(cuts[::2], cuts[1::2], strict=True)
