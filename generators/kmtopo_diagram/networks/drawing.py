"""The networks' view, drawn: bands from the top, services as columns through them."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo_diagram.ink.metrics import fit, sizes_from, widest
from kmtopo_diagram.ink.svg import Drawing, Element, aside, group, number, path, rect, text
from kmtopo_diagram.networks import heads
from kmtopo_diagram.networks.grid import PILL, TOP, Grid, Strip, grid, ground_of
from kmtopo_diagram.networks.lanes import lane_drawn
from kmtopo_diagram.networks.legend import AWAY, LIFELINE, entries
from kmtopo_diagram.networks.picture import Picture
from kmtopo_diagram.networks.sentences import description, subtitle
from kmtopo_diagram.signs.glyphs import glyph
from kmtopo_diagram.signs.headings import MARGIN, heading
from kmtopo_diagram.signs.legends import laid_out
from kmtopo_diagram.signs.marks import network_mark, paint_of

_NAME_SIZE = 13.0
_NOTE_SIZE = 11.5
_INSET = 12.0
_TO_NAME = 18.0  # from a band's mark
_LOCK = 14.0
_TO_NOTE = 10.0


def drawn(picture: Picture) -> Drawing:
    """Draws a picture of networks, from back to front."""
    placed = grid(picture)
    middles = dict(placed.middles)
    foot, height = laid_out(list(entries(placed)), MARGIN, placed.height + 22, placed.width - 2 * MARGIN)
    return Drawing(
        name=picture.name,
        width=placed.width,
        height=placed.height + 22 + height,
        language=picture.words.general.language,
        title=f"{picture.project} · {picture.title}",
        description=description(picture),
        elements=(
            *heading(picture.title, subtitle(picture), placed.width),
            *(_ground(strip) for strip in placed.strips),
            *_lifelines(placed),
            *(_caption(strip) for strip in placed.strips),
            *(pill for strip in placed.strips for pill in _pills(strip, placed)),
            *(lane_drawn(lane, y, strip, placed) for strip in placed.strips for lane, y in strip.lanes()),
            *heads.drawn(placed.heads, middles, TOP),
            foot,
        ),
    )


def _ground(strip: Strip) -> Element:
    band, box = strip.band, strip.box
    ground, line = ground_of(band.index), paint_of(band.index)
    shape = rect(box.x, box.y, box.width, box.height, fill=ground, stroke=line, radius=10, line=1.2)
    return group([shape], kind="network", title=" · ".join(filter(None, [band.title, band.note])), net=band.name)


def _lifelines(placed: Grid) -> Iterator[Element]:
    """A dotted line from each head to the last pill under it."""
    for column in placed.picture.columns:
        last = placed.last(column.name)
        if last is not None:
            x, top = number(placed.middles[column.name]), number(TOP + placed.heads.height)
            yield path(f"M{x} {top}V{number(last.top)}", stroke="form", line=1.4, dash=LIFELINE)


def _caption(strip: Strip) -> Element:
    """A band's name and note, on a ground of their own that hides the lifelines."""
    band, box = strip.band, strip.box
    x, base = box.x + _INSET, box.y + 20
    to_name = _TO_NAME + (_LOCK if band.is_internal else 0)
    room = box.width - 2 * _INSET - to_name - _TO_NOTE
    name = fit(band.title, room * 0.6, sizes_from(_NAME_SIZE), 600)
    wide = widest(name.text, name.size, 600)
    note = fit(band.note, room - wide, sizes_from(_NOTE_SIZE))
    end = to_name + wide + (_TO_NOTE + widest(note.text, note.size) if note.text else 0)
    parts = [rect(x - 3, box.y + 5, end + 6, 21, fill=ground_of(band.index), radius=5)]
    if band.index is None:
        parts.append(glyph(band.glyph, x - 1, base - 12, 15, "edge"))
    else:
        parts += network_mark(band.index, x, base - 10, 11)
    if band.is_internal:
        parts.append(glyph("lock", x + _TO_NAME - 3, base - 11.5, 14, paint_of(band.index)))
    beside = aside(note.text, note.size, _TO_NOTE) if note.text else None
    paint = paint_of(band.index)
    parts.append(text(x + to_name, base, name.text, name.size, weight=600, fill=paint, after=beside))
    return group(parts, title=" · ".join(filter(None, [band.title, band.note])))


def _pills(strip: Strip, placed: Grid) -> Iterator[Element]:
    """Who is attached; of those elsewhere, with a dashed border."""
    away = {column.name for column in placed.picture.columns if column.is_away}
    height = strip.bottom - strip.top
    for name in strip.band.present():
        shape = rect(
            placed.middles[name] - PILL / 2,
            strip.top,
            PILL,
            height,
            fill="card",
            stroke=paint_of(strip.band.index),
            radius=PILL / 2,
            line=1.6,
            dash=AWAY if name in away else "",
        )
        yield group([shape], kind="pill", node=name.removeprefix("@"), net=strip.band.name)
