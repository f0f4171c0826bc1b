"""A fleet, drawn: machines with their price and capacity, arrows as thick as their calls are many."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kmtopo.plugin import Box, Graph, Layout
from kmtopo_diagram.deployment.fleet.picture import Convoy, Fleet, Ship
from kmtopo_diagram.deployment.fleet.reading import read
from kmtopo_diagram.deployment.fleet.sheet import FleetSheet, fleet_sheet
from kmtopo_diagram.deployment.frames import pill_frame
from kmtopo_diagram.deployment.picture import Bar
from kmtopo_diagram.ink.metrics import fit, sizes_from, widest
from kmtopo_diagram.ink.svg import Drawing, Element, group, number, path, rect, text
from kmtopo_diagram.ink.theme import HUES, hue
from kmtopo_diagram.layout.geometry import shortened
from kmtopo_diagram.signs.glyphs import glyph
from kmtopo_diagram.signs.headings import MARGIN, heading
from kmtopo_diagram.signs.legends import Entry, laid_out
from kmtopo_diagram.signs.marks import network_mark
from kmtopo_diagram.signs.strokes import DASH, HALO, HEAD, curve, head
from kmtopo_diagram.subject.words import Meaning

_THIN = 1.4
_PER_CALL = 0.35
_MOST_CALLS = 6
_PAD = 14.0
_GLYPH = 26.0
_BAR_LABEL = 76.0
_PERCENT = 58.0
_TAP = 14.0
_MOST_TAPS = 6


def fleet(graph: Graph, layout: Layout) -> Drawing | None:
    """Draws all machines of one environment; None where the engine lays out nothing."""
    sheet = fleet_sheet(read(graph), layout)
    return None if sheet is None else drawn(sheet)


def drawn(sheet: FleetSheet) -> Drawing:
    """Draws a sheet, from back to front."""
    shown = sheet.fleet
    foot, height = laid_out(list(_legend(shown)), MARGIN, sheet.height + 22, sheet.width - 2 * MARGIN)
    return Drawing(
        name=shown.name,
        width=sheet.width,
        height=sheet.height + 22 + height,
        language=shown.words.language,
        title=f"{shown.project} · {shown.title}",
        description=shown.description,
        elements=(
            *heading(shown.title, shown.subtitle, sheet.width),
            *(line for convoy in shown.convoys for line in _line(convoy, sheet)),
            *(_ship(ship, sheet.boxes[ship.name]) for ship in shown.ships),
            *(pill_frame(pill, sheet.boxes[pill.name]) for pill in shown.outside),
            *([pill_frame(shown.origin, sheet.boxes[shown.origin.name])] if shown.origin else []),
            *(_label(convoy, sheet.labels[convoy.key]) for convoy in shown.convoys if convoy.key in sheet.labels),
            foot,
        ),
    )


def _paint(convoy: Convoy) -> str:
    return "edge" if convoy.index is None else hue(convoy.index)


def _width(calls: int) -> float:
    return _THIN + _PER_CALL * min(calls, _MOST_CALLS)


def _line(convoy: Convoy, sheet: FleetSheet) -> Iterator[Element]:
    points, paint = sheet.lines[convoy.key], _paint(convoy)
    size = HEAD + min(convoy.calls, _MOST_CALLS) / 2
    cut, direction = shortened(points, size * 0.7)
    dash = DASH if convoy.optional else ""
    yield group([path(curve(points), stroke="page", line=HALO + 1)], kind="halo")
    yield group(
        [
            path(curve(cut), stroke=paint, line=_width(convoy.calls), dash=dash),
            head(points[-1], direction, paint, size),
        ],
        kind="edge" if convoy.network else "way",
        title=convoy.tip,
        **{
            "from": convoy.source.removeprefix("@"),
            "to": convoy.target.removeprefix("@"),
            "net": convoy.network,
            "optional": "true" if convoy.optional else "",
            "calls": str(convoy.calls),
        },
    )


def _label(convoy: Convoy, box: Box) -> Element:
    paint, middle = _paint(convoy), box.x + box.width / 2
    return group(
        [
            rect(box.x, box.y, box.width, box.height, fill="card", stroke=paint, radius=6, line=1.1),
            text(middle, box.y + 14, convoy.label, 11.5, weight=600, fill=paint, anchor="middle"),
        ],
        kind="label",
        **{"from": convoy.source.removeprefix("@"), "to": convoy.target.removeprefix("@")},
    )


def _ship(ship: Ship, box: Box) -> Element:
    """A machine: its name and price, how many containers, its networks and how much of it is spoken for."""
    right = box.x + box.width - _PAD
    price = widest(ship.cost, 11.5, 600) + 14 if ship.cost else 0.0
    x = box.x + _PAD + _GLYPH + 8
    title = fit(ship.title, right - price - 8 - x, sizes_from(14.5), 600)
    taps = min(len(ship.taps), _MOST_TAPS)
    detail = fit(ship.detail, right - x - taps * _TAP - 4, sizes_from(11.5))
    parts = [
        rect(box.x, box.y, box.width, box.height, fill="host", stroke="hostline", radius=12, line=1.4),
        glyph("server", box.x + _PAD - 2, box.y + 12, _GLYPH),
        text(x, box.y + 24, title.text, title.size, weight=600),
        text(x, box.y + 42, detail.text, detail.size, fill="ink2"),
        *_price(ship.cost, right + 4, price, box.y + 9),
        *_taps(ship, right + 2, box.y + 33),
        *(part for place, bar in enumerate(ship.bars) for part in _bar(bar, box, box.y + 66 + 20 * place)),
    ]
    return group(parts, kind="host", title=f"{ship.title} · {ship.detail}", host=ship.name, node=ship.name)


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
    grave = bar.colour != "ink2"
    left, right = box.x + _PAD + _BAR_LABEL, box.x + box.width - _PAD - _PERCENT
    label = fit(bar.short, _BAR_LABEL - 4, sizes_from(11))
    yield text(box.x + _PAD, middle + 4, label.text, label.size, fill="ink2")
    yield rect(left, middle - 3.5, right - left, 7, fill="cardline", radius=3.5)
    if bar.share > 0:
        yield rect(left, middle - 3.5, max(7.0, (right - left) * bar.share), 7, fill=bar.colour, radius=3.5)
    end = box.x + box.width - _PAD
    yield text(end, middle + 4, bar.percent, 11, weight=600, fill=bar.colour if grave else "ink", anchor="end")
    if grave:
        yield glyph("warning", right + 5, middle - 7, 13, bar.colour)


def _legend(shown: Fleet) -> Iterator[Entry]:
    words = shown.words
    for index, title in shown.networks[:HUES]:
        yield Entry(10, partial(_network, index), Meaning(title, title))
    if shown.convoys:
        yield Entry(28, _merged, words.legend_merged)
    if any(convoy.optional for convoy in shown.convoys):
        yield Entry(28, partial(_merged, dash=DASH), words.legend_optional)
    if any(ship.bars for ship in shown.ships):
        yield Entry(28, _filled, words.legend_bar)
    states = {bar.colour for ship in shown.ships for bar in ship.bars}
    for colour, meaning in (("warn", words.legend_tight), ("bad", words.legend_over)):
        if colour in states:
            yield Entry(14, partial(_warning, colour), meaning)


def _network(index: int, x: float, y: float) -> Iterator[Element]:
    return network_mark(index, x, y - 5)


def _merged(x: float, y: float, dash: str = "") -> Iterator[Element]:
    yield path(f"M{number(x)} {number(y)}H{number(x + 20)}", stroke="edge", line=_width(4), dash=dash)
    yield head((x + 28, y), (1, 0), "edge", HEAD + 2)


def _filled(x: float, y: float) -> Iterator[Element]:
    yield rect(x, y - 3.5, 28, 7, fill="cardline", radius=3.5)
    yield rect(x, y - 3.5, 18, 7, fill="ink2", radius=3.5)


def _warning(colour: str, x: float, y: float) -> Iterator[Element]:
    yield glyph("warning", x, y - 7, 14, colour)
