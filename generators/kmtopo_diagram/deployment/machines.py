"""Machines: a frame with name, address and price in its header, and its capacity at the foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kmtopo.plugin import Box, Point, frozen
from kmtopo_diagram.deployment.captions import Stretch, free_stretches
from kmtopo_diagram.deployment.header import machine_band
from kmtopo_diagram.deployment.picture import Bar, VpsBox
from kmtopo_diagram.deployment.sizes import BAR_GAP, BAR_SIZE, FOOT, HOST_MARGIN, bar_width
from kmtopo_diagram.ink.metrics import Fitted, fit, sizes_from, widest
from kmtopo_diagram.ink.svg import Element, group, rect, text
from kmtopo_diagram.layout.geometry import along, grown, runs_over
from kmtopo_diagram.signs.fates import Fate, fate_mark
from kmtopo_diagram.signs.glyphs import glyph

_PARTING = " · "
_PRICE_SIZE = 13.0
_ICON = 40.0  # the machine's glyph and the room after it


def machine_frame(machine: VpsBox, box: Box) -> Element:
    """Draws a machine's ground; its words come later, above the lines."""
    gone = "5 4" if machine.fate is Fate.REMOVED else ""
    ground = rect(box.x, box.y, box.width, box.height, fill="host", stroke="hostline", radius=14, line=1.4, dash=gone)
    fate = "" if machine.fate is Fate.SAME else machine.fate.value
    return group([ground], kind="host", title=machine.title, host=machine.name, fate=fate)


def machine_words(machine: VpsBox, box: Box, lines: Sequence[tuple[Point, ...]]) -> Element:
    """Writes name and system at the left, address and price at the right, capacity at the foot; all clear of the lines."""
    band = machine_band(box)
    at = _header(machine, band, free_stretches(band, lines))
    parts = [*_grounds(machine, band, at), *_name(machine, band, at.name), *_price(machine, band, at)]
    return group([*parts, *_bars(machine.bars, box, lines), *fate_mark(machine.fate, box.x + 4, box.y + 4)])


def machine_strip(machine: VpsBox, at: Box) -> Element:
    """Writes a machine's facts and capacity above its picture, where no line comes."""
    right = at.x + at.width
    room = at.width - _price_width(machine, beside=True) - 16
    detail = fit(machine.detail, room, sizes_from(12))
    parts = [text(at.x, at.y + 18.6, detail.text, detail.size, fill="ink2")] if machine.detail else []
    parts += _price(machine, at, _Header((at.x, right), right, beside=True))
    return group([*parts, *_bar_row(machine.bars, Box(at.x, at.y + 40, at.width, 25), [])])


@frozen
class _Header:
    """Where a machine's name stands and its price ends; ``is_crossed``: lines run there, below grounds of their own."""

    name: Stretch
    price_end: float
    beside: bool
    is_crossed: bool = False


def _header(machine: VpsBox, band: Box, free: Sequence[Stretch]) -> _Header:
    """Keeps clear of the lines; where that would cut the name or what is said below it, stands as if there were none."""
    whole = [(band.x, band.x + band.width)]
    clear = _clear(machine, free or whole)
    if free == whole or (free and _says_all(machine, _length(clear.name) - _ICON)):
        return clear
    return replace(_clear(machine, whole), is_crossed=True)


def _clear(machine: VpsBox, free: Sequence[Stretch]) -> _Header:
    """The price takes the stretch farthest right that holds it, the name the one farthest left that holds it."""
    below, beside = _price_width(machine, beside=False), _price_width(machine, beside=True)
    price = next((s for s in reversed(free) if _length(s) >= below), max(free, key=_length))
    needed = _ICON + max(widest(machine.title, 16, 600), widest(machine.detail, 12))
    for width, is_beside in ((beside, True), (below, False)):
        rooms = [(start, end - width - 16) if (start, end) == price else (start, end) for start, end in free]
        roomy = [room for room in rooms if _length(room) >= needed]
        if roomy and _length(price) >= width:
            return _Header(roomy[0], price[1], is_beside)
    return _Header(max(rooms, key=_length), price[1], beside=False)


def _length(stretch: Stretch) -> float:
    return stretch[1] - stretch[0]


def _says_all(machine: VpsBox, width: float) -> bool:
    return not any(line.is_cut for line in (_title(machine, width), *_details(machine.detail, width)))


def _title(machine: VpsBox, width: float) -> Fitted:
    return fit(machine.title, width, sizes_from(16, 12.5), 600)


