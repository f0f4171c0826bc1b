"""A fleet, drawn: machines with their price and capacity, arrows as thick as their calls are many."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kmtopo.plugin import Box, Graph, Layout
from kmtopo_diagram.deployment.fleet.machines import machine
from kmtopo_diagram.deployment.fleet.picture import Convoy, Fleet
from kmtopo_diagram.deployment.fleet.reading import read
from kmtopo_diagram.deployment.fleet.sheet import WIDEST, FleetSheet, fleet_sheet
from kmtopo_diagram.deployment.frames import pill_frame
from kmtopo_diagram.deployment.legend import strains
from kmtopo_diagram.ink.svg import Drawing, Element, group, number, path, rect, text
from kmtopo_diagram.ink.theme import HUES, hue
from kmtopo_diagram.layout.geometry import shortened
from kmtopo_diagram.signs.headings import MARGIN, heading
from kmtopo_diagram.signs.legends import Entry, laid_out
from kmtopo_diagram.signs.marks import network_mark
from kmtopo_diagram.signs.strokes import DASH, HALO, HEAD, curve, head
from kmtopo_diagram.subject.words import Meaning

_ATTEMPTS = (8, 6, 4, 3, 2, 1)  # machines at most, until the picture is narrow enough
_THIN = 1.4
_PER_CALL = 0.35
_MOST_CALLS = 6


def fleet(graph: Graph, layout: Layout) -> Drawing | None:
    """Draws all machines of one environment; None where the engine lays out nothing.

    Where that is wider than a page, machines that stand alike are drawn as one.
    """
    tried: dict[tuple[str, ...], FleetSheet | None] = {}
    for most in _ATTEMPTS:
        shown = read(graph, most)
        heads = tuple(ship.name for ship in shown.ships)
        if heads in tried:
            continue
        tried[heads] = sheet = fleet_sheet(shown, layout)
        if sheet is not None and sheet.width <= WIDEST:
            return drawn(sheet)
    found = list(filter(None, tried.values()))
    return drawn(min(found, key=lambda sheet: sheet.width)) if found else None


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
            *(machine(ship, sheet.boxes[ship.name]) for ship in shown.ships),
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
            "from": _names(convoy.source, sheet.fleet),
            "to": _names(convoy.target, sheet.fleet),
            "net": convoy.network,
            "optional": "true" if convoy.optional else "",
            "calls": str(convoy.calls),
        },
    )


def _names(end: str, shown: Fleet) -> str:
    """Who is at one end: each machine of those that are drawn as one."""
    return " ".join(next((ship.names for ship in shown.ships if ship.name == end), (end.removeprefix("@"),)))


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


def _legend(shown: Fleet) -> Iterator[Entry]:
    words = shown.words
    for index, title in shown.networks[:HUES]:
        yield Entry(10, partial(_network, index), Meaning(title, title))
    if shown.convoys:
        yield Entry(28, _merged, words.legend_merged)
    if any(convoy.optional for convoy in shown.convoys):
        yield Entry(28, partial(_merged, dash=DASH), words.legend_optional)
    bars = [bar for ship in shown.ships for bar in (*ship.bars, *(bar for berth in ship.berths for bar in berth.bars))]
    if bars:
        yield Entry(28, _filled, words.legend_bar)
    yield from strains(bars, words)


def _network(index: int, x: float, y: float) -> Iterator[Element]:
    return network_mark(index, x, y - 5)


def _merged(x: float, y: float, dash: str = "") -> Iterator[Element]:
    yield path(f"M{number(x)} {number(y)}H{number(x + 20)}", stroke="edge", line=_width(4), dash=dash)
    yield head((x + 28, y), (1, 0), "edge", HEAD + 2)


def _filled(x: float, y: float) -> Iterator[Element]:
    yield rect(x, y - 3.5, 28, 7, fill="cardline", radius=3.5)
    yield rect(x, y - 3.5, 18, 7, fill="ink2", radius=3.5)
