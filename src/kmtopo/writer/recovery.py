"""Recovery: ends a build that was cut, before anything else looks at its files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.writer.disk import Disk
from kmtopo.writer.ending import complete, undo
from kmtopo.writer.failures import failure
from kmtopo.writer.journal import Journal, journal_name, staging_name
from kmtopo.writer.lock import Lock, hold
from kmtopo.writer.places import place_of


def recover(
    root: Path, out: Path, *, lock: Lock | None = None, open_disk: Callable[[Path], Disk] = Disk
) -> tuple[Diagnostic, ...]:
    """Completes or undoes a build that was cut, and says so (KM709); where none was, it changes nothing.

    Every command that looks at the output folder calls this first. A build that still runs is waited
    for (KM706), unless the caller brings the lock.
    """
    place = place_of(root, out)
    with open_disk(root) as disk:
        try:
            if disk.look(journal_name(place)) is None and disk.look(staging_name(place)) is None:
                return ()
            holder = lock or hold(root)
            if isinstance(holder, Diagnostic):
                return (holder,)
            try:
                return heal(disk, place)
            finally:
                if lock is None:
                    holder.release()
        except OSError as error:
            return (failure(error, disk.place),)


def heal(disk: Disk, out: str) -> tuple[Diagnostic, ...]:
    """Ends a build that was cut, for a caller that holds the lock; raises OSError where the disk refuses."""
    found: list[Diagnostic] = []
    for name, end, ended, unreadable in (
        (journal_name(out), complete, "", "unreadable"),
        # A staging journal that is not whole announces nothing that has happened yet.
        (staging_name(out), undo, "undone", "undone"),
    ):
        # Whoever held the lock until now may have ended the build by itself.
        if disk.look(name) is not None:
            journal = _journal(disk.read(name), out)
            if journal is not None:
                end(disk, journal)
            disk.delete(name)
            path = journal.out if journal else out
            found.append(diagnose("KM709", path=path or ".", help=ended if journal else unreadable))
    return tuple(found)


def _journal(data: bytes, out: str) -> Journal | None:
    try:
        return Journal.parse(data, out)
    except ValueError:
        return None
