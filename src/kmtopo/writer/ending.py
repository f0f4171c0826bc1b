"""The two ends of a build that was cut or has failed: it is undone, or it is completed."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from hashlib import sha256

from kmtopo.writer.disk import Disk
from kmtopo.writer.journal import Journal, Step
from kmtopo.writer.places import folder_of, folders_above, is_within
from kmtopo.writer.staging import Staging


def undo(disk: Disk, journal: Journal) -> None:
    """Removes what was made ready, where nothing has been replaced yet."""
    staging = Staging(journal.folders)
    for step in journal.steps:
        disk.discard(staging.ready(step.place))
    for folder in reversed(staging.ready_folders):
        disk.remove_folder(folder)


def complete(disk: Disk, journal: Journal) -> None:
    """Takes the steps that are left; what somebody has changed or made in the meantime stays as it is."""
    staging = Staging(journal.folders)
    for folder, ready in staging.tops:
        if disk.look(folder) is None and disk.look(ready) is not None:
            disk.rename_folder(ready, folder)
    for step in journal.steps:
        _complete(disk, step, staging)
    undo(disk, journal)
    tidy(disk, journal)


def tidy(disk: Disk, journal: Journal) -> None:
    """Removes the folders that deleted files leave empty, and waits until all names are on the medium."""
    _prune(disk, journal.out, (step.place for step in journal.steps if step.after is None))
    for folder in sorted({folder_of(place) for place in (*journal.folders, *(step.place for step in journal.steps))}):
        if disk.look(folder) is not None:
            disk.flush_folder(folder)


def _complete(disk: Disk, step: Step, staging: Staging) -> None:
    ready = staging.ready(step.place)
    if staging.comes_with_folder(step.place) or _sha256(disk, step.place) != step.before:
        return
    if step.after is None:
        disk.discard(step.place)
    elif _sha256(disk, ready) == step.after:
        disk.rename(ready, step.place)


def _prune(disk: Disk, out: str, deleted: Iterable[str]) -> None:
    # One file of each folder will do; the deepest folders come first.
    for place in sorted({folder_of(place): place for place in deleted}.values(), reverse=True):
        for folder in folders_above(place):
            if not (is_within(folder, out) and disk.remove_folder(folder)):
                break


def _sha256(disk: Disk, place: str) -> str | None:
    status = disk.look(place)
    if status is None:
        return None
    return sha256(disk.read(place, status.st_size)).hexdigest() if stat.S_ISREG(status.st_mode) else ""
