"""The commit: makes the disk what the plan says, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.writer.disk import Disk
from kmtopo.writer.failures import failure
from kmtopo.writer.lock import Lock, hold, prepare_state
from kmtopo.writer.plan import Change, Plan
from kmtopo.writer.recovery import heal
from kmtopo.writer.sightings import Sighting, Sightings, save_sightings
from kmtopo.writer.transaction import Transaction


def commit(
    plan: Plan, *, force: bool = False, lock: Lock | None = None, open_disk: Callable[[Path], Disk] = Disk
) -> tuple[Diagnostic, ...]:
    """Writes, replaces and deletes the files of a plan and returns nothing, or returns why no file was touched.

    Each file is replaced in one step, by a rename: a reader sees the old content or the new. Killed at
    any moment, the build is ended by ``recover``: undone where no file had been replaced yet, completed
    where one had. A file that changes between plan and commit is not overwritten. Not promised: that a
    reader of several files sees all of them from the same build, nor that a process which has mounted
    or opened a single file sees its new content.

    Args:
        plan: what to do; one with nothing to do touches no file of the user's.
        force: overwrites files that somebody else wrote to.
        lock: the caller's own; without it the commit waits for its turn.
        open_disk: what opens the disk.
    """
    refusals = plan.problems or (() if force else (*plan.strangers, *map(_conflict, plan.conflicts)))
    if refusals:
        return refusals
    with open_disk(plan.root) as disk:
        if plan.is_clean:
            _remember_clean(disk, plan)
            return ()
        holder = lock or hold(plan.root)
        if isinstance(holder, Diagnostic):
            return (holder,)
        try:
            return _run(disk, plan)
        finally:
            if lock is None:
                holder.release()


def _run(disk: Disk, plan: Plan) -> tuple[Diagnostic, ...]:
    try:
        heal(disk, plan.out)
    except OSError as error:
        return (failure(error, disk.place),)
    transaction = Transaction(plan, disk)
    problems = transaction.run()
    if not problems:
        _remember(disk, plan, transaction)
    return problems


def _conflict(change: Change) -> Diagnostic:
    variant = "foreign" if not change.owned else "orphan" if change.after is None else ""
    return diagnose("KM705", path=change.path, help=variant)


def _remember_clean(disk: Disk, plan: Plan) -> None:
    build = plan.seen.build or plan.known.build
    files = _seen(plan)
    if (build, files) != (plan.known.build, plan.known.files):
        _save(disk, Sightings(plan.out, build, files))


def _remember(disk: Disk, plan: Plan, transaction: Transaction) -> None:
    files = _seen(plan)
    for step in transaction.journal.steps:
        files.pop(step.place, None)
        if step.after is not None:
            files[step.place] = (*transaction.written[step.place], step.after)
    _save(disk, Sightings(plan.out, plan.seen.build, files))


def _seen(plan: Plan) -> dict[str, Sighting]:
    # A part of the files was looked at in a part of a build: of the others the old sightings still hold.
    return {**({} if plan.seen.build else plan.known.files), **plan.seen.files}


def _save(disk: Disk, sightings: Sightings) -> None:
    with suppress(OSError):
        prepare_state(disk)
        save_sightings(disk, sightings)
