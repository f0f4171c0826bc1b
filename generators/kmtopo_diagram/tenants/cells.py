"""What stands in a tenants' picture: zones, tenants, hosts, spaces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kmtopo.plugin import Box
from kmtopo_diagram.ink.breaking import name_lines
from kmtopo_diagram.ink.metrics import Fitted, fit, sizes_from, widest
from kmtopo_diagram.ink.svg import Anchor, Element, aside, group, rect, text
from kmtopo_diagram.ink.theme import hue, tint
from kmtopo_diagram.ink.wrapping import title_lines
from kmtopo_diagram.signs.forms import Paint, cylinder
from kmtopo_diagram.signs.glyphs import glyph
from kmtopo_diagram.signs.marks import network_mark
from kmtopo_diagram.tenants.grid import FRAME, HEADER_GLYPH, HOST_X, NAME_SIZE, SPACE_PAD, TEXT_X, ZONE_X
from kmtopo_diagram.tenants.picture import Block, Column, Picture, Row, Space

_LID = 4.0  # how far a small cylinder's lid bends
_TO_CITY = 9.0
_CHIP_MOST = 150.0
_LEAST_NOTE = 40.0  # px that what separates tenants is worth writing in


def paint_of(index: int | None) -> str:
    """Returns the colour of a network, or the neutral one where there is none."""
    return "edge" if index is None else hue(index)


def zone_frame(block: Block, box: Box) -> Element:
    """Draws a zone's ground."""
    ground = rect(box.x, box.y, box.width, box.height, fill="host", stroke="hostline", radius=10, line=1.1)
    return group([ground], kind="zone", title=" · ".join(filter(None, [block.title, block.city])), zone=block.name)


def zone_words(block: Block, frame: Box) -> Iterator[Element]:
    """Writes a zone's name, and its city beside it, at the top of its frame or of what is free of it."""
    x, base, room = frame.x + FRAME, frame.y + 20, frame.width - 2 * FRAME - ZONE_X
    name = fit(block.title, room * 0.6 if block.city else room, sizes_from(12.5), 600)
    city = fit(block.city, room - widest(name.text, name.size, 600) - _TO_CITY, sizes_from(NAME_SIZE))
    yield glyph("pin", x, base - 12, 16, "ink2")
    beside = aside(city.text, city.size, _TO_CITY) if block.city else None
    yield text(x + ZONE_X, base, name.text, name.size, weight=600, after=beside)


def tenant_card(row: Row, box: Box) -> Element:
    """Draws a tenant: the central one inverted, a dedicated one with a heavy border."""
    ink, ink2 = ("page", "page") if row.central else ("ink", "ink2")
    middle = box.y + box.height / 2
    lines = title_lines(row.title, box.width - TEXT_X - 10)
    base = middle - (16 * (len(lines) - 1) + (17 if row.detail else 0)) / 2 + 5
    parts = [*tenant_form(box, central=row.central, dedicated=row.dedicated)]
    parts.append(glyph("hub" if row.central else "store", box.x + 12, middle - 12, 24, ink))
    for place, line in enumerate(lines):
        parts.append(text(box.x + TEXT_X, base + 16 * place, line.text, line.size, weight=600, fill=ink))
    if row.detail:
        detail = fit(row.detail, box.width - TEXT_X - 10, sizes_from(NAME_SIZE))
        parts.append(text(box.x + TEXT_X, base + 16 * len(lines) + 1, detail.text, detail.size, fill=ink2))
    return group(parts, kind="tenant", title=row.tip, node=row.name, tenant=row.name)


def tenant_form(box: Box, *, central: bool, dedicated: bool, radius: float = 8) -> Iterator[Element]:
    """Draws the ground of a tenant; a dedicated one has a second line within its border."""
    fill, line = ("ink", "ink") if central else ("card", "form" if dedicated else "cardline")
    yield rect(box.x, box.y, box.width, box.height, fill=fill, stroke=line, radius=radius, line=1.2)
    if dedicated:
        inner = "page" if central else "form"
        yield rect(box.x + 3, box.y + 3, box.width - 6, box.height - 6, stroke=inner, radius=radius - 2.5, line=1.2)


