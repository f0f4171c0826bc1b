"""The plainest lines of a long file: read without YAML's events, in half the time, and to the same end.

Tenants may be thousands, and hardly any of them needs more of YAML than keys, words and lists of words, one a line.
Whatever else stands among them, or is wrong, leaves the whole file to the builder.
"""

from __future__ import annotations

import re
from dataclasses import replace
from sys import intern
from typing import Any, cast

from yaml.error import YAMLError

from kmtopo.syntax.builder import Builder
from kmtopo.syntax.document import MARKS_PER_ENTRY, Document, Marks
from kmtopo.syntax.findings import Findings, Unreadable
from kmtopo.syntax.scalars import PlainScalars, Scalar

SECTION = "tenants"
FEWEST_CHARACTERS = 20_000

_OPENING = re.compile(rf"^{SECTION}:\n(?= )", re.MULTILINE)
_NEXT = re.compile(r"^(?! )", re.MULTILINE)
_NOT_A_KEY = ("\n", "\t", "\r", "#")
# It begins with a letter or a digit and ends with no space; nothing within ends it or begins a comment.
_WORD = r"[^\W_](?:[\w .,/@+&'()%-]*[\w.,/@+&'()%-])?"
_INDENT = re.compile(" *")
_LINE = re.compile(rf"( +)(?:- ({_WORD})|([a-z][a-z0-9_-]*):(?: ({_WORD}))?)").fullmatch
# Deeper than the language goes.
_DEEPEST = 8

_Container = tuple[int, Any, Marks]
# How far a line is indented, its key ("" where it is an item), where its word begins (0 where it has none), its value.
_Line = tuple[int, str, int, Scalar]


def read_plainest(findings: Findings, fewest: int = FEWEST_CHARACTERS) -> Document | None:
    """Reads a document whose tenants are all plain and take up ``fewest`` characters; None where anything is otherwise."""
    text = findings.source.text
    opening = _OPENING.search(text) if len(text) >= fewest else None
    following = _NEXT.search(text, opening.end()) if opening else None
    if opening is None or following is None:
        return None
    start, end = opening.end(), following.start()
    if end - start < fewest or text[end : end + 1] in _NOT_A_KEY:
        return None
    marks: dict[int, Marks] = {}
    items = _Lines(text, end, marks).read(start)
    if items is None:
        return None
    # Blanks of the same length take the section's place, so that whatever follows keeps its own.
    document = _built(findings, f"{text[: start - 1]}{' ' * (end - start)}\n{text[end:]}")
    return document and _joined(document, opening.start(), items, end, marks)


def _built(findings: Findings, text: str) -> Document | None:
    """What stands around the section; None where something is wrong with it: the builder tells that of the whole."""
    attempt = Findings(findings.source)
    try:
        document = Builder(attempt, text).document()
    except (Unreadable, YAMLError, UnicodeEncodeError):
        return None
    return None if attempt.diagnostics else document


def _joined(
    document: Document, key_start: int, items: dict[str, Any], end: int, marks: dict[int, Marks]
) -> Document | None:
    """Puts the section in its place; None where what looked like its key is part of a text."""
    data = document.data
    if not isinstance(data, dict) or data.get(SECTION, items) is not None:
        return None
    own = document.marks[id(data)]
    at = list(data).index(SECTION) * MARKS_PER_ENTRY
    if own[at] != key_start:
        return None
    data[SECTION] = items
    own[at + 1 : at + MARKS_PER_ENTRY] = [marks[id(items)][0], end]
    return replace(document, marks={**document.marks, **marks})


class _Known(dict[str, "_Line | None"]):
    """What each line says, None where it is not so plain; looked at once each, since tenants repeat one another."""

    def __init__(self) -> None:
        super().__init__()
        self._plain = PlainScalars()

    def __missing__(self, line: str) -> _Line | None:
        found = _LINE(line)
        self[line] = said = self._said(len(line), *found.groups()) if found else None
        return said

    def _said(self, length: int, blanks: str, item: str | None, key: str, word: str | None) -> _Line:
        if item is not None:
            return len(blanks), "", length - len(item), self._plain[item]
        if word is None:
            return len(blanks), key, 0, None
        return len(blanks), intern(key), length - len(word), self._plain[word]


class _Lines:
    """Reads a mapping in which each line is a key, a key with a word, or an item of a list of words."""

    def __init__(self, text: str, end: int, known: dict[int, Marks]) -> None:
        self._text, self._end, self._known = text, end, known
        # The containers around the present one: how far their lines are indented, what is in them, and its marks.
        self._around: list[_Container] = []

    def read(self, start: int) -> dict[str, Any] | None:
        """Reads on from a place; None where a line is not so plain, or does not fit to those before it."""
        *lines, rest = self._text[start : self._end].split("\n")
        known, at, root = _Known(), start, dict[str, Any]()
        level, data, marks = _first_key(self._text, start) - start, cast("Any", root), Marks()
        waiting, key_start = "", start
        for line in lines:
            said = known[line]
            if said is None:
                return None
            indent, key, word_at, value = said
            here, end = at + indent, at + len(line)
            if waiting or indent != level:
                if waiting and indent > level and len(self._around) < _DEEPEST:
                    self._around.append((level, data, marks))
                    marks += (key_start, here, self._end)
                    below: Any = {} if key else []
                    data[waiting] = below
                    level, data, marks, waiting = indent, below, [], ""
                while indent < level and self._around:
                    level, data, marks = self._left(data, marks, here)
                if waiting or indent != level:
                    return None
            if (type(data) is dict) != bool(key) or (key and key in data):
                return None
            if not word_at:
                waiting, key_start = key, here
            elif key:
                marks += (here, at + word_at, end)
                data[key] = value
            else:
                marks += (at + word_at, at + word_at, end)
                data.append(value)
            at = end + 1
        if waiting or rest:
            return None
        while self._around:
            _, data, marks = self._left(data, marks, self._end)
        self._known[id(root)] = marks
        return root

    def _left(self, data: Any, marks: Marks, end: int) -> _Container:
        """Ends the present container, and goes on in the one around it."""
        self._known[id(data)] = marks
        level, outer, outer_marks = self._around.pop()
        outer_marks[-1] = end
        return level, outer, outer_marks


def _first_key(text: str, start: int) -> int:
    found = _INDENT.match(text, start)
    return found.end() if found else start
