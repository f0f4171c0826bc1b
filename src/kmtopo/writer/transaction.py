"""The transaction: all changes of a plan, or none."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from itertools import takewhile

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.writer.disk import Disk, Signature, signature
from kmtopo.writer.ending import tidy, undo
from kmtopo.writer.failures import failure
from kmtopo.writer.journal import Journal, Step, journal_name, staging_name
from kmtopo.writer.places import STATE, folder_of, folders_above, staged
from kmtopo.writer.plan import Change, Plan
from kmtopo.writer.staging import Staging

_FLUSHED_ONE_BY_ONE = 256


class Transaction:
    """One run of a plan, by a process that holds the lock; ``written`` has the state of each new file."""

    def __init__(self, plan: Plan, disk: Disk) -> None:
        self.written: dict[str, Signature] = {}
        self._disk = disk
        # The manifest comes last: what it says has then happened.
        self._changes = sorted(plan.changes, key=lambda change: (change.path == plan.manifest, change.path))
        self.journal = Journal(plan.out, (), tuple(map(_step, self._changes)))
        self._staging = Staging(())
        self._announced = staging_name(plan.out)
        self._decided = journal_name(plan.out)

    def run(self) -> tuple[Diagnostic, ...]:
        """Takes all steps, or returns why everything is as it was."""
        return self._prepare() or self._replace()

    def _prepare(self) -> tuple[Diagnostic, ...]:
        try:
            self._announce()
            self._stage()
            problems = self._moved()
            if not problems:
                self._disk.rename(self._announced, self._decided)
                self._disk.flush_folder(STATE)
                return ()
        except OSError as error:
            problems = (failure(error, self._disk.place),)
        self._undo()
        return problems

    def _announce(self) -> None:
        folders = _missing_folders(self._disk, (change.path for change in self._changes if change.found is None))
        self.journal = Journal(self.journal.out, folders, self.journal.steps)
        self._staging = Staging(folders)
        self._disk.create(self._announced, self.journal.render())
        self._disk.flush_folder(STATE)

    def _stage(self) -> None:
        one_by_one = len(self._changes) <= _FLUSHED_ONE_BY_ONE
        for folder in self._staging.ready_folders:
            self._make_folder(folder)
        for change in self._changes:
            if change.after is not None:
                written = self._write(self._staging.ready(change.path), change.after, change.mode, flush=one_by_one)
                self.written[change.path] = written
        if one_by_one:
            for folder in self._staging.ready_folders:
                self._disk.flush_folder(folder)
        else:
            self._disk.flush_all()

    def _make_folder(self, ready: str) -> None:
        # Left by a build whose journal somebody has deleted: the name is ours alone.
        with suppress(FileExistsError):
            self._disk.make_folder(ready)

    def _write(self, ready: str, content: str, mode: int, *, flush: bool = True) -> Signature:
        data = content.encode("utf-8", "surrogateescape")
        try:
            return self._disk.create(ready, data, mode, flush=flush)
        except FileExistsError:
            self._disk.discard(ready)
            return self._disk.create(ready, data, mode, flush=flush)

    def _moved(self) -> tuple[Diagnostic, ...]:
        moved = [change.path for change in self._changes if not self._is_as_found(change)]
        moved += [folder for folder, _ in self._staging.tops if self._disk.look(folder) is not None]
        return tuple(diagnose("KM705", path=path, help="moved") for path in moved)

    def _is_as_found(self, change: Change) -> bool:
        if self._staging.comes_with_folder(change.path):
            return True
        status = self._disk.look(change.path)
        return (status and signature(status)) == (change.found and change.found.signature)

    def _replace(self) -> tuple[Diagnostic, ...]:
        folders: list[tuple[str, str]] = []
        changes: list[Change] = []
        try:
            for folder, ready in self._staging.tops:
                self._disk.rename_folder(ready, folder)
                folders.append((folder, ready))
            for change in self._changes:
                self._apply(change)
                changes.append(change)
        except OSError as error:
            problem = failure(error, self._disk.place)
            self._roll_back(folders, changes)
            return (problem,)
        return self._close()

    def _apply(self, change: Change) -> None:
        if change.after is None:
            self._disk.delete(change.path)
        elif not self._staging.comes_with_folder(change.path):
            self._disk.rename(staged(change.path), change.path)

    def _close(self) -> tuple[Diagnostic, ...]:
        try:
            tidy(self._disk, self.journal)
            self._disk.delete(self._decided)
        except OSError as error:
            return (failure(error, self._disk.place),)
        return ()

    def _roll_back(self, folders: Iterable[tuple[str, str]], changes: list[Change]) -> None:
        with suppress(OSError):
            # Cut from here on, the build is undone and no longer completed.
            self._disk.rename(self._decided, self._announced)
            for change in reversed(changes):
                with suppress(OSError):
                    self._restore(change)
            for folder, ready in folders:
                self._disk.rename_folder(folder, ready)
            self._undo()

    def _restore(self, change: Change) -> None:
        if self._staging.comes_with_folder(change.path):
            return
        if change.before is None or change.found is None:
            self._disk.delete(change.path)
            return
        self._write(staged(change.path), change.before, change.found.mode & 0o7777)
        self._disk.rename(staged(change.path), change.path)

    def _undo(self) -> None:
        # What cannot be undone now stands in the journal, and the next command tries again.
        with suppress(OSError):
            undo(self._disk, self.journal)
            self._disk.discard(self._announced)
            self._disk.discard(self._decided)


def _step(change: Change) -> Step:
    return Step(change.path, change.found.sha256 if change.found else None, change.sha256)


def _missing_folders(disk: Disk, paths: Iterable[str]) -> tuple[str, ...]:
    missing: set[str] = set()
    for path in {folder_of(path): path for path in paths}.values():
        missing.update(takewhile(lambda folder: disk.look(folder) is None, folders_above(path)))
    return tuple(sorted(missing))
