"""The tenants' view as rows: zone, tenant, domain, and where its data lies in each store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kmtopo.plugin import Box, Point
from kmtopo_diagram.ink.metrics import fit, sizes_from
from kmtopo_diagram.ink.svg import Drawing, Element, group, path, rect, text
from kmtopo_diagram.layout.geometry import bent, shortened, straight
from kmtopo_diagram.signs.glyphs import glyph
from kmtopo_diagram.signs.headings import MARGIN, heading
from kmtopo_diagram.signs.marks import network_mark
from kmtopo_diagram.signs.strokes import HEAD, LINE, curve, head
from kmtopo_diagram.tenants.cells import (
    chip_width,
    common_form,
    host_pill,
    reader_chip,
    shared_form,
    space_form,
    tenant_card,
    zone_frame,
    zone_words,
)
from kmtopo_diagram.tenants.grid import (
    BUS,
    FRAME,
    HEADER_GLYPH,
    MOST_HOSTS,
    NAME_SIZE,
    TOP,
    Grid,
    grid,
    host_heights,
)
from kmtopo_diagram.tenants.legend import legend
from kmtopo_diagram.tenants.picture import Column, Picture, Row

_BASE = TOP + 12
_AROUND = 5.0  # px of ground left and right of what is a tenant's own


def drawn(picture: Picture) -> Drawing:
    """Draws the tenants of a picture, a row each."""
    at = grid(picture)
    foot, height = legend(picture, MARGIN, at.bottom + 18, at.width - 2 * MARGIN)
    return Drawing(
        name=picture.name,
        width=at.width,
        height=at.bottom + 18 + height,
        language=picture.words.language,
        title=f"{picture.project} · {picture.title}",
        description=picture.description,
        elements=(
            *heading(picture.title, picture.subtitle, at.width - _chip_room(picture)),
            *_headers(picture, at),
            *_zones(picture, at),
            *_commons(picture, at),
            *_shelf(picture, at),
            *(part for row in picture.rows() for part in _row(row, picture, at)),
            *_bus(picture, at),
            foot,
        ),
    )


def _headers(picture: Picture, at: Grid) -> Iterator[Element]:
    words = picture.own_words
    yield _header(at.tenant[0], words.tenant_header)
    if at.hosts:
        x, width = at.hosts
        yield from _host_header(x, words.host_header, picture.door_index)
        door = fit(picture.door, width, sizes_from(11))
        yield text(x, _BASE + 15, door.text, door.size, fill="ink3")
    for column, (x, width) in zip(picture.owned(), at.stores, strict=True):
        yield from _store_header(column, x, width)


def _header(x: float, words: str) -> Element:
    return text(x, _BASE, words, NAME_SIZE, weight=600, fill="ink2")


def _host_header(x: float, words: str, index: int | None) -> Iterator[Element]:
    """With the mark of the network that the door stands in, whose colour the names have."""
    if index is not None:
        yield from network_mark(index, x, _BASE - 9)
    yield _header(x + (0.0 if index is None else 16.0), words)


def _store_header(column: Column, x: float, width: float) -> Iterator[Element]:
    """A store's network, pictogram and name, and under them what separates tenants there."""
    indent = 0.0
    if column.index is not None:
        yield from network_mark(column.index, x, _BASE - 9)
        indent = 16.0
    yield glyph(column.glyph, x + indent, _BASE - 10.5, 13, "ink2")
    title = fit(column.title, width - indent - HEADER_GLYPH, sizes_from(NAME_SIZE), 600)
    yield text(x + indent + HEADER_GLYPH, _BASE, title.text, title.size, weight=600, fill="ink2")
    note = fit(column.note, width, sizes_from(11))
    yield text(x, _BASE + 15, note.text, note.size, fill="ink3")


def _zones(picture: Picture, at: Grid) -> Iterator[Element]:
    for block in picture.blocks:
        frame = at.frames[block.name]
        yield zone_frame(block, frame)
        if picture.has_zones:
            yield from zone_words(block, replace(frame, width=min(frame.width, _free(picture, at) - frame.x)))


def _free(picture: Picture, at: Grid) -> float:
    """How far to the right a zone's words may reach: to what all zones have in common in a store."""
    common = (x for place, (x, _) in enumerate(at.stores) if picture.shares(place))
    return min(common, default=at.width)


def _commons(picture: Picture, at: Grid) -> Iterator[Element]:
    """What is common where others have their own, from the first to the last tenant that shares it."""
    for place, (column, (x, width)) in enumerate(zip(picture.owned(), at.stores, strict=True)):
        sharing = [at.rows[row.name] for row in picture.rows() if row.spaces[place] is None]
        if sharing:
            first, last = sharing[0], sharing[-1]
            box = Box(x, first.y + 2, width, last.y + last.height - first.y - 4)
            yield common_form(column, box, Box(x, first.y + 14, width, min(first.height, box.height - 18)))


def _shelf(picture: Picture, at: Grid) -> Iterator[Element]:
    """What all share, below them: no request of one tenant leads through it to what is its own."""
    if at.shelf is None:
        return
    ground, boxes = at.shelf
    words, room = picture.own_words, at.tenant[1]
    base = ground.y + ground.height / 2
    yield text(at.tenant[0], base - 3, words.everybody, 12.5, weight=600)
    apart = fit(words.apart_by_application, room, sizes_from(NAME_SIZE))
    yield text(at.tenant[0], base + 14, apart.text, apart.size, fill="ink2")
    for column, box in zip(picture.commons(), boxes, strict=True):
        yield shared_form(column, box)


