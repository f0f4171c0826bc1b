"""A parsed document: plain data, and where in the source each part of it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from itertools import count
from typing import Any, NamedTuple

from kmtopo.addresses import Address, Step
from kmtopo.diagnostics import Part
from kmtopo.source import Source, Span
from kmtopo.values import frozen

# Marks of one container, flat and in the order of its entries: key start, value start, value end; key start, ...
Marks = list[int]
MARKS_PER_ENTRY = 3

_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", re.DOTALL)


class Entry(NamedTuple):
    """One entry of a mapping or sequence: its key or index, its value, its marks as indexes into the text."""

    step: Step
    value: Any
    key_start: int
    start: int
    end: int


@frozen
class Owner:
    """The document of another file that an entry came from, and its address there."""

    document: Document
    steps: tuple[Step, ...]


@frozen
class Document:
    """Plain data (``dict`` with text keys, ``list``, scalars) that remembers where each part was written.

    What came through an alias or a merge (``<<``) is located where it was written; the alias itself is
    the place of the value that it stands for. ``data`` must not be changed: places hang on its containers.
    ``owners`` holds for entries of other files, by an address of one or two steps, where these know them;
    ``written`` is then what this file says itself. ``incomplete``: a file that belongs to it could not be read.
    """

    source: Source
    data: Any
    marks: Mapping[int, Marks]
    root: tuple[int, int]
    aliased: Mapping[int, str]
    owners: Mapping[tuple[Step, ...], Owner] = field(default_factory=dict)
    written: Any = None
    incomplete: bool = False
    _order: dict[int, dict[str, int]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def span(self, address: Address | Iterable[Step], part: Part = "value") -> Span:
        """Returns where the key or the value at an address stands; a sequence's items have only a value.

        The span of a scalar is its whole text, that of a mapping or sequence is what its first line
        shows of it. An address that leads nowhere gets the key of the deepest part that exists.
        """
        owner, steps = self._home(_steps(address))
        if owner is not self:
            return owner.span(steps, part)
        found = self.walk(steps)
        if not found:
            return self._value_span(*self.root, self.data)
        entry = found[-1]
        if (part == "key" or len(found) < len(steps)) and isinstance(entry.step, str):
            return self.source.span(entry.key_start, key_end(self.source.text, entry.key_start, entry.step))
        return self._value_span(entry.start, entry.end, entry.value)

    def has(self, address: Address | Iterable[Step]) -> bool:
        """Tells whether an address leads to a part of the document."""
        owner, steps = self._home(_steps(address))
        return owner.has(steps) if owner is not self else len(self.walk(steps)) == len(steps)

    def place(self, address: Address | Iterable[Step]) -> str:
        """Returns where ``span(address, "key")`` starts, as people write it: ``topology.yaml:48:3``."""
        owner, steps = self._home(_steps(address))
        if owner is not self:
            return owner.place(steps)
        line, column = self.source.line_and_column(self._key_start(steps))
        return f"{self.source.name}:{line}:{column}"

    def text(self, address: Address | Iterable[Step]) -> str:
        """Returns a scalar as written (``1.10``, ``true``), without quotes, escapes and folded lines.

        Raises:
            KeyError: there is no scalar at this address.
        """
        owner, steps = self._home(_steps(address))
        if owner is not self:
            return owner.text(steps)
        found = self.walk(steps)
        if not found or len(found) < len(steps) or isinstance(found[-1].value, dict | list):
            raise KeyError(str(Address(steps)))
        entry = found[-1]
        if isinstance(entry.value, str):
            return entry.value
        return self.aliased.get(entry.start, self.source.text[entry.start : entry.end])

    def _home(self, steps: tuple[Step, ...]) -> tuple[Document, tuple[Step, ...]]:
        """The document of the file that wrote what stands at an address, and the address there."""
        if self.owners:
            for length in (2, 1):
                owner = self.owners.get(steps[:length])
                if owner is not None and len(steps) >= length:
                    return owner.document, owner.steps + steps[length:]
        return self, steps

    def walk(self, steps: Iterable[Step]) -> list[Entry]:
        """Returns the entries along a path in this file, as far as it leads."""
        found: list[Entry] = []
        container = self.data if self.written is None else self.written
        for step in steps:
            index = self._index(container, step)
            if index is None:
                break
            at = index * MARKS_PER_ENTRY
            key_start, start, end = self.marks[id(container)][at : at + MARKS_PER_ENTRY]
            container = container[step]
            found.append(Entry(step, container, key_start, start, end))
        return found

    def _key_start(self, steps: Iterable[Step]) -> int:
        """Where the last entry along a path starts, as far as it leads in this file; without the others on the way."""
        start, container = self.root[0], self.data if self.written is None else self.written
        for step in steps:
            index = self._index(container, step)
            if index is None:
                break
            start = self.marks[id(container)][index * MARKS_PER_ENTRY]
            container = container[step]
        return start

    def _index(self, container: Any, step: Step) -> int | None:
        """Which entry of its container a step leads to, None where there is no such entry."""
        if isinstance(container, dict) and isinstance(step, str):
            order = self._order.get(id(container))
            if order is None:
                order = self._order[id(container)] = dict(zip(container, count(), strict=False))
            return order.get(step)
        if isinstance(container, list) and isinstance(step, int) and 0 <= step < len(container):
            return step
        return None

    def _value_span(self, start: int, end: int, value: Any) -> Span:
        if isinstance(value, dict | list):
            line_end = self.source.text.find("\n", start, end)
            end = end if line_end < 0 else line_end
        return self.source.span(start, start + len(self.source.text[start:end].rstrip()))


def key_end(text: str, start: int, key: str) -> int:
    """Returns where the key that starts at a place ends, its quotes included."""
    quoted = _QUOTED.match(text, start)
    return quoted.end() if quoted else start + len(key)


def _steps(address: Address | Iterable[Step]) -> tuple[Step, ...]:
    return address.steps if isinstance(address, Address) else tuple(address)
