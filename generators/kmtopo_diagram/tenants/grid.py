"""The grid of the tenants' view: how wide its columns are, how high its rows, where everything stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from kmtopo.plugin import Box, frozen
from kmtopo_diagram.ink.breaking import narrowest
from kmtopo_diagram.ink.metrics import FLOOR, widest
from kmtopo_diagram.ink.wrapping import title_lines
from kmtopo_diagram.signs.headings import MARGIN
from kmtopo_diagram.tenants.picture import Column, Picture, Row

TOP = 74.0  # title and subtitle
HEADER = 40.0  # names of the columns
WIDTH = 760.0  # as wide as a document's column
FRAME = 8.0  # from a zone's frame to what is in it
BUS = 26.0  # right of the frames, where the line to the central tenant runs

NAME_SIZE = 11.5
TEXT_X = 44.0  # a card's pictogram and the room after it
ZONE_X = 22.0
ZONE_HEADER = 22.0  # a zone's name, above its tenants
HOST_X = 27.0
HOST_HEIGHT = 28.0
HOST_BROKEN = 38.0  # in two lines
MOST_HOSTS = 3
HEADER_GLYPH = 16.0
SPACE_PAD = 6.0  # left and right of a name in its cylinder

_ROW_GAP = 6.0
_BLOCK_GAP = 10.0
_LINK = 24.0  # from column to column, room for an arrow
_SHORT_LINK = 14.0
_LOWEST = 46.0
_SPACE = 34.0
_SPACE_BROKEN = 41.0  # with a name in two lines
_SHELF = 54.0  # what all share
_SHELF_GAP = 10.0
_LEAST_SHARED = 150.0  # px that a store which all share needs for its name


@frozen
class _Room:
    """The most that words of each kind may take before they are broken, in px."""

    title: float
    detail: float
    host: float
    name: float


_CLOSE = _Room(108, 148, 140, 118)
_ROOMS = (
    _Room(190, 190, 210, 168),
    _Room(108, 148, 210, 168),
    _Room(190, 190, 210, 118),
    _Room(108, 148, 210, 118),
    _CLOSE,
)


@frozen
class Grid:
    """Where everything stands: ``rows`` by tenant, ``frames`` by zone; columns as (left, width) from the left.

    ``hosts`` is None where no tenant has a name of its own. ``space`` is how high a cylinder is, px. ``shelf`` is the place of what
    all share, below the zones, with each such store in it; None where there is none.
    """

    tenant: tuple[float, float]
    hosts: tuple[float, float] | None
    stores: tuple[tuple[float, float], ...]
    rows: dict[str, Box]
    frames: dict[str, Box]
    space: float
    shelf: tuple[Box, tuple[Box, ...]] | None
    width: float
    bottom: float

    def card(self, row: Row) -> Box:
        """Where a tenant's card stands."""
        at = self.rows[row.name]
        return Box(self.tenant[0], at.y, self.tenant[1], at.height)


def grid(picture: Picture) -> Grid:
    """Lays a picture out: every word on one line where a page is wide enough for that, else titles or names in two."""
    widths = next(
        filter(partial(_fits, picture), (_widths(picture, room) for room in _ROOMS)), _widths(picture, _CLOSE)
    )
    left = MARGIN
    places: list[tuple[float, float]] = []
    for place, width in enumerate(widths):
        places.append((left, width))
        left += width + _gap(place, picture)
    right = left - _gap(len(widths) - 1, picture) + FRAME
    has_hosts = any(row.hosts for row in picture.rows())
    rows, frames = _stacked(picture, places, MARGIN - FRAME, right)
    stores = tuple(places[2 if has_hosts else 1 :])
    bottom = max(frame.y + frame.height for frame in frames.values())
    shelf = _shelf(picture, sum(places[0]) + _LINK, Box(MARGIN - FRAME, bottom + _BLOCK_GAP, right - MARGIN + FRAME, 0))
    return Grid(
        tenant=places[0],
        hosts=places[1] if has_hosts else None,
        stores=stores,
        rows=rows,
        frames=frames,
        space=_space_height(picture, stores),
        shelf=shelf,
        width=right + (BUS if picture.readers() else 0) + MARGIN - FRAME,
        bottom=shelf[0].y + shelf[0].height if shelf else bottom,
    )


