"""The legend of the failures view: every mark that a sheet uses, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kmtopo_diagram.failures.grid import tag_width
from kmtopo_diagram.failures.sheet import Sheet
from kmtopo_diagram.failures.strands import LOUD_LINE, QUIET_LINE
from kmtopo_diagram.failures.table import weak_tag
from kmtopo_diagram.ink.svg import Element, number, path
from kmtopo_diagram.layout.bundling import bundles
from kmtopo_diagram.signs.legends import Entry
from kmtopo_diagram.signs.marks import disc
from kmtopo_diagram.signs.states import State, state_mark
from kmtopo_diagram.signs.strokes import DASH, JOINT, head


def entries_of(sheet: Sheet) -> Iterator[Entry]:
    """Returns what is to be explained, states first."""
    words = sheet.words
    used = {state for row in sheet.rows for state in (*row.states.values(), *_of_tenants(row.tenants))}
    meanings = {State.DOWN: words.down, State.DEGRADED: words.degraded, State.CUT_OFF: words.cut_off}
    for state, meaning in meanings.items():
        if state in used:
            yield Entry(16, partial(_state, state), meaning)
    if sheet.columns:
        yield Entry(6, partial(_state, State.UP), words.up)
    arrows = sheet.story.arrows if sheet.story else ()
    if any(not arrow.optional for arrow in arrows):
        yield Entry(28, _call, words.needs)
    if any(arrow.optional for arrow in arrows):
        yield Entry(28, partial(_call, dash=DASH), words.helps)
    gravities = {arrow.gravity for arrow in arrows}
    for gravity, meaning in (("bad", words.stops), ("warn", words.degrades)):
        if gravity in gravities:
            yield Entry(28, partial(_call, paint=gravity, line=LOUD_LINE), meaning)
    if sheet.story and any(bundles(arrows, sheet.story.levels)):
        yield Entry(28, _joined, words.joint)
    if any(row.weak for row in sheet.rows):
        yield Entry(tag_width(words), partial(weak_tag, words), words.weak_point)


def _of_tenants(tenants: object) -> Iterator[State]:
    assert isinstance(tenants, dict)
    yield from (state for state, count in tenants.items() if count)


def _state(state: State, x: float, y: float) -> Iterator[Element]:
    yield from state_mark(state, x + (8 if state is not State.UP else 3), y)


def _call(x: float, y: float, dash: str = "", paint: str = "edge", line: float = QUIET_LINE) -> Iterator[Element]:
    yield path(f"M{number(x)} {number(y)}H{number(x + 22)}", stroke=paint, line=line, dash=dash)
    yield head((x + 28, y), (1, 0), paint)


def _joined(x: float, y: float) -> Iterator[Element]:
    yield path(
        f"M{number(x)} {number(y - 5)}L{number(x + 14)} {number(y)}L{number(x)} {number(y + 5)}",
        stroke="edge",
        line=QUIET_LINE,
    )
    yield path(f"M{number(x + 14)} {number(y)}H{number(x + 22)}", stroke="edge", line=QUIET_LINE)
    yield disc(x + 14, y, JOINT, "edge")
    yield head((x + 28, y), (1, 0), "edge")
