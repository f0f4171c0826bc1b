"""Patches of YAML and JSON: found by the marks of the document, so that everything else stays as it is."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

from kmtopo.addresses import Step
from kmtopo.diagnostics import diagnose
from kmtopo.patching.patch import Patch, Refused
from kmtopo.patching.route import route, with_value, without
from kmtopo.patching.splice import Splice, spliced
from kmtopo.source import Source
from kmtopo.syntax import Document, parse
from kmtopo.syntax.document import MARKS_PER_ENTRY, Entry
from kmtopo.syntax.emit import emit


def change(text: str, patch: Patch, name: str) -> Splice:
    """Works out what a patch changes in a YAML or JSON file.

    Raises:
        Refused: its path leads nowhere, or what it names is shared with other places.
    """
    shared = Refused(diagnose("KM644", patch.at / patch.key, help="shared", path=patch.path, file=name))
    document, found = parse(Source(name, text))
    if document is None or found:
        raise shared
    along, steps = route(document, patch, name), patch.path.steps
    tree = _Tree(document, is_json=name.endswith(".json"))
    if patch.deletes and len(along[-2].value) > 1:
        splice, wanted = tree.deleted(along[-2], along[-1]), without(document.data, steps)
    elif patch.deletes:
        # A mapping or list without its last entry is an empty one, and not the nothing that YAML makes of it.
        empty = type(along[-2].value)()
        splice, wanted = tree.replaced(along[:-1], empty), with_value(document.data, steps[:-1], empty)
    elif len(along) > len(steps):
        splice, wanted = tree.replaced(along, patch.value), with_value(document.data, steps, patch.value)
    else:
        splice = tree.added(along[-1], steps[-1], patch.value)
        wanted = with_value(document.data, steps, patch.value)
    made, problems = parse(Source(name, spliced(text, splice)))
    if made is None or problems or made.data != wanted:
        raise shared
    return splice


class _Tree:
    """A document, and how a value is written into it."""

    def __init__(self, document: Document, *, is_json: bool) -> None:
        self._document, self._text, self._is_json = document, document.source.text, is_json

    def replaced(self, along: list[Entry], value: Any) -> Splice:
        """Another value for the last entry of a route; a comment behind it stays where it can."""
        entry, start, end = along[-1], along[-1].start, self._end(along[-1])
        if len(along) == 1 or self._is_flow(along[-2]) or self._is_json:
            return Splice(start, end, self._flow(value))
        lines = self._lines(entry.step, value)
        if len(lines) == 1 and not self._is_block(entry) and end > start:
            return Splice(start, end, emit({"k": value})[3:-1])
        head = self._head(entry)
        return Splice(head, end, self._indented(lines, self._column(head)))

    def added(self, container: Entry, step: Step, value: Any) -> Splice:
        """A new last entry."""
        entries = self._entries(container)
        if self._is_flow(container):
            return self._added_in_flow(container, entries, step, value)
        found = self._text.find("\n", self._end(entries[-1]))
        end = len(self._text) if found < 0 else found
        column = self._column(self._head(entries[0]))
        return Splice(end, end, "\n" + " " * column + self._indented(self._lines(step, value), column))

    def _added_in_flow(self, container: Entry, entries: list[Entry], step: Step, value: Any) -> Splice:
        written = self._flow(value) if isinstance(step, int) else f"{self._flow(step)}: {self._flow(value)}"
        if not entries:
            return Splice(container.start + 1, container.start + 1, written)
        end, head = self._end(entries[-1]), entries[-1].key_start
        line = self._text.rfind("\n", container.start, head) + 1
        between = "\n" + self._text[line:head] if line and not self._text[line:head].strip() else " "
        return Splice(end, end, f",{between}{written}")

    def deleted(self, container: Entry, entry: Entry) -> Splice:
        """An entry that is gone, and others that stay."""
        entries = self._entries(container)
        following = next((b for a, b in pairwise(entries) if a.key_start == entry.key_start), None)
        if self._is_flow(container):
            if following:
                return Splice(entry.key_start, following.key_start, "")
            return Splice(self._end(entries[-2]), self._end(entry), "")
        head = self._head(entry)
        line = self._text.rfind("\n", 0, head) + 1
        if following and self._text[line:head].strip():
            # It begins beside the dash of the item that it belongs to, which stays.
            return Splice(head, self._head(following), "")
        found = self._text.find("\n", self._end(entry))
        return Splice(line, len(self._text) if found < 0 else found + 1, "")

    def _entries(self, container: Entry) -> list[Entry]:
        value, marks = container.value, self._document.marks[id(container.value)]
        steps = list(value) if isinstance(value, dict) else range(len(value))
        places = range(0, len(marks), MARKS_PER_ENTRY)
        return [Entry(s, value[s], *marks[at : at + MARKS_PER_ENTRY]) for s, at in zip(steps, places, strict=True)]

    def _is_flow(self, container: Entry) -> bool:
        return self._text[container.start : container.start + 1] in ("{", "[")

    def _is_block(self, entry: Entry) -> bool:
        """Whether a value has lines of its own."""
        if isinstance(entry.value, dict | list):
            return not self._is_flow(entry)
        return self._text[entry.start : entry.start + 1] in ("|", ">")

    def _end(self, entry: Entry) -> int:
        """Where a value's own text ends: the parser's end of a block lies behind the comments that follow."""
        if entry.value and isinstance(entry.value, dict | list) and not self._is_flow(entry):
            return self._end(self._entries(entry)[-1])
        return entry.start + len(self._text[entry.start : entry.end].rstrip())

    def _head(self, entry: Entry) -> int:
        """Where an entry begins: its key, or the dash of an item."""
        if isinstance(entry.step, str):
            return entry.key_start
        return len(self._text[: entry.start].rstrip()) - 1

    def _column(self, index: int) -> int:
        return index - (self._text.rfind("\n", 0, index) + 1)

    def _lines(self, step: Step, value: Any) -> list[str]:
        return emit({step: value} if isinstance(step, str) else [value]).splitlines()

    def _indented(self, lines: list[str], column: int) -> str:
        first, *more = lines
        return "\n".join([first, *(" " * column + line if line else "" for line in more)])

    def _flow(self, value: Any) -> str:
        if self._is_json:
            return json.dumps(value)
        if isinstance(value, dict):
            return "{" + ", ".join(f"{self._flow(key)}: {self._flow(each)}" for key, each in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self._flow, value)) + "]"
        return emit(value)[:-1]
