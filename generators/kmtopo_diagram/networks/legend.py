"""The legend of a picture of the networks: every mark that it uses, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kmtopo_diagram.ink.svg import Element, number, path, rect
from kmtopo_diagram.networks.grid import PILL, Grid
from kmtopo_diagram.networks.lanes import dot
from kmtopo_diagram.signs.badges import badge_width, port_badge
from kmtopo_diagram.signs.glyphs import glyph
from kmtopo_diagram.signs.legends import Entry
from kmtopo_diagram.signs.strokes import DASH, LINE, head

LIFELINE = "2 4"
AWAY = "3 2.5"


def entries(grid: Grid) -> Iterator[Entry]:
    """Returns what the legend explains."""
    words, bands = grid.picture.words, [strip.band for strip in grid.strips]
    away = {column.name for column in grid.picture.columns if column.is_away}
    present = {name for band in bands for name in band.present()}
    lanes = [lane for band in bands for lane in band.lanes]
    if present - away:
        yield Entry(PILL, _pill, words.legend_attached)
    if present & away:
        yield Entry(PILL, partial(_pill, dash=AWAY), words.legend_away)
    if any(absent(grid, name) for name in present):
        yield Entry(24, _lifeline, words.legend_absent)
    port = next((lane.port for lane in lanes if lane.port), "")
    if port:
        yield Entry(31 + badge_width(port), partial(_call, port), words.legend_call)
    if any(client.optional for lane in lanes for client in lane.clients):
        yield Entry(30, _optional, words.legend_optional)
    if any(band.is_internal for band in bands):
        yield Entry(14, _lock, words.legend_no_exit)


def absent(grid: Grid, name: str) -> bool:
    """Whether a column's lifeline crosses a band to which it is not attached."""
    last = grid.last(name)
    return (
        any(strip.box.y < last.box.y and name not in strip.band.present() for strip in grid.strips) if last else False
    )


def _pill(x: float, y: float, dash: str = "") -> Iterator[Element]:
    yield rect(x, y - 10, PILL, 20, fill="card", stroke="edge", radius=PILL / 2, line=1.6, dash=dash)


def _lifeline(x: float, y: float) -> Iterator[Element]:
    yield path(f"M{number(x)} {number(y)}H{number(x + 24)}", stroke="form", line=1.4, dash=LIFELINE)


def _call(port: str, x: float, y: float) -> Iterator[Element]:
    yield path(f"M{number(x + 4)} {number(y)}H{number(x + 22)}", stroke="edge", line=LINE)
    yield head((x + 30, y), (1, 0), "edge")
    yield from dot(x + 4, y, "edge", optional=False)
    yield from port_badge(port, x + 31 + badge_width(port) / 2, y - 0.5)


def _optional(x: float, y: float) -> Iterator[Element]:
    yield path(f"M{number(x + 8)} {number(y)}H{number(x + 30)}", stroke="edge", line=LINE, dash=DASH)
    yield from dot(x + 4, y, "edge", optional=True)


def _lock(x: float, y: float) -> Iterator[Element]:
    yield glyph("lock", x, y - 7, 14, "ink2")
