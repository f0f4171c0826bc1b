"""The columns of the table: how wide each part of a row is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kmtopo.plugin import frozen
from kmtopo_diagram.failures.picture import Column, Row
from kmtopo_diagram.failures.sizes import COUNT_SIZE, LABEL_ICON, LABEL_SIZE, SMALL_MARK
from kmtopo_diagram.failures.words import FailureWords
from kmtopo_diagram.ink.metrics import fit, sizes_from, widest
from kmtopo_diagram.ink.wrapping import halves
from kmtopo_diagram.signs.states import State

LABEL_LEAST = 120.0
LABEL_MOST = 196.0
BROKEN_LABEL = 11.0
_SHORT_LABEL = 112.0
_NAMES = 148.0  # room for two or three names under a title
TAG_SIZE = 10.5
HEAD_SIZE = 11.0
_BEFORE_TAG = 14.0
_AFTER_TAG = 8.0
_BETWEEN = 14.0
_CELL_LEAST = 36.0
_CELL_GAP = 4.0


@frozen
class Grid:
    """Widths in px: of a row's title, of the tag of a single point of failure, of the counts of tenants, of the reach.

    ``tenants`` is 0 where no scenario touches any; ``spare`` is how far its counts end before it does, so that they stand
    under the middle of its title.
    """

    label: float
    tag: float
    tenants: float
    spare: float
    reach: float

    @property
    def fixed(self) -> float:
        """What a row needs besides its cells."""
        return self.label + self.tag + self.tenants + self.reach


def grid(rows: Sequence[Row], words: FailureWords) -> Grid:
    """Makes each part as wide as the row that needs most, all pages alike."""
    label = LABEL_ICON + max(map(_title_width, rows)) + 12
    counts = max(tenants_width(row.tenants) for row in rows)
    reach = max(widest(words.reach, COUNT_SIZE, 600), *(widest(row.reach, COUNT_SIZE, 600) for row in rows))
    titled = widest(words.tenants, COUNT_SIZE, 600)
    return Grid(
        label=min(max(label, LABEL_LEAST), LABEL_MOST),
        tag=_BEFORE_TAG + tag_width(words) if any(row.weak for row in rows) else 0.0,
        tenants=_AFTER_TAG + max(counts, titled) if counts else 0.0,
        spare=max(titled - counts, 0.0) / 2,
        reach=_BETWEEN + reach,
    )


def _title_width(row: Row) -> float:
    """On one line if it is short or names follow, else broken into two, which are smaller."""
    one = widest(row.title, LABEL_SIZE, 600)
    if row.detail:
        return max(one, _NAMES)
    return one if one <= _SHORT_LABEL else max(widest(line, BROKEN_LABEL, 600) for line in halves(row.title))


def tag_width(words: FailureWords) -> float:
    """Returns the width of the tag of a single point of failure."""
    return widest(words.weak, TAG_SIZE, 600) + 14


def tenants_width(tenants: Mapping[State, int]) -> float:
    """Returns the width of the counts of tenants, each behind its mark."""
    shown = [str(count) for count in tenants.values() if count]
    return sum(count_width(count) for count in shown) + 8 * max(len(shown) - 1, 0)


def count_width(count: str) -> float:
    """Returns the width of a count behind a mark."""
    return 2 * SMALL_MARK + 5 + widest(count, COUNT_SIZE, 600)


def cells_width(columns: Iterable[Column]) -> float:
    """Returns the least width of all cells of a row."""
    return sum(map(_cell_width, columns))


def column_widths(columns: Sequence[Column], room: float) -> tuple[float, ...]:
    """Returns the widths of the cells: equal ones, or as each needs."""
    needs = [_cell_width(column) for column in columns]
    share = room / len(columns)
    if max(needs) <= share:
        return (share,) * len(columns)
    spare = (room - sum(needs)) / len(columns)
    return tuple(need + spare for need in needs)


def _cell_width(column: Column) -> float:
    smallest = sizes_from(HEAD_SIZE)[-1]
    return max(_CELL_LEAST, *(widest(line, smallest) + _CELL_GAP for line in halves(column.title)))


def heading(column: Column, width: float) -> tuple[tuple[str, float], ...]:
    """Returns the lines of a column's title, with their size."""
    lines = halves(column.title) if widest(column.title, HEAD_SIZE) > width - _CELL_GAP / 2 else (column.title,)
    fitted = [fit(line, width - 2, sizes_from(HEAD_SIZE)) for line in lines]
    size = min(line.size for line in fitted)
    return tuple((line.text, size) for line in fitted)
