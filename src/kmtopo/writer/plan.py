"""The plan: what a build would do to each file."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from pathlib import Path

from kmtopo.diagnostics import Diagnostic
from kmtopo.values import frozen
from kmtopo.writer.places import MANIFEST, under
from kmtopo.writer.sightings import Sightings
from kmtopo.writer.survey import Found


class Action(Enum):
    """What a build would do to a file that is not as it should be."""

    CREATE = "create"
    CHANGE = "change"
    DELETE = "delete"
    CONFLICT = "conflict"


@frozen
class Change:
    """One file that a build would touch.

    ``path`` is relative to the project, or absolute where the output folder lies elsewhere. ``before`` is
    None where there is no file, ``after``, with its ``sha256`` and ``mode``, where none shall be; bytes that
    are no UTF-8 come as lone surrogates. A conflict is a file that is not what kmtopo wrote last: ``owned``
    tells whether it ever wrote one there.
    """

    path: str
    action: Action
    before: str | None
    after: str | None
    sha256: str | None = None
    mode: int = 0o644
    owned: bool = True
    found: Found | None = field(default=None, repr=False)


@frozen
class Plan:
    """Everything that a build would do, the manifest included, sorted by path.

    ``problems`` stand in the way whatever the user says; conflicts and ``strangers``, which tell of a folder
    that others use, give way to ``--force``.
    ``known`` and ``seen`` are what an earlier run and this one know of the files that stay.
    """

    root: Path
    out: str
    changes: tuple[Change, ...] = ()
    unchanged: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    strangers: tuple[Diagnostic, ...] = ()
    known: Sightings = field(default_factory=lambda: Sightings(""), repr=False)
    seen: Sightings = field(default_factory=lambda: Sightings(""), repr=False)

    @property
    def is_clean(self) -> bool:
        """Tells whether everything on disk is as it should be."""
        return not self.changes and not self.problems

    @property
    def conflicts(self) -> tuple[Change, ...]:
        """The files that somebody else wrote to."""
        return tuple(change for change in self.changes if change.action is Action.CONFLICT)

    @property
    def manifest(self) -> str:
        """The path of the manifest."""
        return under(self.out, MANIFEST)
