"""Marks: the comments between which a document lets kmtopo write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.documents.lines import Line, lines
from kmtopo.markup.formats import Format
from kmtopo.source import Source
from kmtopo.values import frozen

_WORD = "KMTOPO"
_SAID = re.compile(
    r"(?P<view>view\s+)?(?P<name>(?:[a-z][\w-]*\.)?[a-z][a-z0-9-]*)(?::(?P<environment>[a-z][a-z0-9-]*))?"
)
_CHECKSUM = re.compile(r"\b([0-9a-f]{12})$")
_LENGTH = 12


@frozen
class Block:
    """A marked block: what it shows, as its first mark says it, and where what is between its marks starts and ends.

    ``after`` is where the last mark ends, ``checksum`` that of what kmtopo wrote last, None where it never has.
    """

    said: str
    name: str
    is_view: bool
    environment: str | None
    first: Line
    start: int
    end: int
    after: int
    checksum: str | None


def checksum(content: str) -> str:
    """What tells whether somebody else wrote into a block: it does not depend on how lines end."""
    return sha256("\n".join(content.split()).encode()).hexdigest()[:_LENGTH]


def blocks(source: Source, format: Format) -> Iterator[Block | Diagnostic]:
    """The blocks of a document in order, and what is wrong with its marks."""
    opened: tuple[Line, str] | None = None
    for line, word, said in _marks(source, format):
        if line.text[0].isspace():
            yield _misplaced(source, line, "set-in")
        elif word == "BEGIN":
            if opened:
                yield _misplaced(source, opened[0], "open")
            opened = line, said
        elif opened is None:
            yield _misplaced(source, line, "closed")
        else:
            yield _block(source, *opened, line, said)
            opened = None
    if opened:
        yield _misplaced(source, opened[0], "open")


def _marks(source: Source, format: Format) -> Iterator[tuple[Line, str, str]]:
    before, _, behind = (re.escape(part.strip()) for part in format.comment("\0").partition("\0"))
    # Set in further, a line of Markdown is code, and any line of the other formats is.
    margin = " {0,3}" if format.name == "markdown" else ""
    gap = r"\s+" if format.name == "restructuredtext" else r"\s*"
    pattern = re.compile(rf"{margin}{before}{gap}(BEGIN|END)\s+{_WORD}\b(.*?){behind}\s*", re.IGNORECASE)
    for line in lines(source.text, format.name):
        found = pattern.fullmatch(line.text)
        # Where a comment is a line, it counts as quoted, too; examples are set in, or fenced.
        if found and not line.fenced:
            yield line, found[1].upper(), found[2].strip()


def _block(source: Source, first: Line, said: str, last: Line, ending: str) -> Block | Diagnostic:
    found = _SAID.fullmatch(said)
    if not found:
        return diagnose("KM851", source.span(first.start, first.end), help="words", words=said)
    sealed = _CHECKSUM.search(ending)
    start = min(first.end + len(_break(source.text, first.end)), last.start)
    return Block(
        said=said,
        name=found["name"],
        is_view=bool(found["view"]),
        environment=found["environment"],
        first=first,
        start=start,
        end=last.start,
        after=last.end,
        checksum=sealed[1] if sealed else None,
    )


def _break(text: str, at: int) -> str:
    return "\r\n" if text.startswith("\r\n", at) else text[at : at + 1]


def _misplaced(source: Source, line: Line, which: str) -> Diagnostic:
    return diagnose("KM851", source.span(line.start, line.end), help=which)


def marked(said: str, content: str, format: Format) -> str:
    """A whole block: its marks, with the checksum in the last, and between them the content."""
    inside = f"\n{content}\n" if content else "\n"
    last = format.comment(f"END {_WORD} {said} {checksum(inside)}")
    return f"{format.comment(f'BEGIN {_WORD} {said}')}\n{inside}{last}"
