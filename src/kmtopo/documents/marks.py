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
_SAID = re.compile(r"(?P<view>view\s+)?(?P<name>[a-z][a-z0-9-]*)(?::(?P<environment>[a-z][a-z0-9-]*))?")
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
    opened: Line | None = None
    for line, word, said in _marks(source, format):
        if word == "BEGIN":
            if opened:
                yield _unbalanced(source, opened, "open")
            opened = line
        elif opened is None:
            yield _unbalanced(source, line, "closed")
        else:
            yield _block(source, format, opened, line, said)
            opened = None
    if opened:
        yield _unbalanced(source, opened, "open")


def _marks(source: Source, format: Format) -> Iterator[tuple[Line, str, str]]:
    before, _, behind = format.comment("\0").partition("\0")
    pattern = re.compile(rf"{re.escape(before)}(BEGIN|END) {_WORD}\b(.*?){re.escape(behind)}\s*")
    for line in lines(source.text, format.name):
        found = pattern.fullmatch(line.text)
        # Where a comment is a line, it counts as quoted, too; examples are set in, or fenced.
        if found and not line.fenced:
            yield line, found[1], found[2].strip()


def _block(source: Source, format: Format, first: Line, last: Line, ending: str) -> Block | Diagnostic:
    before, _, behind = format.comment("\0").partition("\0")
    said = first.text.rstrip().removeprefix(before).removesuffix(behind).removeprefix(f"BEGIN {_WORD}").strip()
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


def _unbalanced(source: Source, line: Line, which: str) -> Diagnostic:
    return diagnose("KM851", source.span(line.start, line.end), help=which)


def marked(said: str, content: str, format: Format) -> str:
    """A whole block: its marks, with the checksum in the last, and between them the content."""
    inside = f"\n{content}\n" if content else "\n"
    last = format.comment(f"END {_WORD} {said} {checksum(inside)}")
    return f"{format.comment(f'BEGIN {_WORD} {said}')}\n{inside}{last}"
