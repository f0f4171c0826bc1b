"""Frames around cards: machines with their price and capacity, networks with their names, people outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kmtopo.plugin import Box
from kmtopo_diagram.captions import NOTE_SIZE, SWATCH, Caption, free_stretches
from kmtopo_diagram.glyphs import glyph
from kmtopo_diagram.header import machine_band, network_band
from kmtopo_diagram.metrics import fit, sizes_from, widest
from kmtopo_diagram.picture import Bar, NetworkBox, Pill, VpsBox
from kmtopo_diagram.sheet import Sheet
from kmtopo_diagram.sizes import FOOT
from kmtopo_diagram.svg import Element, group, rect, text
from kmtopo_diagram.theme import hue, mark, tint

_PRICE_SIZE = 13.0
_BAR_GAP = 24.0


def machine_frame(machine: VpsBox, box: Box, sheet: Sheet) -> Element:
    """Draws a machine: name and system at the left, address and price at the right, capacity at the foot."""
    band = machine_band(box)
    free = free_stretches(band, [limb.points for limb in sheet.limbs()])
    parts = [
        rect(box.x, box.y, box.width, box.height, fill="host", stroke="hostline", radius=14, line=1.4),
        *_name(machine, band, free[0] if free else (band.x, band.x + band.width)),
        *_price(machine, band, free[-1] if free else (band.x, band.x + band.width)),
        *_bars(machine.bars, box),
    ]
    return group(parts, kind="host", title=machine.title, host=machine.name)


def _name(machine: VpsBox, band: Box, room: tuple[float, float]) -> Iterator[Element]:
    start, end = room
    yield glyph("server", start + 2, band.y + 3, 28)
    right = _price_width(machine) + 16 if end == band.x + band.width else 0
    width = max(end - start - 40 - right, 60)
    title = fit(machine.title, width, sizes_from(16), 600)
    yield text(start + 40, band.y + (15 if machine.detail else 22), title.text, title.size, weight=600)
    if machine.detail:
        detail = fit(machine.detail, width, sizes_from(12))
        yield text(start + 40, band.y + 33, detail.text, detail.size, fill="ink2")


def _price_width(machine: VpsBox) -> float:
    return (widest(machine.cost, _PRICE_SIZE, 600) + 34 if machine.cost else 0) + widest(machine.ip, 12)


def _price(machine: VpsBox, band: Box, room: tuple[float, float]) -> Iterator[Element]:
    """Address and price side by side, one under the other where a line leaves little room."""
    right = band.x + band.width
    stacked = room[1] - room[0] < _price_width(machine)
    if machine.cost:
        width = widest(machine.cost, _PRICE_SIZE, 600) + 22
        yield rect(right - width, band.y, width, 28, fill="ink", radius=8)
        yield text(
            right - width / 2, band.y + 18.6, machine.cost, _PRICE_SIZE, weight=600, fill="page", anchor="middle"
        )
        if not stacked:
            right -= width + 12
    if machine.ip:
        yield text(
            right, band.y + (43 if stacked and machine.cost else 18.6), machine.ip, 12, fill="ink2", anchor="end"
        )


def _bars(bars: Sequence[Bar], box: Box) -> Iterator[Element]:
    if not bars:
        return
    width = (box.width - 28 - _BAR_GAP * (len(bars) - 1)) / len(bars)
    y = box.y + box.height - FOOT + 6
    for place, bar in enumerate(bars):
        x = box.x + 14 + place * (width + _BAR_GAP)
        grave = bar.colour != "ink2"
        yield text(x, y + 11, bar.label, 11.5, fill="ink2")
        yield text(x + width, y + 11, bar.value, 11.5, weight=600, fill=bar.colour if grave else "ink", anchor="end")
        if grave:
            yield glyph("warning", x + width - widest(bar.value, 11.5, 600) - 17, y, 13, bar.colour)
        yield rect(x, y + 18, width, 7, fill="cardline", radius=3.5)
        if bar.share > 0:
            yield rect(x, y + 18, max(7.0, width * bar.share), 7, fill=bar.colour, radius=3.5)


def network_frame(content: NetworkBox, box: Box) -> Element:
    """Draws a network's ground; its words come later, above the lines."""
    ground = rect(
        box.x, box.y, box.width, box.height, fill=tint(content.index), stroke=hue(content.index), radius=10, line=1.2
    )
    return group([ground], kind="network", title=f"{content.title} · {content.note}", net=content.name)


def network_words(content: NetworkBox, box: Box, at: Caption) -> Element:
    """Writes a network's name and note; where a line crosses them, on a ground of their own."""
    base = network_band(box).y + 13
    note_width = widest(content.note, NOTE_SIZE)
    parts: list[Element] = []
    if at.crossings:
        width = SWATCH + widest(at.name.text, at.name.size, 600)
        for x, length in ((at.name_x, width), (at.note_end - note_width, note_width)):
            parts.append(rect(x - 4, base - 14, length + 8, 20, fill=tint(content.index), radius=5))
    parts.append(rect(at.name_x, base - 10, 11, 11, fill=hue(content.index), radius=3))
    if mark(content.index):
        parts.append(
            text(at.name_x + 5.5, base - 0.7, mark(content.index), 10.5, weight=600, fill="card", anchor="middle")
        )
    parts.append(text(at.name_x + SWATCH, base, at.name.text, at.name.size, weight=600, fill=hue(content.index)))
    parts.append(text(at.note_end, base, content.note, NOTE_SIZE, fill="ink2", anchor="end"))
    return group(parts, title=content.title)


def pill_frame(content: Pill, box: Box) -> Element:
    """Draws somebody outside: a full pill with glyph, name and detail."""
    x, middle = box.x + 58, box.y + box.height / 2
    parts = [
        rect(box.x, box.y, box.width, box.height, fill="card", stroke="cardline", radius=box.height / 2, line=1.2),
        glyph(content.glyph, box.x + 22, middle - 13, 26),
        text(x, middle - 3 if content.detail else middle + 5, content.title, 14.5, weight=600),
        *([text(x, middle + 14, content.detail, 11.5, fill="ink2")] if content.detail else []),
    ]
    return group(parts, kind="node", title=content.title, node=content.name.removeprefix("@"))