def host_pill(host: str, owner: Row, box: Box, picture: Picture) -> Element:
    """Draws a public name: with a lock where its visitors come over TLS."""
    parts = [
        rect(
            box.x,
            box.y,
            box.width,
            box.height,
            fill="card",
            stroke=paint_of(picture.door_index),
            radius=min(box.height / 2, 15),
            line=1.2,
        ),
        glyph(
            "lock" if picture.encrypted else "globe",
            box.x + 9,
            box.y + box.height / 2 - 7.5,
            14,
            paint_of(picture.door_index),
        ),
    ]
    lines = name_lines(host, box.width - HOST_X - 12, NAME_SIZE)
    parts += _centred(lines, box.x + HOST_X, box, "start")
    return group(parts, kind="domain", title=host, node=host, tenant=owner.name)


def space_form(space: Space, column: Column, owner: Row, box: Box) -> Element:
    """Draws what a tenant has to itself in a store."""
    parts = [*cylinder(box, _LID, Paint(stroke=paint_of(column.index)))]
    face = Box(box.x, box.y + 2 * _LID, box.width, box.height - 2 * _LID)
    lines = name_lines(space.name or column.own, box.width - 2 * SPACE_PAD, NAME_SIZE)
    parts += _centred(lines, box.x + box.width / 2, face, "middle", "ink" if space.name else "ink2")
    return group(parts, kind="space", title=space.tip, node=f"{column.store}/{owner.name}", tenant=owner.name)


def common_form(column: Column, box: Box, first: Box) -> Element:
    """Draws what tenants have in common in a store, as high as its tenants' rows; ``first`` is where its name stands."""
    fill = "card" if column.index is None else tint(column.index)
    parts = [*cylinder(box, 6, Paint(fill=fill, stroke=paint_of(column.index)))]
    if column.common:
        lines = name_lines(column.common, box.width - 2 * SPACE_PAD, NAME_SIZE, most=3)
        parts += _centred(lines, box.x + box.width / 2, first, "middle")
    return group(parts, kind="space", title=column.tip, node=column.store)


def shared_form(column: Column, box: Box) -> Element:
    """Draws a store that all share: its network, pictogram and name, what separates them there, and what they share."""
    fill = "card" if column.index is None else tint(column.index)
    parts = [*cylinder(box, 6, Paint(fill=fill, stroke=paint_of(column.index)))]
    x, base, indent = box.x + 14, box.y + (27 if column.common else 35), 0.0
    if column.index is not None:
        parts += network_mark(column.index, x, base - 9)
        indent = 16.0
    parts.append(glyph(column.glyph, x + indent, base - 10.5, 13, "ink2"))
    start = x + indent + HEADER_GLYPH
    title = fit(column.title, box.x + box.width - 12 - start, sizes_from(NAME_SIZE), 600)
    room = box.x + box.width - 12 - start - widest(title.text, title.size, 600) - _TO_CITY
    note = fit(column.note, room, sizes_from(NAME_SIZE))
    beside = aside(note.text, note.size, _TO_CITY) if room > _LEAST_NOTE else None
    parts.append(text(start, base, title.text, title.size, weight=600, after=beside))
    if column.common:
        name = fit(column.common, box.width - 26, sizes_from(NAME_SIZE))
        parts.append(text(x, base + 16, name.text, name.size))
    return group(parts, kind="space", title=column.tip, node=column.store)


def chip_width(title: str) -> float:
    """Returns the width of the chip of who reads everybody's data, px."""
    name = fit(title, _CHIP_MOST, sizes_from(NAME_SIZE), 600)
    return widest(name.text, name.size, 600) + 38


def reader_chip(title: str, right: float, bottom: float) -> Element:
    """Draws who reads everybody's data, as its card is drawn, at the head of the line on which that happens."""
    name, width = fit(title, _CHIP_MOST, sizes_from(NAME_SIZE), 600), chip_width(title)
    ground = rect(right - width, bottom - 24, width, 24, fill="ink", radius=8)
    words = text(right - width + 28, bottom - 8, name.text, name.size, weight=600, fill="page")
    return group([ground, glyph("hub", right - width + 9, bottom - 19, 14, "page"), words], kind="reader", title=title)


def _centred(lines: Sequence[Fitted], x: float, box: Box, anchor: Anchor, ink: str = "ink") -> Iterator[Element]:
    """Writes lines around the middle of a box."""
    step = 13.5
    base = box.y + box.height / 2 - step * (len(lines) - 1) / 2 + 4
    for place, line in enumerate(lines):
        yield text(x, base + step * place, line.text, line.size, fill=ink, anchor=anchor)