def _row(row: Row, picture: Picture, at: Grid) -> Iterator[Element]:
    """A tenant, the names that lead to it, and its data, joined from left to right."""
    card = at.card(row)
    pills = _pill_boxes(row, at)
    stores = _store_boxes(row, at)
    ground = _together(stores, card) if _has_together(picture) else None
    yield from _joints(row, card, pills, ground or (stores[0] if stores else None))
    yield tenant_card(row, card)
    if ground:
        form = rect(ground.x, ground.y, ground.width, ground.height, fill="card", stroke="cardline", radius=8, line=1)
        yield group([form], kind="data", tenant=row.name)
    for host, box in zip(_shown_hosts(row, picture), pills, strict=True):
        yield host_pill(host, row, box, picture)
    for place, (space, box) in enumerate(zip(row.spaces, stores, strict=False)):
        if space is not None:
            if picture.shares(place):
                yield rect(box.x - 1, box.y - 5, box.width + 2, box.height + 10, fill="host")
            yield space_form(space, picture.columns[place], row, box)


def _shown_hosts(row: Row, picture: Picture) -> list[str]:
    if len(row.hosts) <= MOST_HOSTS:
        return list(row.hosts)
    shown = MOST_HOSTS - 1
    return [*row.hosts[:shown], f"+{picture.own_words.more_hosts.counted(len(row.hosts) - shown)}"]


def _pill_boxes(row: Row, at: Grid) -> list[Box]:
    if at.hosts is None:
        return []
    x, width = at.hosts
    heights = host_heights(row, width)
    card = at.card(row)
    y = card.y + (card.height - sum(heights)) / 2
    boxes = []
    for height in heights:
        boxes.append(Box(x, y + 2, width, height - 4))
        y += height
    return boxes


def _store_boxes(row: Row, at: Grid) -> list[Box]:
    """Where each store's part of a row stands: a small cylinder, or the row's stretch of what is common."""
    card = at.card(row)
    boxes = []
    for space, (x, width) in zip(row.spaces, at.stores, strict=False):
        high = card.height if space is None else at.space
        boxes.append(Box(x, card.y + (card.height - high) / 2, width, high))
    return boxes


def _joints(row: Row, card: Box, pills: Sequence[Box], data: Box | None) -> Iterator[Element]:
    """Arrows from the tenant to its names and on to its data."""
    middle = card.y + card.height / 2
    start, first = (card.x + card.width, middle), (data.x, middle) if data else None
    if not pills and first:
        yield _way(row, (row.name, row.name), straight(start, first))
    for pill, host in zip(pills, row.hosts, strict=False):
        y = pill.y + pill.height / 2
        yield _way(row, (row.name, host), _elbow(start, (pill.x, y)))
        if first:
            yield _way(row, (host, row.name), _elbow((pill.x + pill.width, y), first))


def _elbow(start: Point, end: Point) -> tuple[Point, ...]:
    half = (start[0] + end[0]) / 2 - 3
    return straight(start, end) if start[1] == end[1] else bent([start, (half, start[1]), (half, end[1]), end], 5)


def _way(owner: Row, ends: tuple[str, str], points: tuple[Point, ...]) -> Element:
    """A stretch of a tenant's row, with a head at its end."""
    data = {"from": ends[0], "to": ends[1], "for": owner.name}
    cut, direction = shortened(points, HEAD * 0.7)
    parts = [path(curve(cut), stroke="edge", line=1.6), head(points[-1], direction, "edge", HEAD - 1)]
    return group(parts, kind="way", **data)


def _bus(picture: Picture, at: Grid) -> Iterator[Element]:
    """Who reads everybody's data: named above a line beside the zones, that leads into what is each other tenant's own."""
    readers = _readers(picture)
    if not readers:
        return
    right = [x + width for x, width in (at.tenant, *([at.hosts] if at.hosts else []), *at.stores)][-1]
    bus = right + FRAME + BUS * 0.6
    chip = reader_chip(readers, at.width - MARGIN, _BASE - 22)
    ends = right + (_AROUND if _has_together(picture) else 0)
    for row in picture.rows():
        if not row.reads:
            y = at.card(row).y + at.card(row).height / 2
            line = bent([(bus, _BASE - 24), (bus, y), (ends, y)], 8)
            yield from (_read(reader, row, line) for reader in picture.readers())
    yield chip


def _readers(picture: Picture) -> str:
    """Names who reads everybody's data, "" where nobody does."""
    return picture.words.listed([reader.title for reader in picture.readers()])


def _chip_room(picture: Picture) -> float:
    """The room beside the heading that the chip of who reads takes, px."""
    readers = _readers(picture)
    return chip_width(readers) + MARGIN if readers else 0.0


def _read(reader: Row, owner: Row, points: tuple[Point, ...]) -> Element:
    cut, direction = shortened(points, HEAD * 0.7)
    return group(
        [path(curve(cut), stroke="ink", line=LINE), head(points[-1], direction, "ink")],
        kind="way",
        title=f"{reader.title} → {owner.title}",
        **{"from": reader.name, "to": owner.name, "for": owner.name},
    )


def _has_together(picture: Picture) -> bool:
    """Whether what is a tenant's own stands on a ground of its own: in several stores, of which nobody shares a part."""
    owned = len(picture.owned())
    return owned > 1 and not any(picture.shares(place) for place in range(owned))


def _together(stores: Sequence[Box], card: Box) -> Box:
    """The ground of all that is a tenant's own: what leads to one of its stores leads to all."""
    first, last = stores[0], stores[-1]
    return Box(first.x - _AROUND, card.y + 1, last.x + last.width - first.x + 2 * _AROUND, card.height - 2)
