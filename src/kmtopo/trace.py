"""The trace: which line of a built file came from which line of the topology."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from json.encoder import encode_basestring as quoted
from pathlib import PurePosixPath
from typing import Any

from kmtopo.addresses import Address
from kmtopo.artifacts import Artifact
from kmtopo.syntax import Document

TRACE = PurePosixPath("trace.json")

# It begins with what is written: looking for that is quicker than looking at the beginning of every line.
_ORIGIN = re.compile(r" from (\S+)$", re.MULTILINE)
_COMMENTS = frozenset({"#", "--", "//", "%%"})


def trace(artifacts: Iterable[Artifact], document: Document) -> Artifact:
    """Makes ``trace.json`` of the comment lines that open blocks.

    Its shape: ``{path: [[line, address, "topology.yaml:48:3"], …]}``; a block reaches to the next one.
    """
    origins = _Origins(document)
    files = {str(a.path): [f"[{line}, {origins[of]}]" for line, of in _openings(a.content)] for a in artifacts}
    return _trace({path: rows for path, rows in files.items() if rows})


def joined(fresh: Artifact, before: str, kept: Callable[[str], bool]) -> Artifact:
    """Adds to the trace of some files what an older one says of those to be kept; one that is broken says nothing."""
    try:
        old = {path: list(map(_row, rows)) for path, rows in json.loads(before).items() if kept(path)}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return fresh
    return _trace(old | {path: list(map(_row, rows)) for path, rows in json.loads(fresh.content).items()})


def _row(block: Iterable[Any]) -> str:
    line, address, place = block
    return f"[{int(line)}, {quoted(address)}, {quoted(place)}]"


def _trace(files: Mapping[str, Iterable[str]]) -> Artifact:
    # One block a line, so that a change of the topology reads well in a diff.
    rows = {path: ",\n    ".join(files[path]) for path in sorted(files)}
    body = ",\n".join(f"  {quoted(path)}: [\n    {rows[path]}\n  ]" for path in rows)
    return Artifact(TRACE, f"{{\n{body}\n}}\n" if body else "{}\n")


def opening(content: str, line: int) -> str | None:
    """Returns the address of the block that a line of a built file belongs to, None where it precedes them all."""
    head = "\n".join(content.split("\n", line)[:line])
    found = [address for _, address in _openings(head)]
    return found[-1] if found else None


def is_opening(line: str) -> bool:
    """Tells whether a line of a built file opens a block."""
    return any(True for _ in _openings(line))


def opened(content: str) -> frozenset[str]:
    """Returns the addresses of all blocks of a built file."""
    return frozenset(address for _, address in _openings(content))


def _openings(content: str) -> Iterator[tuple[int, str]]:
    """The lines that open blocks, counted from 1, each with its address."""
    line = 1
    # What stands before an address, and the address, by turns.
    pieces = iter(_ORIGIN.split(content))
    for text, address in zip(pieces, pieces, strict=False):
        line += text.count("\n")
        if text[text.rfind("\n") + 1 :].lstrip(" \t") in _COMMENTS:
            yield line, address


class _Origins(dict[str, str]):
    """Addresses with their places in the topology; found once each, since a tenant opens a block in several files."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document

    def __missing__(self, address: str) -> str:
        place = self._document.place(Address.parse(address))
        self[address] = f"{quoted(address)}, {quoted(place)}"
        return self[address]
