"""Where columns lie: equally far from each other, unless a label stands between two neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise

from kmtopo.plugin import frozen
from kmtopo_diagram.deployment.arrangement import Arrangement
from kmtopo_diagram.deployment.sizes import CARD_WIDTH, COLUMN_GAP, label_width

_AROUND = 24.0  # a label between two cards


@frozen
class Spacing:
    """``lefts`` of the columns, ``shifts`` of the cards that make room for a label beside them; px from the first column."""

    lefts: tuple[float, ...]
    shifts: Mapping[str, float]

    @property
    def width(self) -> float:
        """The width of all columns."""
        return self.lefts[-1] + CARD_WIDTH

    def middle(self, column: float) -> float:
        """The middle of a column, or between two."""
        whole, more = int(column), column % 1
        left = self.lefts[whole] + (more and more * (self.lefts[whole + 1] - self.lefts[whole]))
        return left + CARD_WIDTH / 2


def spacing(arrangement: Arrangement) -> Spacing:
    """Returns where columns lie: a card moves for a label if there is room beside it, else all columns do."""
    gaps = [COLUMN_GAP] * (arrangement.count - 1)
    shifts: dict[str, float] = {}
    for left, right, need in _tight(arrangement):
        column = int(arrangement.columns[left])
        if _is_free(column + 2, right, arrangement):
            shifts[right] = need - COLUMN_GAP
        elif _is_free(column - 1, left, arrangement):
            shifts[left] = COLUMN_GAP - need
        else:
            gaps[column] = max(gaps[column], need)
    return Spacing(tuple(accumulate((CARD_WIDTH + gap for gap in gaps), initial=0.0)), shifts)


def _tight(arrangement: Arrangement) -> Iterator[tuple[str, str, float]]:
    """Neighbours who need more room between them than columns have."""
    labels = {frozenset((arrow.source, arrow.target)): arrow.label for arrow in arrangement.loose()}
    for left, right in (pair for row in arrangement.rows for pair in pairwise(row)):
        label = labels.get(frozenset((left, right)), "")
        if label and arrangement.columns[right] - arrangement.columns[left] == 1:
            yield left, right, label_width(label) + _AROUND


def _is_free(column: int, beside: str, arrangement: Arrangement) -> bool:
    """Tells whether somebody has nobody in a column of his row, which his network does not leave to another."""
    row = next(row for row in arrangement.rows if beside in row)
    first, last = arrangement.spans.get(beside, (0, arrangement.count - 1))
    return first <= column <= last and column not in {arrangement.columns[name] for name in row}
