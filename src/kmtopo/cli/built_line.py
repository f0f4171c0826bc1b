"""From a line of a built file back to the topology."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from kmtopo import pipeline
from kmtopo.addresses import Address
from kmtopo.cli.session import Exit, Session
from kmtopo.reading import read
from kmtopo.report.visible import visible
from kmtopo.syntax import Document
from kmtopo.trace import TRACE, opening
from kmtopo.writer.places import MANIFEST

_MOST = 5


def show_built_line(session: Session, file: Path, line: int, topology: Path) -> None:
    """Prints the place in the topology that a built line comes from, and its address.

    The comment that opens the line's block names the address; where none does, the manifest knows what the
    whole file was made from. The place is that in the topology as it is now, in the trace where there is none.
    """
    content = _content(session, file)
    lines = content.count("\n") + (not content.endswith("\n"))
    if not 1 <= line <= lines:
        raise session.refuse("no-line", Exit.PROBLEM, path=file, count=lines)
    found = opening(content, line)
    addresses = [found] if found else list(_origins(file.resolve()))
    if not addresses:
        raise session.refuse("no-trace", Exit.PROBLEM, path=file)
    places = _Places(file.resolve(), topology)
    for address in addresses[:_MOST]:
        print(visible("  ".join(filter(None, (places.of(address), address)))))
    if len(addresses) > _MOST:
        session.say("and-more", count=len(addresses) - _MOST)


def _content(session: Session, file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise session.refuse("no-trace", Exit.PROBLEM, path=file) from None
    except OSError as error:
        raise session.refuse("unreadable", Exit.PROBLEM, path=file, reason=session.reason(error)) from None


def _origins(file: Path) -> Iterator[str]:
    for folder in file.parents:
        record = _json(folder / MANIFEST)
        if record is not None:
            path = file.relative_to(folder).as_posix()
            with suppress(KeyError, TypeError):
                yield from map(str, record["files"][path]["origins"])
            return


def _json(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


class _Places:
    """Where addresses stand: in the topology that lies above the built file or is named, else in the trace."""

    def __init__(self, built: Path, topology: Path) -> None:
        above = (folder / topology.name for folder in built.parents)
        source = next((path for path in (topology, *above) if path.is_file()), None)
        self._document = _document(source) if source else None
        traces = (_json(folder / TRACE) for folder in built.parents)
        trace = next((trace for trace in traces if trace is not None), {})
        self._traced = dict(_traced(trace))

    def of(self, address: str) -> str | None:
        try:
            steps = Address.parse(address)
        except ValueError:  # somebody's own comment
            return None
        if self._document is None or not self._document.has(steps):
            return self._traced.get(address)
        return self._document.place(steps)


def _traced(trace: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for blocks in trace.values():
        for block in blocks if isinstance(blocks, list) else ():
            match block:
                case [int(), str(address), str(place)]:
                    yield address, place


def _document(path: Path) -> Document | None:
    project = read(path)
    return pipeline.parse(pipeline.start(project)).document if project.root else None
