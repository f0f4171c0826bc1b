"""``kmtopo plan`` and ``kmtopo build``."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kmtopo import __version__, pipeline, writer
from kmtopo.cli import memory, verification
from kmtopo.cli.farewell import announce, bid_farewell, farewells
from kmtopo.cli.hatches import tell_hatches
from kmtopo.cli.inputs import chosen_generators, compiled, read, sources
from kmtopo.cli.memory import Remembered
from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.diagnostics import Diagnostic, Severity, has_errors
from kmtopo.pipeline import Build
from kmtopo.source import Project, Source, folder_of
from kmtopo.values import frozen

if TYPE_CHECKING:
    from kmtopo.lifecycle import Outlook

LOCK = "kmtopo.lock"
OUT = "build"
_CONFLICTS = frozenset({"KM705", "KM706"})
_SIGNS = {"create": "+", "change": "~", "delete": "-", "conflict": "!"}


@frozen
class Order:
    """What is to be built, as the command line says it; ``verify``: it is read back, too."""

    file: Path
    environments: list[str] | None = None
    output: Path | None = None
    only: str | None = None
    verify: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return not self.environments and self.only is None

    @property
    def folder(self) -> Path:
        """The project's folder."""
        return folder_of(self.file)

    @property
    def out(self) -> Path:
        """The output folder: as given, else ``build`` beside the topology."""
        return self.folder / OUT if self.output is None else self.output


def plan(session: Session, order: Order) -> None:
    """Shows what a build would change; writes nothing."""
    project = _opened(session, order)
    fresh = _fresh(project, order)
    if fresh:
        session.say("would", created=0, changed=0, deleted=0, unchanged=fresh.files)
        tell_hatches(session, fresh.hatches, order.out)
        return
    made = _compiled(session, project, order)
    planned = _planned(session, order, made)
    for _ in planned.strangers:
        print(f"{_SIGNS['conflict']} {order.out}")
    for change in planned.changes:
        print(f"{_SIGNS[change.action.value]} {order.folder / change.path}")
    session.say("would", **_counts(planned))
    ahead = _outlooks(order, made, planned)
    for farewell in farewells(made):
        announce(session, farewell, order.file, order.folder, order.out, ahead.get(farewell.environment))
    tell_hatches(session, made.hatches, order.out)


def build(session: Session, order: Order, *, check: bool, force: bool) -> None:
    """Writes what the topology says, all of it or nothing."""
    if order.verify and order.only:
        raise session.refuse("verify-whole")
    project = _opened(session, order)
    left, ahead = _fresh(project, order), None
    if left:
        session.say("nothing", count=left.files, out=order.out)
    elif check:
        _check(session, _planned(session, order, _compiled(session, project, order)), order.out)
    else:
        left, ahead = _made(session, project, order, force=force)
    if left and not check:
        for farewell in left.farewells:
            bid_farewell(session, farewell, order.file, order.folder, order.out, ahead)
        tell_hatches(session, left.hatches, order.out)


def _opened(session: Session, order: Order, lock: writer.Lock | None = None) -> Project:
    """The inputs; a build that was cut is ended first, since kmtopo.lock is one of its files."""
    _refuse(session, writer.ground(order.folder, order.out.absolute()))
    if order.folder.is_dir():
        _refuse(session, writer.recover(order.folder, order.out.absolute(), lock=lock))
    return read(session, order.file)


def _made(
    session: Session, project: Project, order: Order, *, force: bool
) -> tuple[Remembered, Mapping[str, Outlook] | None]:
    """Compiles, then takes its turn and writes; an error in the topology touches nothing, not even the turn."""
    made = _compiled(session, project, order)
    with _turn(session, order) as lock:
        now = _opened(session, order, lock)
        # While it waited another build may have allocated, or an editor saved.
        if now != project:
            project, made = now, _compiled(session, now, order)
        planned = _planned(session, order, made)
        left = _written(session, order, made, planned, lock, force=force)
        return left, _outlooks(order, made, planned) or None


def _outlooks(order: Order, made: Build, planned: writer.Plan) -> Mapping[str, Outlook]:
    """What follows from the changes in each environment; of a part of the files nothing can be told."""
    from kmtopo.lifecycle import outlooks

    if order.only:
        return {}
    deployments = {name: graph.deployment for name, graph in made.graphs.items()}
    return outlooks(planned.changes, planned.out, made.artifacts, deployments)


def _turn(session: Session, order: Order) -> writer.Lock:
    turn = writer.hold(order.folder)
    _refuse(session, [turn] if isinstance(turn, Diagnostic) else [])
    assert isinstance(turn, writer.Lock), "_refuse() ends the command where there is no turn"
    return turn


