"""The table of all scenarios: a matrix where the containers fit beside each other, else who is touched in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from kmtopo.plugin import Box
from kmtopo_diagram.failures.grid import BROKEN_LABEL, TAG_SIZE, column_widths, count_width, heading, tag_width
from kmtopo_diagram.failures.listing import DETAIL_SIZE, listed_height, listed_states, named
from kmtopo_diagram.failures.picture import Column, Row
from kmtopo_diagram.failures.rows import numbers
from kmtopo_diagram.failures.sheet import Sheet
from kmtopo_diagram.failures.sizes import COUNT_SIZE, HEAD, LABEL_ICON, LABEL_SIZE, ROW_HEIGHT, ROW_STEP, SMALL_MARK
from kmtopo_diagram.failures.words import FailureWords
from kmtopo_diagram.ink.metrics import Fitted, fit, sizes_from
from kmtopo_diagram.ink.svg import Element, group, rect, text
from kmtopo_diagram.ink.wrapping import title_lines
from kmtopo_diagram.signs.glyphs import glyph
from kmtopo_diagram.signs.states import State, state_mark

_PAD = 10.0
_TO_TAG = 6.0
_ICON = 18.0


def table(sheet: Sheet, x: float, y: float, width: float) -> tuple[list[Element], float]:
    """Draws the table with its top left corner at (x, y); also returns its height."""
    cells = column_widths(sheet.columns, width - sheet.grid.fixed) if sheet.columns else ()
    edges = tuple(accumulate(cells, initial=x + sheet.grid.label))
    parts = list(_head(sheet, edges, x, y, width))
    top = y + (HEAD if cells else 20)
    for row in sheet.rows:
        height = ROW_HEIGHT if cells else listed_height(row)
        parts.append(_row(row, sheet, edges, Box(x, top, width, height)))
        top += height + (ROW_STEP - ROW_HEIGHT)
    if sheet.following:
        said = sheet.words.following.format(page=sheet.following)
        parts.append(text(x + width, top + 12, said, 11.5, fill="ink2", anchor="end"))
        top += 18
    return parts, top - y


def _head(sheet: Sheet, edges: Sequence[float], x: float, y: float, width: float) -> Iterator[Element]:
    words = sheet.words
    yield text(x, y, words.if_fails, 13, weight=600)
    yield text(edges[0], y, words.then if sheet.columns else words.then_listed, 13, weight=600)
    right = x + width - _PAD
    yield text(right, y, words.reach, COUNT_SIZE, weight=600, fill="ink2", anchor="end")
    if sheet.grid.tenants:
        yield text(right - sheet.grid.reach, y, words.tenants, COUNT_SIZE, weight=600, fill="ink2", anchor="end")
    for column, left, end in zip(sheet.columns, edges, edges[1:], strict=False):
        yield from _heading(column, (left + end) / 2, y, end - left)


def _heading(column: Column, middle: float, y: float, width: float) -> Iterator[Element]:
    lines = heading(column, width)
    first = y + (48 if len(lines) == 1 else 42)
    parts = [glyph(column.glyph, middle - 8, y + 13, 16, "ink2")]
    for place, (line, size) in enumerate(lines):
        parts.append(text(middle, first + place * 12.5, line, size, fill="ink2", anchor="middle"))
    yield group(parts, kind="column", title=column.title, column=column.name)


def _row(row: Row, sheet: Sheet, edges: Sequence[float], box: Box) -> Element:
    middle = box.y + min(box.height, ROW_HEIGHT) / 2
    parts = [
        rect(box.x, box.y, box.width, box.height, fill="host", stroke="ink" if row.drawn else "", radius=7, line=1.4),
        *_label(row, sheet, box, middle),
        *(_cells(row, sheet.columns, edges, middle) if sheet.columns else listed_states(row, sheet, edges[0], box)),
        *_counts(row, sheet, box, middle),
    ]
    data = {"scenario": " ".join(row.keys), "weak": "true" if row.weak else "", **numbers(row)}
    return group(parts, kind="scenario", title=row.tip, **data)


def _label(row: Row, sheet: Sheet, box: Box, middle: float) -> Iterator[Element]:
    yield glyph(row.glyph, box.x + _PAD, middle - _ICON / 2, _ICON)
    x, room = box.x + LABEL_ICON, sheet.grid.label - LABEL_ICON - 8
    if row.detail:
        lines: tuple[Fitted, ...] = (fit(row.title, room, sizes_from(LABEL_SIZE), 600),)
    else:
        lines = title_lines(row.title, room, LABEL_SIZE, BROKEN_LABEL)
    for place, line in enumerate(lines):
        base = middle + 4.2 + (place - (len(lines) - 1) / 2) * 13
        yield text(x, base, line.text, line.size, weight=600)
    if row.detail:
        yield text(x, middle + 18, named(row.detail, room, DETAIL_SIZE, sheet.words), DETAIL_SIZE, fill="ink2")


def _cells(row: Row, columns: Sequence[Column], edges: Sequence[float], middle: float) -> Iterator[Element]:
    for column, left, right in zip(columns, edges, edges[1:], strict=False):
        yield from state_mark(row.states.get(column.name, State.UP), (left + right) / 2, middle)


def _counts(row: Row, sheet: Sheet, box: Box, middle: float) -> Iterator[Element]:
    """At the right: whether it is a single point of failure, how many tenants notice, how far it reaches."""
    right = box.x + box.width - _PAD
    yield text(right, middle + 4.2, row.reach, COUNT_SIZE, weight=600, anchor="end")
    if sheet.grid.tenants:
        yield from _tenants(row, right - sheet.grid.reach - sheet.grid.spare, middle)
    if row.weak:
        yield from weak_tag(sheet.words, right - sheet.grid.fixed + sheet.grid.label + _PAD + _TO_TAG, middle)


def _tenants(row: Row, right: float, middle: float) -> Iterator[Element]:
    for state in (State.DEGRADED, State.DOWN):
        count = str(row.tenants.get(state, 0))
        if count != "0":
            yield text(right, middle + 4.2, count, COUNT_SIZE, weight=600, anchor="end")
            yield from state_mark(state, right - count_width(count) + SMALL_MARK, middle, SMALL_MARK)
            right -= count_width(count) + 8


def weak_tag(words: FailureWords, x: float, middle: float) -> Iterator[Element]:
    """Draws the tag of a single point of failure."""
    width = tag_width(words)
    yield rect(x, middle - 9.5, width, 19, fill="bad", radius=5)
    yield text(x + width / 2, middle + 3.9, words.weak, TAG_SIZE, weight=600, fill="page", anchor="middle")
