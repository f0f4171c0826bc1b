"""What is spoken on a lane, written where it has room."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kmtopo.plugin import frozen
from kmtopo_diagram.ink.metrics import FLOOR, widest
from kmtopo_diagram.ink.svg import Anchor, Element, rect, text
from kmtopo_diagram.networks.grid import PILL, Grid, Strip, ground_of, port_half
from kmtopo_diagram.networks.picture import Lane
from kmtopo_diagram.signs.marks import paint_of

_SIZE = 11.0
_CLEAR = 4.0  # px between words and a pill
_RISE = 6.0  # over the line
_DROP = 4.0  # beside the port


@frozen
class _Room:
    """A stretch free for words, which begin at ``near``, the port's side of it; ``is_over``: above the line."""

    near: float
    far: float
    is_over: bool

    def holds(self, width: float) -> bool:
        return abs(self.far - self.near) >= width


def label(lane: Lane, y: float, strip: Strip, grid: Grid) -> Iterator[Element]:
    """Writes over the line as near to the port as there is room, else behind the port, else nothing: the tip says it."""
    if not lane.protocol:
        return
    rooms = [room for find in (_over, _behind) for way in (1, -1) for room in find(lane, strip, grid, way)]
    for size in (_SIZE, FLOOR):
        width = widest(lane.protocol, size, 600)
        room = next((room for room in rooms if room.holds(width)), None)
        if room is not None:
            base, leftward = y - _RISE if room.is_over else y + _DROP, room.near > room.far
            yield from _shield(room.near - width if leftward else room.near, width, base, strip, grid)
            anchor: Anchor = "end" if leftward else "start"
            fill = paint_of(strip.band.index)
            yield text(room.near, base, lane.protocol, size, weight=600, fill=fill, anchor=anchor)
            return


def _over(lane: Lane, strip: Strip, grid: Grid, way: int) -> Iterator[_Room]:
    """Between the pills along the line, from the port to the farthest client; ``way`` is 1 where lines run rightward."""
    server = grid.middles[lane.server]
    side = [grid.middles[c.name] for c in lane.clients if (server - grid.middles[c.name]) * way > 0]
    farthest = min(side, key=lambda x: x * way, default=server)
    stops = (grid.middles[name] for name in strip.band.present())
    between = sorted((x for x in stops if farthest * way <= x * way <= server * way), key=lambda x: -x * way)
    for near, far in pairwise(between):
        clear = port_half(lane) if near == server else PILL / 2
        room = _Room(near - way * (clear + _CLEAR), far + way * (PILL / 2 + _CLEAR), is_over=True)
        if (room.near - room.far) * way > 0:
            yield room


def _behind(lane: Lane, strip: Strip, grid: Grid, way: int) -> Iterator[_Room]:
    """From the port onward to the next pill, or to the band's end, where no line comes from there."""
    server = grid.middles[lane.server]
    if any((grid.middles[client.name] - server) * way > 0 for client in lane.clients):
        return
    beyond = [x for name in strip.band.present() if ((x := grid.middles[name]) - server) * way > 0]
    end = strip.box.x + (strip.box.width if way > 0 else 0)
    limit = min(beyond, key=lambda x: x * way) - way * PILL / 2 if beyond else end
    room = _Room(server + way * (port_half(lane) + _CLEAR), limit - way * _CLEAR, is_over=False)
    if (room.far - room.near) * way > 0:
        yield room


def _shield(x: float, width: float, base: float, strip: Strip, grid: Grid) -> Iterator[Element]:
    """Hides the lifelines that pass behind words."""
    if any(x - 2 < middle < x + width + 2 for middle in grid.middles.values()):
        yield rect(x - 2, base - 10, width + 4, 13, fill=ground_of(strip.band.index), radius=3)