def _shelf(picture: Picture, left: float, at: Box) -> tuple[Box, tuple[Box, ...]] | None:
    """The place of what all share, and in it the stores, in rows from ``left`` on."""
    count = len(picture.commons())
    if not count:
        return None
    room = at.x + at.width - FRAME - left + _SHELF_GAP
    beside = min(count, max(1, int(room / (_LEAST_SHARED + _SHELF_GAP))))
    width, step = room / beside - _SHELF_GAP, _SHELF + _SHELF_GAP
    ground = Box(at.x, at.y, at.width, -(-count // beside) * step - _SHELF_GAP + 2 * FRAME)
    boxes = (
        Box(
            left + place % beside * (width + _SHELF_GAP),
            at.y + FRAME + place // beside * step,
            width,
            _SHELF,
        )
        for place in range(count)
    )
    return ground, tuple(boxes)


def _fits(picture: Picture, widths: Sequence[float]) -> bool:
    gaps = sum(_gap(place, picture) for place in range(len(widths) - 1))
    return 2 * MARGIN + sum(widths) + gaps + (BUS if picture.readers() else 0) <= WIDTH


def _gap(place: int, picture: Picture) -> float:
    """The room behind a column: for an arrow up to the first store, for a mere line from store to store."""
    first_store = 1 + any(row.hosts for row in picture.rows())
    return _LINK if place < first_store else _SHORT_LINK


def _widths(picture: Picture, room: _Room) -> list[float]:
    """The widths of the columns, as their words need them."""
    rows = list(picture.rows())
    titles = [_halved(row.title, room.title) for row in rows]
    details = [widest(row.detail, NAME_SIZE) for row in rows]
    widths = [TEXT_X + 12 + _within([*titles, *details], 104, room.detail)]
    hosts = [host for row in rows for host in row.hosts]
    if hosts:
        widths.append(HOST_X + 14 + _within((_host(host, room.host) for host in hosts), 84, room.host))
    widths += (
        max(_within(_cells(place, column, rows, room.name), 64, room.name) + 14, _head(column))
        for place, column in enumerate(picture.owned())
    )
    return widths


def _within(needs: Iterable[float], least: float, most: float) -> float:
    return min(max([least, *needs]), most)


def _halved(title: str, room: float) -> float:
    return max(widest(line.text, line.size, 600) for line in title_lines(title, room))


def _host(host: str, room: float) -> float:
    """Its width as a whole, or broken before the first dot where there is too little room."""
    if widest(host, NAME_SIZE) <= room:
        return widest(host, NAME_SIZE)
    name, dot, domain = host.partition(".")
    return max(widest(name, NAME_SIZE), widest(dot + domain, NAME_SIZE))


def _cells(place: int, column: Column, rows: Sequence[Row], room: float) -> Iterator[float]:
    for row in rows:
        space = row.spaces[place]
        name = column.own if space and not space.name else space.name if space else ""
        yield widest(name, NAME_SIZE) if widest(name, NAME_SIZE) <= room else narrowest(name, NAME_SIZE)
        if space is None:
            yield max(widest(f"{part}:", NAME_SIZE) for part in column.common.split(":"))


def _head(column: Column) -> float:
    """The least width that a store's header needs."""
    return min(max(widest(column.title, NAME_SIZE, 600) + HEADER_GLYPH + 17, widest(column.note, 11)), 200)


def _row_height(row: Row, tenant: float, hosts: float) -> float:
    """Returns the height of a tenant's row: room for its card's lines, its hosts and its names."""
    lines = len(title_lines(row.title, tenant - TEXT_X - 10))
    card = (30 if row.detail else 14) + 16 * lines
    return max(_LOWEST, card, 8 + sum(host_heights(row, hosts)))


def host_heights(row: Row, width: float) -> list[float]:
    """Returns the heights of a tenant's hosts, with the room between them; of very many, those that are shown."""
    broken = (widest(host, FLOOR) > width - HOST_X - 12 for host in row.hosts[:MOST_HOSTS])
    return [(HOST_BROKEN if two_lines else HOST_HEIGHT) + 4 for two_lines in broken]


def _space_height(picture: Picture, stores: Sequence[tuple[float, float]]) -> float:
    """All cylinders are equally high: as a name in two lines needs it, where there is one."""
    names = (
        (space.name or column.own, width - 2 * SPACE_PAD)
        for row in picture.rows()
        for space, column, (_, width) in zip(row.spaces, picture.columns, stores, strict=False)
        if space is not None
    )
    return _SPACE_BROKEN if any(widest(name, FLOOR) > room for name, room in names) else _SPACE


def _stacked(
    picture: Picture, places: Sequence[tuple[float, float]], left: float, right: float
) -> tuple[dict[str, Box], dict[str, Box]]:
    """Puts tenants below each other, those of a zone in a frame; rows are equally high but for those with many hosts."""
    host_width = places[1][1] if len(places) > 1 else 0.0
    heights = {row.name: _row_height(row, places[0][1], host_width) for row in picture.rows()}
    usual = max((h for name, h in heights.items() if h < 80), default=_LOWEST)
    rows: dict[str, Box] = {}
    frames: dict[str, Box] = {}
    y = TOP + HEADER
    for block in picture.blocks:
        top = y
        y += FRAME + (ZONE_HEADER if picture.has_zones else 0)
        for row in block.rows:
            height = max(usual, heights[row.name])
            rows[row.name] = Box(left, y, right - left, height)
            y += height + _ROW_GAP
        y += FRAME - _ROW_GAP
        frames[block.name] = Box(left, top, right - left, y - top)
        y += _BLOCK_GAP
    return rows, frames
