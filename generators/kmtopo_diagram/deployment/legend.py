"""The legend: every mark that the picture uses, and no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from functools import partial

from kmtopo.plugin import Box
from kmtopo_diagram.deployment.cards import local_tab, local_width
from kmtopo_diagram.deployment.chips import chip_mark, chip_width
from kmtopo_diagram.deployment.picture import Bar, Card, Chip
from kmtopo_diagram.deployment.sheet import Sheet
from kmtopo_diagram.ink.svg import Element, number, path, rect
from kmtopo_diagram.ink.theme import HUES
from kmtopo_diagram.signs.badges import badge_width, port_badge
from kmtopo_diagram.signs.forms import ELSEWHERE_DASH, Shape, cylinder, ticket
from kmtopo_diagram.signs.glyphs import glyph
from kmtopo_diagram.signs.legends import Entry, laid_out
from kmtopo_diagram.signs.marks import disc, network_mark
from kmtopo_diagram.signs.strokes import DASH, JOINT, LINE, head
from kmtopo_diagram.subject.words import Meaning, Words


def legend(sheet: Sheet, x: float, y: float, width: float) -> tuple[Element, float]:
    """Draws the legend of a sheet; also returns its height."""
    return laid_out(list(entries_of(sheet)), x, y, width)


def entries_of(sheet: Sheet) -> Iterator[Entry]:
    """Returns what is to be explained of a sheet."""
    cards = list(sheet.picture.cards())
    words = sheet.picture.words
    taps = sorted({tap for card in cards for tap in card.taps})[:HUES]
    if taps:
        yield Entry(13.0 * len(taps) - 3, partial(_taps, taps), words.legend_taps)
    for index, title in sheet.picture.unhoused:
        yield Entry(10, partial(_taps, [index]), Meaning(title, title))
    yield from _line_entries(sheet, words)
    yield from _port_entries(cards, words)
    yield from _forms({card.shape for card in cards}, words)
    glyphs = {chip.glyph for card in cards for chip in card.chips}
    for name, meaning in (("disk", words.legend_volume), ("code", words.legend_code)):
        if name in glyphs:
            yield Entry(chip_width(Chip(glyph=name)), partial(_chip, name), meaning)
    yield from strains([bar for machine in sheet.picture.machines for bar in machine.bars], words)


def strains(bars: Sequence[Bar], words: Words) -> Iterator[Entry]:
    """Explains the signs of capacities that are tight, shared out among limits that add up to more, or too small."""
    found = {(bar.colour, bar.share == 1) for bar in bars}
    for colour, states, meaning in (
        ("warn", {("warn", False)}, words.legend_tight),
        ("warn", {("warn", True)}, words.legend_spread),
        ("bad", {("bad", False), ("bad", True)}, words.legend_over),
    ):
        if found & states:
            yield Entry(14, partial(_warning, colour), meaning)


def _line_entries(sheet: Sheet, words: Words) -> Iterator[Entry]:
    if sheet.picture.arrows or sheet.picture.gates:
        yield Entry(28, _call, words.legend_call)
    if any(arrow.optional for arrow in sheet.picture.arrows):
        yield Entry(28, partial(_call, dash=DASH), words.legend_optional)
    if sheet.arrangement.bundles:
        yield Entry(28, _joined, words.legend_joint)


def _port_entries(cards: Sequence[Card], words: Words) -> Iterator[Entry]:
    port = next((card.badge for card in cards if card.badge), "")
    if port:
        yield Entry(badge_width(port), partial(_port, port), words.legend_port)
    if any(card.is_local for card in cards):
        yield Entry(local_width("") + 5, _local, words.legend_loopback)


def _forms(shapes: Set[Shape], words: Words) -> Iterator[Entry]:
    if Shape.ENTRY in shapes:
        yield Entry(24, partial(_plain, stroke="ink", line=1.8), words.legend_entry)
    if Shape.WORKER in shapes:
        yield Entry(26, _stack, words.legend_worker)
    if Shape.JOB in shapes:
        yield Entry(24, lambda x, y: iter([ticket(Box(x, y - 7.5, 24, 15), cut=7, radius=3)]), words.legend_job)
    if Shape.ELSEWHERE in shapes:
        yield Entry(24, partial(_plain, stroke="form", dash=ELSEWHERE_DASH), words.legend_elsewhere)
    if Shape.STORE in shapes:
        yield Entry(22, lambda x, y: cylinder(Box(x, y - 9, 22, 18), curve=3), words.legend_store)


def _taps(taps: Sequence[int], x: float, y: float) -> Iterator[Element]:
    for place, index in enumerate(taps):
        yield from network_mark(index, x + 13 * place, y - 5)


def _call(x: float, y: float, dash: str = "") -> Iterator[Element]:
    yield path(f"M{number(x)} {number(y)}H{number(x + 22)}", stroke="edge", line=LINE, dash=dash)
    yield head((x + 28, y), (1, 0), "edge")


def _joined(x: float, y: float) -> Iterator[Element]:
    yield path(
        f"M{number(x)} {number(y - 5)}L{number(x + 14)} {number(y)}L{number(x)} {number(y + 5)}",
        stroke="edge",
        line=LINE,
    )
    yield path(f"M{number(x + 14)} {number(y)}H{number(x + 22)}", stroke="edge", line=LINE)
    yield disc(x + 14, y, JOINT, "edge")
    yield head((x + 28, y), (1, 0), "edge")


def _warning(colour: str, x: float, y: float) -> Iterator[Element]:
    yield glyph("warning", x, y - 7, 14, colour)


def _port(label: str, x: float, y: float) -> Iterator[Element]:
    return port_badge(label, x + badge_width(label) / 2, y - 0.5)


def _local(x: float, y: float) -> Iterator[Element]:
    return local_tab("", x + 5, y - 0.5)


def _plain(x: float, y: float, stroke: str = "cardline", line: float = 1.2, dash: str = "") -> Iterator[Element]:
    yield rect(x, y - 7.5, 24, 15, fill="card", stroke=stroke, radius=4, line=line, dash=dash)


def _stack(x: float, y: float) -> Iterator[Element]:
    yield rect(x + 3, y - 8.5, 22, 14, fill="card", stroke="form", radius=3, line=1.2)
    yield rect(x, y - 5.5, 22, 14, fill="card", stroke="form", radius=3, line=1.2)


def _chip(name: str, x: float, y: float) -> Iterator[Element]:
    yield chip_mark(Chip(glyph=name), x, y - 9)