def _fresh(project: Project, order: Order) -> Remembered | None:
    """What a build would find again, where nothing has happened since the last one."""
    out = order.out.absolute()
    inputs = _digest((project.root, *project.included, *project.templates), project.lock.text if project.lock else "")
    # What was verified once is not remembered: a reader may have been installed since.
    if order.verify or not order.is_whole or not writer.is_fresh(order.folder, out, version=__version__, inputs=inputs):
        return None
    return memory.recall(order.folder, f"{inputs} {_way_back(order.folder, out)}")


def _compiled(session: Session, project: Project, order: Order) -> Build:
    generators = chosen_generators(session, order.only)
    root = _way_back(order.folder, order.out)
    made = compiled(session, project, order.environments, generators, pipeline.BUILDING, root)
    if not made.ok:
        session.report(made.diagnostics, sources(made))
        raise Stop(Exit.PROBLEM)
    if order.verify:
        verification.verify(session, made, order.out)
    return made


def _way_back(folder: Path, out: Path) -> str:
    """From a machine's output folder back to the topology's: what bind mounts and secrets are relative to."""
    machine = out.absolute() / "environment" / "machine"
    return Path(os.path.relpath(folder.absolute(), machine)).as_posix()


def _planned(session: Session, order: Order, made: Build) -> writer.Plan:
    wanted, makers = made.artifacts, chosen_generators(session, order.only)
    if makers is not None:
        from kmtopo.cli.part import OURS, with_whole_traces

        wanted = with_whole_traces(wanted, makers, order.folder, order.out.absolute())
        makers = (*makers, OURS)
    scope = writer.Scope(
        frozenset(order.environments) if order.environments else None,
        frozenset(makers) if makers is not None else None,
    )
    outputs = tuple(
        writer.Output(f"{name}/{artifact.path}", artifact.content, generator, artifact.mode, artifact.origins)
        for name, artifacts in wanted.items()
        for generator, artifact in artifacts
        if scope.covers(f"{name}/{artifact.path}", generator)
    )
    lock = _lock(made)
    tree = writer.Tree(
        __version__,
        _digest(made.written, lock),
        outputs,
        scope,
        {LOCK: lock} if lock else {},
    )
    planned = writer.plan(order.folder, order.out.absolute(), tree)
    _refuse(session, planned.problems)
    return planned


def _lock(made: Build) -> str:
    return made.lock.text() if made.lock is not None else ""


def _digest(topology: Iterable[Source | None], lock: str) -> str:
    """What the tree was made from: the topology in all its files, and the lock as it is after allocation."""
    first, *included = (file for file in topology if file is not None)
    parts = [first.text, lock, *(text for file in included for text in (file.name, file.text))]
    return sha256("\0".join(parts).encode()).hexdigest()


def _refuse(session: Session, problems: Iterable[Diagnostic]) -> None:
    found = tuple(problems)
    session.report(found, {})
    if has_errors(found):
        errors = {d.code for d in found if d.severity is Severity.ERROR}
        raise Stop(Exit.CONFLICT if errors <= _CONFLICTS else Exit.PROBLEM)


def _check(session: Session, planned: writer.Plan, out: Path) -> None:
    if planned.is_clean:
        session.say("nothing", count=len(planned.unchanged), out=out)
        return
    sys.stdout.write(writer.diff(planned))
    session.complain("stale")
    raise Stop(Exit.PROBLEM)


def _written(
    session: Session, order: Order, made: Build, planned: writer.Plan, lock: writer.Lock, *, force: bool
) -> Remembered:
    warnings = [d for d in made.diagnostics if d.severity is not Severity.INFO]
    session.report(warnings, sources(made))
    _refuse(session, writer.commit(planned, force=force, lock=lock))
    out, counts = order.out, _counts(planned)
    _tell(session, planned, out)
    count = counts["created"] + counts["changed"] + counts["unchanged"]
    left = Remembered(count, tuple(farewells(made)), made.hatches)
    # What has to be told again has to be found again.
    if order.is_whole and not warnings:
        inputs = _digest(made.written, _lock(made))
        memory.remember(order.folder, f"{inputs} {_way_back(order.folder, out)}", left)
    return left


def _tell(session: Session, planned: writer.Plan, out: Path) -> None:
    if planned.is_clean:
        session.say("nothing", count=len(planned.unchanged), out=out)
    else:
        session.say("wrote", out=out, **_counts(planned))


def _counts(planned: writer.Plan) -> dict[str, int]:
    counts = Counter(change.action.value for change in planned.changes)
    return {
        "created": counts["create"],
        "changed": counts["change"] + counts["conflict"],
        "deleted": counts["delete"],
        "unchanged": len(planned.unchanged),
    }
