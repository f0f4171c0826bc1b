"""What of a text can be put in another order: its block mappings, and who refers to whom in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from kmtopo.syntax.events import open_events
from kmtopo.values import frozen

_ENDS = (MappingEndEvent, SequenceEndEvent)
_KEPT = re.compile(r"[^\n]*\+")


class Entry(NamedTuple):
    """A key of a block mapping, where it starts, and its value."""

    key: str
    start: int
    value: Node


@frozen
class Node:
    """A value: where it starts, where its own text ends, and the anchors and aliases in it.

    ``entries`` are those of a block mapping, ``items`` those of a block sequence; flow style and scalars have neither.
    ``is_open``: the blank lines, or the end of the file, that follow it are part of what it says.
    """

    start: int
    end: int
    anchors: tuple[str, ...] = ()
    aliases: frozenset[str] = frozenset()
    entries: tuple[Entry, ...] = ()
    items: tuple[Node, ...] = ()
    is_open: bool = False


def read_node(text: str) -> Node:
    """Reads the root of a text in which the parser has found nothing wrong."""
    reader = _Reader(text, open_events(text).get_event)
    reader.following()
    reader.following()
    return reader.node(reader.following())


class _Reader(NamedTuple):
    text: str
    following: Callable[[], Any]

    def node(self, event: Any) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        if type(event) is AliasEvent:
            return Node(start, end, aliases=frozenset({str(event.anchor)}))
        own = (event.anchor,) if event.anchor else ()
        if type(event) is ScalarEvent:
            return self._block(start, end, own) if event.style in ("|", ">") else Node(start, end, own)
        return self._mapping(event, own) if type(event) is MappingStartEvent else self._sequence(event, own)

    def _block(self, start: int, end: int, own: tuple[str, ...]) -> Node:
        """A block of text: the parser's own end of it lies behind the blank lines that follow."""
        text = self.text[start:end]
        content = text.rstrip()
        blank = text[len(content) :]
        if _KEPT.match(text) or not blank or blank.strip("\r\n"):
            return Node(start, end, own, is_open=True)
        return Node(start, start + len(content), own)

    def _sequence(self, opened: Any, own: tuple[str, ...]) -> Node:
        items = []
        while type(event := self.following()) not in _ENDS:
            items.append(self.node(event))
        if opened.flow_style:
            return _around(opened, event.end_mark.index, own, items)
        return _around(opened, opened.start_mark.index, own, items, items=tuple(items))

    def _mapping(self, opened: Any, own: tuple[str, ...]) -> Node:
        entries, parts = [], []
        while type(event := self.following()) not in _ENDS:
            key, value = self.node(event), self.node(self.following())
            parts += [key, value]
            entries.append(Entry(getattr(event, "value", ""), key.start, value))
        if opened.flow_style:
            return _around(opened, event.end_mark.index, own, parts)
        return _around(opened, opened.start_mark.index, own, parts, entries=tuple(entries))


def _around(
    opened: Any,
    end: int,
    own: tuple[str, ...],
    parts: Iterable[Node],
    *,
    entries: tuple[Entry, ...] = (),
    items: tuple[Node, ...] = (),
) -> Node:
    """The node of what was opened, with all that is in its parts."""
    anchors, aliases, is_open = list(own), set[str](), False
    for part in parts:
        end = max(end, part.end)
        anchors += part.anchors
        aliases |= part.aliases
        is_open = part.is_open
    return Node(opened.start_mark.index, end, tuple(anchors), frozenset(aliases), entries, items, is_open)
