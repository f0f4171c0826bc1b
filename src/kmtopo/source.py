"""The only reader: it loads every input of a run at its start; later phases see text only."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

_BREAK = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text: line and column count from 1, columns in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of one source: from ``start`` up to, not including, ``end``."""

    source: str
    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class Source:
    """A text and the name that messages call it by: its path relative to the project's folder.

    Lines end at LF, CRLF or CR. A byte order mark is an encoding's signature and no part of the text.
    """

    name: str
    text: str
    _starts: list[int] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.text.removeprefix("\ufeff"))

    def position(self, index: int) -> Position:
        """Returns the place of the code point at ``index``, which counts from 0."""
        starts = self._line_starts()
        line = bisect_right(starts, index)
        return Position(line, index - starts[line - 1] + 1)

    def span(self, start: int, end: int) -> Span:
        """Returns the stretch ``text[start:end]``."""
        return Span(self.name, self.position(start), self.position(end))

    def slice(self, span: Span) -> str:
        """Returns the text of a span of this source."""
        return self.text[self._index(span.start) : self._index(span.end)]

    def line(self, number: int) -> str:
        """Returns a line without its end, or "" where the text has no such line."""
        starts = self._line_starts()
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def _index(self, position: Position) -> int:
        return self._line_starts()[position.line - 1] + position.column - 1

    def _line_starts(self) -> list[int]:
        # Found once, and only for a text that a message points into.
        if not self._starts:
            self._starts.extend([0, *(found.end() for found in _BREAK.finditer(self.text))])
        return self._starts
