"""What a mapping's keys may not do, and what they bring in: duplicates and merges (``<<``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from kmtopo.syntax.document import MARKS_PER_ENTRY, Marks, key_end
from kmtopo.syntax.findings import Findings

MERGE = "<<"


class Place(NamedTuple):
    """Where a key stands in the text, and the key."""

    key: str
    start: int
    end: int


class Merge(NamedTuple):
    """A ``<<`` of a mapping: its key's place, its value, and where that stands."""

    place: Place
    value: Any
    start: int
    end: int


def report_duplicates(findings: Findings, data: Mapping[str, Any], marks: Marks, repeated: list[Place]) -> None:
    """Reports every key that a mapping already had; the first of each is the one that counts."""
    first = dict(zip(data, marks[::MARKS_PER_ENTRY], strict=True))
    for key, start, end in repeated:
        there = first[key]
        label = findings.label(there, key_end(findings.source.text, there, key), "first")
        findings.add("KM103", start, end, also=(label,), key=key)


def merge(
    findings: Findings, data: dict[str, Any], marks: Marks, merges: list[Merge], known: Mapping[int, Marks]
) -> None:
    """Adds the entries that a mapping's ``<<`` brings in and that it has not itself, with their places."""
    first = merges[0].place
    for repeated in merges[1:]:
        label = findings.label(first.start, first.end, "first")
        findings.add("KM103", repeated.place.start, repeated.place.end, also=(label,), help="merge", key=MERGE)
    for source in _sources(findings, merges[0]):
        theirs = known[id(source)]
        for index, (key, value) in enumerate(source.items()):
            if key not in data:
                data[key] = value
                at = index * MARKS_PER_ENTRY
                marks += theirs[at : at + MARKS_PER_ENTRY]


def _sources(findings: Findings, merged: Merge) -> list[dict[str, Any]]:
    sources = merged.value if isinstance(merged.value, list) else [merged.value]
    if all(isinstance(source, dict) for source in sources):
        return sources
    findings.add("KM110", merged.start, merged.end)
    return []
