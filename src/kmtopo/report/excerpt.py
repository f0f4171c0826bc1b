"""One line of a source as a frame shows it: cut to the width, with signs for what must not act on a terminal."""

from __future__ import annotations

from kmtopo.report.visible import cells, shown, visible
from kmtopo.values import frozen

_CUT = "…"


@frozen
class Excerpt:
    """The part ``line[first:last]`` of a line."""

    line: str
    first: int
    last: int

    @classmethod
    def around(cls, line: str, column: int, width: int) -> Excerpt:
        """Takes as much of a line as fits into a width in cells, and of a longer one what lies around a column from 0."""
        # A place at the very end needs a cell behind the line for its sign.
        needed = width - (column >= len(line))
        if len(line) <= needed and cells(visible(line)) <= needed:
            return cls(line, 0, len(line))
        first = max(0, min(column - width // 3, len(line) - width + 2 * len(_CUT)))
        room = width - len(_CUT) * (2 if first else 1)
        last = first
        while last < len(line) and (room := room - cells(shown(line[last]))) >= 0:
            last += 1
        return cls(line, first, last)

    def __str__(self) -> str:
        return self._before + visible(self.line[self.first : self.last]) + (_CUT if self.last < len(self.line) else "")

    def cells_of(self, start: int, end: int) -> tuple[int, int]:
        """Returns after how many cells ``line[start:end]`` is shown, and in how many: one at least."""
        start, end = (min(max(column, self.first), self.last) for column in (start, end))
        return cells(self._before + visible(self.line[self.first : start])), max(
            1, cells(visible(self.line[start:end]))
        )

    @property
    def _before(self) -> str:
        return _CUT if self.first else ""
