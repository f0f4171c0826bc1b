"""A row in words: who goes down, degrades or is cut off, as far as a line holds names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kmtopo.plugin import Box
from kmtopo_diagram.failures.picture import Row
from kmtopo_diagram.failures.sheet import Sheet
from kmtopo_diagram.failures.sizes import ROW_HEIGHT
from kmtopo_diagram.failures.words import FailureWords, counted
from kmtopo_diagram.ink.metrics import fit, widest
from kmtopo_diagram.ink.svg import Element, text
from kmtopo_diagram.signs.states import state_mark

_LINE = 18.0
_SIZE = 11.5
_TO_COUNT = 21.0  # a mark and the room around it
_TO_NAMES = 8.0
_AFTER = 8.0
DETAIL_SIZE = 10.5


def listed_height(row: Row) -> float:
    """Returns the height of a row: a line for each state that somebody is in."""
    lines = max(len(row.others), 1)
    return max(ROW_HEIGHT + _LINE * (lines - 1), ROW_HEIGHT + (12 if row.detail else 0))


def listed_width(row: Row) -> float:
    """Returns the room in which a row holds all names, px."""
    needs = (
        _TO_COUNT
        + widest(str(len(titles)), _SIZE, 600)
        + _TO_NAMES
        + widest(", ".join(counted(titles)), _SIZE)
        + _AFTER
        for titles in row.others.values()
    )
    return max(needs, default=0.0)


def listed_states(row: Row, sheet: Sheet, x: float, box: Box) -> Iterator[Element]:
    """Writes how many are in each state, and who; of many the first, and how many more."""
    middle = box.y + ROW_HEIGHT / 2
    if not row.others:
        yield text(x, middle + 4.2, sheet.words.nothing_else, _SIZE, fill="ink2")
    right = box.x + box.width - (sheet.grid.fixed - sheet.grid.label) - _AFTER
    for state, titles in row.others.items():
        yield from state_mark(state, x + 8, middle, 7)
        count = str(len(titles))
        yield text(x + _TO_COUNT, middle + 4.2, count, _SIZE, weight=600)
        names_x = x + _TO_COUNT + widest(count, _SIZE, 600) + _TO_NAMES
        yield text(
            names_x, middle + 4.2, named(counted(titles), right - names_x, _SIZE, sheet.words), _SIZE, fill="ink2"
        )
        middle += _LINE


def named(titles: Sequence[str], room: float, size: float, words: FailureWords) -> str:
    """Lists as many names as there is room for, the first one cut if need be, and says how many more there are."""
    numbers = range(1, len(titles) + 1)
    # Names alone are the wider the more they are: beyond the first too many of thousands none need be tried.
    most = next((number - 1 for number in numbers if widest(", ".join(titles[:number]), size) > room), len(titles))
    for shown in range(most, 0, -1):
        rest = len(titles) - shown
        said = ", ".join(titles[:shown]) + (f" {words.more.format(count=rest)}" if rest else "")
        if widest(said, size) <= room:
            return said
    more = f" {words.more.format(count=len(titles) - 1)}" if len(titles) > 1 else ""
    return fit(titles[0], room - widest(more, size), (size,)).text + more
