"""The sentences of a document: its prose without examples, comments, and what kmtopo wrote itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kmtopo.documents.lines import Line, lines
from kmtopo.documents.marks import Block, blocks
from kmtopo.markup.formats import Format
from kmtopo.source import Source, Span
from kmtopo.values import frozen

_ITEM = re.compile(r"\s*(?:[-*+•]|\d+[.)]|[*.]{1,5})\s+")
_ALONE = re.compile(r"\s*(?:#{1,6} |={1,6} |\||\.\. |:[\w-]+:|\[.*\]$|\.\w)")
_RULE = re.compile(r"\s*([-=~^\"'#*_`+])\1{2,}\s*$|\|?[\s:|-]+$")
_END = re.compile(r"[.!?…]+[\"'»”)*_]*(?=\s|$)|\|")
_ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|p\. ?ej|ej|aprox|approx|no|núm|Sr|Dr|St|[A-Z])|^\s*\d+)\.$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# What a reader does not read as words: targets of links, addresses, tags.
_MACHINERY = re.compile(r"\]\([^)\s]*[^)]*\)|</?\w(?:[^<>\n]|\n(?!\s*\n))*>|https?://\S+|`[^`]*`_+|\b\w+::?\S*\[")
_CODE = re.compile(r"`[^`\n]+`")
_FRONT = re.compile(r"\A---\r?\n.*?^---\s*$", re.DOTALL | re.MULTILINE)


@frozen
class Sentence:
    """A sentence and where it starts. ``prose`` is as long, with blanks for code and what no reader reads.

    ``lead`` is the sentence, or the heading, that leads to the list or the table in which this one stands; "" elsewhere.
    """

    text: str
    prose: str
    start: int
    lead: str = ""

    def span(self, source: Source, start: int, end: int) -> Span:
        """The place of a stretch of the sentence in its document."""
        return source.span(self.start + start, self.start + end)


def sentences(source: Source, format: Format) -> Iterator[Sentence]:
    """The sentences of a document, in order; a heading, an item or a cell is one, too."""
    readable = _blank(_MACHINERY, _blank(_FRONT, _blank(_COMMENT, _without_examples(source.text, format))))
    prose = _blank(_CODE, readable)
    lead = ""
    for start, end, is_item in _paragraphs(source, format):
        said = ""
        for first, last in _split(readable[start:end]):
            said, words = (_flat(text, start + first, start + last) for text in (readable, prose))
            yield Sentence(said, words, start + first, lead if is_item else "")
        lead = lead if is_item else said


def _flat(text: str, start: int, end: int) -> str:
    return re.sub(r"[\r\n>]", " ", text[start:end])


def _without_examples(text: str, format: Format) -> str:
    """The text with blanks in the place of examples: a sign in one may open what only prose behind it would close."""
    fenced = [line for line in lines(text, format.name) if line.fenced]
    parts, at = [], 0
    for line in fenced:
        parts += [text[at : line.start], " " * (line.end - line.start)]
        at = line.end
    return "".join([*parts, text[at:]])


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """The text with blanks in the place of what matches; lines stay lines."""
    return pattern.sub(lambda found: re.sub(r"[^\r\n]", " ", found[0]), text)


def _paragraphs(source: Source, format: Format) -> Iterator[tuple[int, int, bool]]:
    """Where paragraphs, items, headings and rows start and end, and whether each is an item of a list or a row."""
    ours = [(b.first.start, b.after) for b in blocks(source, format) if isinstance(b, Block)]
    start, end, is_item = None, 0, False
    for line in lines(source.text, format.name):
        is_prose = _is_prose(line) and not any(first <= line.start < last for first, last in ours)
        item, is_alone = _ITEM.match(line.text), _ALONE.match(line.text)
        if start is not None and (not is_prose or item or is_alone):
            yield start, end, is_item
            start = None
        if is_prose:
            if start is None:
                start = line.start + (item.end() if item else 0)
                is_item = bool(item) or line.text.lstrip().startswith("|")
            end = line.end
            if is_alone:
                yield start, end, is_item
                start = None
    if start is not None:
        yield start, end, is_item


def _is_prose(line: Line) -> bool:
    return not line.quoted and bool(line.text.strip()) and not _RULE.match(line.text)


def _split(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for found in _END.finditer(text):
        if found[0].startswith(".") and _ABBREVIATED.search(text[at : found.end()]):
            continue
        if text[at : found.end()].strip(" |"):
            yield at, found.end()
        at = found.end()
    if text[at:].strip():
        yield at, len(text)
