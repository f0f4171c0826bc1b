"""Which files are not there that have to be before a start: every one by name, and still to be read by a person."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from textwrap import fill

from kmtopo.cli.session import Session
from kmtopo.values import frozen

_MOST_LINES = 10
_MOST_NAMES = 100
_WIDTH = 100


@frozen
class Missing:
    """The files that one folder lacks, sorted; ``is_all``: it holds none of those that it has to."""

    folder: str
    names: tuple[str, ...]
    is_all: bool


def missing(places: Iterable[str], folder: Path) -> tuple[Missing, ...]:
    """Finds the places below a folder that hold no file; each parent is listed once, since tenants have thousands in one."""
    wanted: dict[str, set[str]] = {}
    for place in places:
        parent, _, name = place.rpartition("/")
        wanted.setdefault(parent, set()).add(name)
    there = {parent: names & _files_in(folder / parent) for parent, names in wanted.items()}
    return tuple(
        Missing(parent, tuple(sorted(names - there[parent])), not there[parent])
        for parent, names in sorted(wanted.items())
        if names - there[parent]
    )


def tell_missing(session: Session, found: Iterable[Missing], folder: Path) -> None:
    """Names every file: a few by line, many by folder, and a folder of which everything is missing as a whole."""
    for each in found:
        below, names = folder / each.folder, each.names
        if len(names) <= _MOST_LINES:
            for name in names:
                session.say("missing", path=below / name)
        elif each.is_all and len(names) > _MOST_NAMES:
            session.say("missing-all", count=len(names), folder=below, first=names[0], last=names[-1])
        else:
            session.say("missing-in", folder=below)
            indent = " " * 4
            print(fill(", ".join(names), _WIDTH, initial_indent=indent, subsequent_indent=indent))


def _files_in(folder: Path) -> frozenset[str]:
    try:
        with os.scandir(folder) as entries:
            return frozenset(entry.name for entry in entries if entry.is_file())
    except OSError:
        return frozenset()