def _grounds(machine: VpsBox, band: Box, at: _Header) -> Iterator[Element]:
    """What keeps lines away from the words of a header that they cross, no larger than these."""
    if not at.is_crossed:
        return
    x, width = at.name[0], _length(at.name) - _ICON
    title = _title(machine, width)
    yield _ground(x, band.y, _ICON + widest(title.text, title.size, 600), 34)
    for place, detail in enumerate(_details(machine.detail, width)):
        yield _ground(x + _ICON, band.y + 20 + 15 * place, widest(detail.text, detail.size), 17)
    if machine.ip:
        address, base = _address(machine, band, at)
        yield _ground(address - widest(machine.ip, 12), base - 13, widest(machine.ip, 12), 17)


def _ground(x: float, y: float, width: float, height: float) -> Element:
    return rect(x - 4, y, width + 8, height, fill="host", radius=5)


def _name(machine: VpsBox, band: Box, room: Stretch) -> Iterator[Element]:
    x, width = room[0] + _ICON, _length(room) - _ICON
    title = _title(machine, width)
    yield glyph("server", room[0] + 2, band.y + 3, 28)
    yield text(x, band.y + (15 if machine.detail else 22), title.text, title.size, weight=600)
    for place, detail in enumerate(_details(machine.detail, width)):
        yield text(x, band.y + 33 + 15 * place, detail.text, detail.size, fill="ink2")


def _details(said: str, width: float) -> Iterator[Fitted]:
    """What is said of a machine, on one line, or where that would cut it, its last part on a second."""
    one = fit(said, width, sizes_from(12))
    first, parted, last = said.rpartition(_PARTING)
    if one.is_cut and parted:
        yield from (fit(part, width, sizes_from(12)) for part in (first, last))
    elif said:
        yield one


def _price_width(machine: VpsBox, *, beside: bool) -> float:
    """The width of address and price, beside each other or one under the other."""
    price, address = _cost_width(machine), widest(machine.ip, 12) if machine.ip else 0.0
    return price + (12 if price and address else 0) + address if beside else max(price, address)


def _cost_width(machine: VpsBox) -> float:
    return widest(machine.cost, _PRICE_SIZE, 600) + 22 if machine.cost else 0.0


def _price(machine: VpsBox, band: Box, at: _Header) -> Iterator[Element]:
    if machine.cost:
        width = _cost_width(machine)
        yield rect(at.price_end - width, band.y, width, 28, fill="ink", radius=8)
        middle = at.price_end - width / 2
        yield text(middle, band.y + 18.6, machine.cost, _PRICE_SIZE, weight=600, fill="page", anchor="middle")
    if machine.ip:
        yield text(*_address(machine, band, at), machine.ip, 12, fill="ink2", anchor="end")


def _address(machine: VpsBox, band: Box, at: _Header) -> Point:
    """Where the address ends, and its base line: before the price, or below it."""
    if not machine.cost:
        return at.price_end, band.y + 18.6
    return (at.price_end - _cost_width(machine) - 12, band.y + 18.6) if at.beside else (at.price_end, band.y + 43)


def _bars(bars: Sequence[Bar], box: Box, lines: Sequence[tuple[Point, ...]]) -> Iterator[Element]:
    """The capacities at a machine's foot."""
    foot = Box(box.x + HOST_MARGIN, box.y + box.height - FOOT + 6, box.width - 2 * HOST_MARGIN, 25)
    return _bar_row(bars, foot, lines)


def _bar_row(bars: Sequence[Bar], at: Box, lines: Sequence[tuple[Point, ...]]) -> Iterator[Element]:
    """The capacities side by side, equally wide unless one needs more than its share."""
    inner = at.width - BAR_GAP * (len(bars) - 1)
    needs = [bar_width(bar) for bar in bars]
    share = inner / max(len(bars), 1)
    spare = (inner - sum(needs)) / max(len(bars), 1)
    x = at.x
    for bar, need in zip(bars, needs, strict=True):
        width = share if max(needs) <= share else need + spare
        yield from _bar(bar, Box(x, at.y, width, at.height), lines)
        x += width + BAR_GAP


def _bar(bar: Bar, at: Box, lines: Sequence[tuple[Point, ...]]) -> Iterator[Element]:
    """One capacity: what it is, how much of it, and the bar; on a ground of its own where a line crosses it."""
    right, base = at.x + at.width, at.y + 11
    grave = bar.colour != "ink2"
    if any(runs_over(along(line), at) for line in lines):
        around = grown(at, 3)
        yield rect(around.x, around.y, around.width, around.height, fill="host", radius=5)
    yield text(at.x, base, bar.label, BAR_SIZE, fill="ink2")
    yield text(right, base, bar.value, BAR_SIZE, weight=600, fill=bar.colour if grave else "ink", anchor="end")
    if grave:
        yield glyph("warning", right - widest(bar.value, BAR_SIZE, 600) - 17, at.y, 13, bar.colour)
    yield rect(at.x, at.y + 18, at.width, 7, fill="cardline", radius=3.5)
    if bar.share > 0:
        yield rect(at.x, at.y + 18, max(7.0, at.width * bar.share), 7, fill=bar.colour, radius=3.5)
