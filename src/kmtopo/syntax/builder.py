"""From events to plain data and its marks; what cannot be kept is reported and left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from kmtopo.syntax.anchors import Anchored, Anchors
from kmtopo.syntax.document import Document, Marks
from kmtopo.syntax.events import open_events
from kmtopo.syntax.findings import Findings, Unreadable
from kmtopo.syntax.mappings import MERGE, Merge, Place, merge, report_duplicates
from kmtopo.syntax.scalars import PlainScalars, Scalar

MAX_DEPTH = 64

_PROPERTY_START = frozenset("&!")
_PROPERTY = re.compile(r"(?P<tag>!<[^>]*>|![^\s,\[\]{}]*)|&[\w-]+|\s+|#.*")

_ENDS = (MappingEndEvent, SequenceEndEvent)

# A value, and where it starts and ends.
Node = tuple[Any, int, int]


class Builder:
    """Builds the one document of a source out of its events; ``text``: with some of it blanked."""

    def __init__(self, findings: Findings, text: str | None = None) -> None:
        source = findings.source
        text = source.text if text is None else text
        self._findings = findings
        self._source = source
        # The extra character gives an empty value at the very end something to look at.
        self._text = text + "\n"
        self._next: Callable[[], Any] = open_events(text).get_event
        self._plain = PlainScalars()
        self._anchors = Anchors(findings)
        self._marks: dict[int, Marks] = {}
        self._depth = 0
        self._nodes = 0

    def document(self) -> Document | None:
        """Reads the document; None where there is none.

        Raises:
            Unreadable: a limit was exceeded.
            yaml.YAMLError: this is not YAML.
        """
        self._next()
        if type(self._next()) is not DocumentStartEvent:
            return None
        data, start, end = self._node(self._next())
        self._next()
        self._expect_end()
        return Document(self._source, data, self._marks, (start, end), self._anchors.written)

    def _expect_end(self) -> None:
        following = self._next()
        start = following.start_mark.index
        if type(following) is DocumentStartEvent:
            self._findings.add("KM105", start, start + len("---"))

    def _node(self, event: Any) -> Node:
        """Reads a node of any kind; one that has an anchor or a tag starts where its value does."""
        start, end = self._skip_properties(event), event.end_mark.index
        if type(event) is ScalarEvent:
            return self._scalar(event, start)
        if type(event) is AliasEvent:
            anchored = self._anchors.resolve(str(event.anchor), start, end)
            self._nodes += anchored.nodes
            return anchored.value, start, end
        return self._container(event, start)

    def _skip_properties(self, event: Any) -> int:
        end: int = event.start_mark.index
        if self._text[end] not in _PROPERTY_START:
            return end
        for found in _PROPERTY.finditer(self._text, end, event.end_mark.index):
            if found.start() > end:
                break
            end = found.end()
            if found["tag"]:
                self._findings.add("KM104", *found.span(), tag=found["tag"])
        return end

    def _scalar(self, event: Any, start: int) -> Node:
        value: Scalar = self._plain[event.value] if event.implicit[0] else event.value
        end = event.end_mark.index
        if event.anchor is not None:
            self._anchors.close(event.anchor, Anchored(value, written=self._text[start:end]))
        return value, start, end

    def _container(self, event: Any, start: int) -> Node:
        if self._depth == MAX_DEPTH:
            self._findings.add("KM107", start, start + 1, limit=MAX_DEPTH)
            raise Unreadable
        before, anchor = self._nodes, event.anchor
        if anchor is not None:
            self._anchors.open(anchor)
        self._depth += 1
        data, end = self._mapping() if type(event) is MappingStartEvent else self._sequence()
        self._depth -= 1
        self._nodes += len(data) + 1
        if anchor is not None:
            self._anchors.close(anchor, Anchored(data, self._nodes - before))
        return data, start, end

    def _sequence(self) -> tuple[list[Any], int]:
        data: list[Any] = []
        marks: Marks = []
        following, text, plain = self._next, self._text, self._plain
        while type(event := following()) not in _ENDS:
            start, end = event.start_mark.index, event.end_mark.index
            # Nearly all nodes are scalars: a call for each would be a quarter of the time.
            if type(event) is ScalarEvent and text[start] not in _PROPERTY_START:
                value = plain[event.value] if event.implicit[0] else event.value
            else:
                value, start, end = self._node(event)
            marks += (start, start, end)
            data.append(value)
        self._marks[id(data)] = marks
        return data, event.end_mark.index

    def _mapping(self) -> tuple[dict[str, Any], int]:
        data: dict[str, Any] = {}
        marks: Marks = []
        repeated: list[Place] = []
        merges: list[Merge] = []
        following, text, plain = self._next, self._text, self._plain
        while type(event := following()) not in _ENDS:
            key_start = event.start_mark.index
            key: str | None = event.value if type(event) is ScalarEvent else None
            if not key or text[key_start] in _PROPERTY_START:
                key, key_start = self._unusual_key(event)
            given = following()
            start, end = given.start_mark.index, given.end_mark.index
            if type(given) is ScalarEvent and text[start] not in _PROPERTY_START:
                value = plain[given.value] if given.implicit[0] else given.value
            else:
                value, start, end = self._node(given)
            if key == MERGE and event.implicit[0]:
                merges.append(Merge(Place(key, key_start, event.end_mark.index), value, start, end))
            elif key in data:
                repeated.append(Place(key, key_start, event.end_mark.index))
            elif key is not None:
                marks += (key_start, start, end)
                data[key] = value
        if repeated:
            report_duplicates(self._findings, data, marks, repeated)
        if merges:
            merge(self._findings, data, marks, merges, self._marks)
        self._marks[id(data)] = marks
        return data, event.end_mark.index

    def _unusual_key(self, event: Any) -> tuple[str | None, int]:
        """Reads a key that has an anchor or tag, or is no word at all: None, and a finding, where it cannot be a key."""
        _, start, end = self._node(event)
        if type(event) is not ScalarEvent:
            self._findings.add("KM106", start, end, help=self._key_variant(event, start))
            return None, start
        if event.value or not event.implicit[0]:
            return event.value, start
        self._findings.add("KM106", start, end, help="empty")
        return None, start

    def _key_variant(self, event: Any, start: int) -> str:
        if type(event) is AliasEvent:
            return "alias"
        return "template" if self._text.startswith("{{", start - 1) else ""
