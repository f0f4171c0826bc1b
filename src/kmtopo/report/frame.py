"""A frame: the lines of one source that a diagnostic points at, with signs under the places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kmtopo.report.colors import Painter
from kmtopo.report.excerpt import Excerpt
from kmtopo.source import Source, Span
from kmtopo.values import frozen

_NARROWEST = 20


@frozen
class Mark:
    """A place in a frame: its span, what stands beside it, and the colour's role; the primary one gets carets."""

    span: Span
    text: str
    role: str
    is_primary: bool

    @property
    def line(self) -> int:
        """The line that the mark stands under: the first of its span."""
        return self.span.start.line


@frozen
class Gutter:
    """The column of line numbers at the left of all frames of a diagnostic."""

    width: int
    paint: Painter

    @classmethod
    def for_marks(cls, marks: Iterable[Mark], paint: Painter) -> Gutter:
        """Makes it wide enough for every line number."""
        return cls(max((len(str(mark.line)) for mark in marks), default=1), paint)

    def row(self, content: str = "", number: int | None = None) -> str:
        """Returns ``12 | content``, or the same without a number."""
        label = "" if number is None else str(number)
        return f"{self.paint(f'{label:>{self.width}} |', 'frame')} {content}".rstrip()

    def arrow(self, sign: str, place: str) -> str:
        """Returns `` --> place``."""
        return " " * self.width + self.paint(sign, "frame") + f" {place}"


def frame(source: Source, marks: list[Mark], gutter: Gutter, width: int) -> Iterator[str]:
    """Yields the rows of a frame: each marked line once, a single line between two of them, dots for more."""
    yield gutter.row()
    last = None
    room = max(_NARROWEST, width - gutter.width - 3)
    for number in sorted({mark.line for mark in marks}):
        if last is not None and number == last + 2:
            yield gutter.row(str(Excerpt.around(source.line(last + 1), 0, room)), last + 1)
        elif last is not None and number > last + 1:
            yield gutter.paint("...", "frame")
        yield from _marked_line(source.line(number), [mark for mark in marks if mark.line == number], gutter, room)
        last = number


def _marked_line(line: str, marks: list[Mark], gutter: Gutter, room: int) -> Iterator[str]:
    first, *_ = marks
    excerpt = Excerpt.around(line, first.span.start.column - 1, room)
    yield gutter.row(str(excerpt), first.line)
    for mark in marks:
        end = mark.span.end.column - 1 if mark.span.end.line == mark.line else len(line)
        start = mark.span.start.column - 1
        indent, length = excerpt.cells_of(start, end)
        signs = ("^" if mark.is_primary else "-") * length
        yield gutter.row(" " * indent + gutter.paint(f"{signs} {mark.text}".rstrip(), mark.role))
