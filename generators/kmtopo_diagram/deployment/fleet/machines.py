"""A machine of a fleet, drawn; or several that stand alike, as one frame with a line for each."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Box
from kmtopo_diagram.deployment.fleet.picture import Berth, Ship
from kmtopo_diagram.deployment.picture import Bar
from kmtopo_diagram.ink.metrics import fit, sizes_from, widest
from kmtopo_diagram.ink.svg import Element, group, rect, text
from kmtopo_diagram.signs.glyphs import glyph
from kmtopo_diagram.signs.marks import network_mark

WIDTH = 292.0
_WIDE = 436.0  # with a line for each of several
_HEAD = 58.0
_BAR = 20.0
_LINE = 22.0
_PAD = 14.0
_GLYPH = 26.0
_BAR_LABEL = 76.0
_PERCENT = 58.0
_TAP = 14.0
_MOST_TAPS = 6
_BEHIND = 4.0  # px by which the frame behind another looks out
_NAME = 124.0  # of a berth, before its bars
_APART = 16.0  # between two of its bars
_SHARE = 53.0  # the per cent behind a short bar, and a sign before it


def ship_size(ship: Ship, bars: int) -> tuple[float, float]:
    """Returns a machine's width and height, where the fleet's machines have at most so many bars."""
    if ship.berths:
        height = _HEAD + _BAR * any(berth.bars for berth in ship.berths) + _LINE * len(ship.berths) + 6
        return _WIDE + _BEHIND, height + _BEHIND
    return WIDTH, _HEAD + _BAR * max(bars, 1) + 2


def machine(ship: Ship, box: Box) -> Element:
    """Draws a machine: its name and price, how many containers, its networks and how much of it is spoken for."""
    grounds = _grounds(ship, box)
    box = grounds[-1]
    right = box.x + box.width - _PAD
    price = widest(ship.cost, 11.5, 600) + 14 if ship.cost else 0.0
    x = box.x + _PAD + _GLYPH + 8
    title = fit(ship.title, right - price - 8 - x, sizes_from(14.5), 600)
    taps = min(len(ship.taps), _MOST_TAPS)
    detail = fit(ship.detail, right - x - taps * _TAP - 4, sizes_from(11.5))
    parts = [
        *(_frame(ground) for ground in grounds),
        glyph("server", box.x + _PAD - 2, box.y + 12, _GLYPH),
        text(x, box.y + 24, title.text, title.size, weight=600),
        text(x, box.y + 42, detail.text, detail.size, fill="ink2"),
        *_price(ship.cost, right + 4, price, box.y + 9),
        *_taps(ship, right + 2, box.y + 33),
        *(part for place, bar in enumerate(ship.bars) for part in _bar(bar, box, box.y + _HEAD + 8 + _BAR * place)),
        *_berths(ship, box),
    ]
    calls = str(ship.inner_calls) if ship.inner_calls else ""
    names = " ".join(ship.names)
    return group(parts, kind="host", title=f"{ship.title} · {ship.detail}", host=names, node=ship.name, calls=calls)


def _grounds(ship: Ship, box: Box) -> tuple[Box, ...]:
    """One frame; of several machines two, of which the first looks out behind the other."""
    if not ship.berths:
        return (box,)
    width, height = box.width - _BEHIND, box.height - _BEHIND
    return Box(box.x + _BEHIND, box.y, width, height), Box(box.x, box.y + _BEHIND, width, height)


def _frame(ground: Box) -> Element:
    return rect(ground.x, ground.y, ground.width, ground.height, fill="host", stroke="hostline", radius=12, line=1.4)


def _price(cost: str, right: float, width: float, y: float) -> Iterator[Element]:
    if cost:
        yield rect(right - width, y, width, 20, fill="ink", radius=6)
        yield text(right - width / 2, y + 14, cost, 11.5, weight=600, fill="page", anchor="middle")


def _taps(ship: Ship, right: float, y: float) -> Iterator[Element]:
    shown = ship.taps[:_MOST_TAPS]
    for place, index in enumerate(shown):
        yield from network_mark(index, right - _TAP * (len(shown) - place) + 2, y)


def _bar(bar: Bar, box: Box, middle: float) -> Iterator[Element]:
    """One capacity: what it is, the bar, and the per cent, with a sign where it is tight."""
    left, right = box.x + _PAD + _BAR_LABEL, box.x + box.width - _PAD - _PERCENT
    label = fit(bar.short, _BAR_LABEL - 4, sizes_from(11))
    yield text(box.x + _PAD, middle + 4, label.text, label.size, fill="ink2")
    yield from _filled(bar, left, right, middle)
    yield from _per_cent(bar, right + 5, box.x + box.width - _PAD, middle)


def _filled(bar: Bar, left: float, right: float, middle: float) -> Iterator[Element]:
    yield rect(left, middle - 3.5, right - left, 7, fill="cardline", radius=3.5)
    if bar.share > 0:
        yield rect(left, middle - 3.5, max(7.0, (right - left) * bar.share), 7, fill=bar.colour, radius=3.5)


def _per_cent(bar: Bar, sign: float, end: float, middle: float) -> Iterator[Element]:
    grave = bar.colour != "ink2"
    yield text(end, middle + 4, bar.percent, 11, weight=600, fill=bar.colour if grave else "ink", anchor="end")
    if grave:
        yield glyph("warning", sign, middle - 7, 13, bar.colour)


def _berths(ship: Ship, box: Box) -> Iterator[Element]:
    """A line for each of several machines: its name, and its capacities one beside the other under their names."""
    labels = tuple(dict.fromkeys(bar.short for berth in ship.berths for bar in berth.bars))
    step = (box.width - 2 * _PAD - _NAME) / max(len(labels), 1)
    lefts = {label: box.x + _PAD + _NAME + step * place for place, label in enumerate(labels)}
    for label, left in lefts.items():
        said = fit(label, step - _APART, sizes_from(11))
        yield text(left + _APART, box.y + _HEAD + 8, said.text, said.size, fill="ink2")
    top = box.y + _HEAD + _BAR * bool(labels)
    for place, berth in enumerate(ship.berths):
        yield _berth(berth, box.x + _PAD, top + _LINE * place + 7, lefts, step)


def _berth(berth: Berth, x: float, middle: float, lefts: dict[str, float], step: float) -> Element:
    title = fit(berth.title, _NAME - 6, sizes_from(12))
    parts = [text(x, middle + 4, title.text, title.size)]
    for bar in berth.bars:
        left, end = lefts[bar.short] + _APART, lefts[bar.short] + step
        right = end - _SHARE
        parts += [*_filled(bar, left, right, middle), *_per_cent(bar, right + 3, end, middle)]
    tip = f"{berth.title} · {berth.detail}"
    return group(parts, kind="berth", title=tip, host=" ".join(berth.names))
