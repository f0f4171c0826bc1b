"""Lines of a text that change places, each with its comments."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, pairwise

from kmtopo.editing.nodes import Node

_LINES = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+").findall
_BREAK = re.compile(r"\r\n?|\n")
_DASHES = re.compile(r" *(?:- +)+").fullmatch
_COMMENT = re.compile(r" *#").match
# What has to stay at the top of a file, whether or not a blank line follows.
_TOP = re.compile(r"%|---|# *yaml-language-server:").match


class Lines:
    """The lines of a text; numbers count from 0, as the text was first.

    The last one is ended as the first is, except where its end is part of what the text says (``is_open``).
    """

    def __init__(self, text: str, *, is_open: bool = False) -> None:
        self.texts: list[str] = _LINES(text)
        self._starts = [0, *accumulate(map(len, self.texts))]
        if self.texts and not is_open and not text.endswith(("\r", "\n")):
            found = _BREAK.search(text)
            self.texts[-1] += found[0] if found else "\n"

    def __str__(self) -> str:
        return "".join(self.texts)

    def number(self, index: int) -> int:
        """Returns the line of a place in the text."""
        return bisect_right(self._starts, index) - 1

    def bounds(self, node: Node, first: int, last: int) -> list[int]:
        """Returns where the lines of each entry of a mapping start, and after these where the last one's end.

        A mapping whose keys do not each begin a line has no bounds: it stays as it is.
        """
        keys = [self.number(entry.start) for entry in node.entries]
        column = node.entries[0].start - self._starts[keys[0]]
        if not self._are_movable(node, keys, column):
            return []
        ends = [self._deeper(self.number(entry.value.end - 1) + 1, last, column) for entry in node.entries]
        bounds = [self._top(first, keys[0]), *ends]
        in_turn = all(end <= key for end, key in zip(ends, keys[1:], strict=False))
        return bounds if in_turn else []

    def put(self, bounds: list[int], keys: list[int], order: list[int]) -> None:
        """Puts the entries between bounds in another order, given where their keys stand.

        An entry that begins at the dash of a sequence lends it to its successor; one with comments above it
        cannot stand there.
        """
        first, new = 0, order[0]
        line = self.texts[keys[0]]
        dashes = line[: len(line) - len(line.lstrip(" -"))]
        if new != first and "-" in dashes:
            if bounds[new] != keys[new]:
                return
            width = len(dashes)
            self.texts[keys[0]] = " " * width + line[width:]
            self.texts[keys[new]] = dashes + self.texts[keys[new]][width:]
        parts = [self.texts[start:end] for start, end in pairwise(bounds)]
        if new != first:
            self._lend_blanks(parts, new)
        self.texts[bounds[0] : bounds[-1]] = [line for index in order for line in parts[index]]

    def _lend_blanks(self, parts: list[list[str]], new: int) -> None:
        """A mapping does not begin with the blank lines that parted its new first entry from the one before."""
        blanks = 0
        while not parts[new][blanks].strip():
            blanks += 1
        parts[0] = parts[new][:blanks] + parts[0]
        parts[new] = parts[new][blanks:]

    def _are_movable(self, node: Node, keys: list[int], column: int) -> bool:
        heads = [
            self.texts[key][: entry.start - self._starts[key]] for key, entry in zip(keys, node.entries, strict=True)
        ]
        is_first = _DASHES(heads[0]) or not heads[0].strip(" ")
        return bool(is_first) and all(head == " " * column for head in heads[1:])

    def _top(self, first: int, key: int) -> int:
        """Where the comments begin that belong to a mapping's first key."""
        start = key
        while start > first and _COMMENT(self.texts[start - 1]) and not _TOP(self.texts[start - 1]):
            start -= 1
        return start

    def _deeper(self, start: int, last: int, column: int) -> int:
        """Where an entry ends whose value ends before a line: behind the comments that are indented deeper."""
        end = number = start
        while number < last and (not self.texts[number].strip() or _COMMENT(self.texts[number])):
            number += 1
            line = self.texts[number - 1]
            if line.strip() and len(line) - len(line.lstrip(" ")) > column:
                end = number
        return end
