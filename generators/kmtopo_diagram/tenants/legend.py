"""The legend of the tenants' view: every mark that the picture uses, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kmtopo.plugin import Box
from kmtopo_diagram.ink.svg import Element, number, path, rect
from kmtopo_diagram.ink.theme import tint
from kmtopo_diagram.signs.forms import Paint, cylinder
from kmtopo_diagram.signs.glyphs import glyph
from kmtopo_diagram.signs.legends import Entry, laid_out
from kmtopo_diagram.signs.marks import network_mark
from kmtopo_diagram.signs.strokes import LINE, head
from kmtopo_diagram.subject.words import Meaning
from kmtopo_diagram.tenants.cells import paint_of, tenant_form
from kmtopo_diagram.tenants.picture import Picture


def legend(picture: Picture, x: float, y: float, width: float) -> tuple[Element, float]:
    """Draws the legend of a picture; also returns its height."""
    return laid_out(list(_entries(picture)), x, y, width)


def _entries(picture: Picture) -> Iterator[Entry]:
    words, rows = picture.own_words, list(picture.rows())
    yield from tenant_entries(picture)
    if any(row.hosts for row in rows):
        meaning = words.legend_tls if picture.encrypted else words.legend_host
        yield Entry(30, partial(_host, paint_of(picture.door_index), picture.encrypted), meaning)
    owned = len(picture.owned())
    spaces = [space for row in rows for space in row.spaces[:owned]]
    if any(space is not None for space in spaces):
        yield Entry(22, partial(_cylinder, Paint(stroke="form")), words.legend_own)
    if any(space is None for space in spaces):
        index = next(column.index for place, column in enumerate(picture.columns) if picture.shares(place))
        fill = "card" if index is None else tint(index)
        yield Entry(22, partial(_cylinder, Paint(fill=fill, stroke=paint_of(index))), words.legend_common)
    if picture.columns or any(row.hosts for row in rows):
        yield Entry(28, partial(_arrow, "edge"), words.legend_way)
    for index, title in picture.networks:
        yield Entry(10, partial(_network, index), Meaning(title, title))
    if picture.readers():
        yield Entry(28, partial(_arrow, "ink"), words.legend_bus)


def tenant_entries(picture: Picture) -> Iterator[Entry]:
    """Explains the forms of tenants."""
    words, rows = picture.own_words, list(picture.rows())
    if any(row.central for row in rows):
        yield Entry(24, partial(_tenant, central=True, dedicated=False), words.legend_central)
    if any(not row.central and not row.dedicated for row in rows):
        yield Entry(24, partial(_tenant, central=False, dedicated=False), words.legend_pooled)
    if any(row.dedicated for row in rows):
        yield Entry(24, partial(_tenant, central=False, dedicated=True), words.legend_dedicated)


def _tenant(x: float, y: float, *, central: bool, dedicated: bool) -> Iterator[Element]:
    return tenant_form(Box(x, y - 8, 24, 16), central=central, dedicated=dedicated, radius=5)


def _host(paint: str, encrypted: bool, x: float, y: float) -> Iterator[Element]:
    yield rect(x, y - 8, 30, 16, fill="card", stroke=paint, radius=8, line=1.2)
    yield glyph("lock" if encrypted else "globe", x + 9, y - 6, 12, paint)


def _cylinder(paint: Paint, x: float, y: float) -> Iterator[Element]:
    return cylinder(Box(x, y - 9, 22, 18), 3, paint)


def _network(index: int, x: float, y: float) -> Iterator[Element]:
    return network_mark(index, x, y - 5)


def _arrow(paint: str, x: float, y: float) -> Iterator[Element]:
    yield path(f"M{number(x)} {number(y)}H{number(x + 22)}", stroke=paint, line=LINE)
    yield head((x + 28, y), (1, 0), paint)
