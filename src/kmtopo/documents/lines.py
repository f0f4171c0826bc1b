"""The lines of a document, and which of them are examples or comments that nothing may be read into."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kmtopo.values import frozen

# Behind a fence may stand the language of the example; of backticks within a line only words of a machine are made.
_FENCE = {
    "markdown": re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})"),
    "asciidoc": re.compile(r"(-{4,}(?=\s*$)|\.{4,}(?=\s*$)|/{4,}(?=\s*$)|\+{4,}(?=\s*$)|`{3,}(?=[\w,+-]*\s*$))"),
}
_SET_IN = re.compile(r"(?: {3,}|\t)\S")


@frozen
class Line:
    """One line without its end: where it starts and ends in the text, and whether it is no prose.

    ``fenced`` is an example between two fences, ``quoted`` that or a comment.
    """

    start: int
    end: int
    text: str
    quoted: bool
    fenced: bool


def lines(text: str, format: str) -> Iterator[Line]:
    """The lines of a document in a format by name."""
    fence, at = "", 0
    for whole in text.splitlines(keepends=True):
        line = whole.rstrip("\r\n")
        opened = fence or _fence(line, format)
        yield Line(at, at + len(line), line, bool(opened) or _is_set_in(line, format), bool(opened))
        fence = "" if fence and _closes(fence, line, format) else opened
        at += len(whole)


def _fence(line: str, format: str) -> str:
    pattern = _FENCE.get(format)
    found = pattern.match(line) if pattern else None
    return found[1] if found else ""


def _closes(fence: str, line: str, format: str) -> bool:
    shown = line.strip()
    is_longer = format == "markdown" and shown.startswith(fence) and not shown.strip(fence[0])
    return shown == fence or is_longer


def _is_set_in(line: str, format: str) -> bool:
    """Whether the format reads the line as a comment or, in reStructuredText, as part of a directive or a literal."""
    if format == "asciidoc":
        return line.startswith("//")
    return format == "restructuredtext" and (bool(_SET_IN.match(line)) or line.startswith(".. "))
