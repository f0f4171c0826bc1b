"""``kmtopo plan`` and ``kmtopo build``."""

from __future__ import annotations

import os
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

from kmtopo import __version__, pipeline, writer
from kmtopo.cli.inputs import chosen_generators, compiled, read, sources
from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.diagnostics import Diagnostic, Severity, has_errors
from kmtopo.pipeline import Build
from kmtopo.source import Project

LOCK = "kmtopo.lock"


def plan(session: Session, file: Path, environments: list[str] | None, output: Path, only: str | None) -> None:
    """Shows what a build would change; writes nothing."""
    project, build = _compiled(session, file, environments, output, only)
    _heal(session, project, output)
    planned = _planned(project, build, environments, output, only)
    _refuse(session, planned.problems)
    for change in planned.changes:
        print(f"{_SIGNS[change.action.value]} {change.path}")
    session.say("would", **_counts(planned))


def build(
    session: Session,
    file: Path,
    environments: list[str] | None,
    output: Path,
    only: str | None,
    *,
    check: bool,
    force: bool,
) -> None:
    """Writes what the topology says, all of it or nothing."""
    project, made = _compiled(session, file, environments, output, only)
    _heal(session, project, output)
    planned = _planned(project, made, environments, output, only)
    if check:
        _check(session, planned)
        return
    session.report((d for d in made.diagnostics if d.severity is not Severity.INFO), sources(made))
    _refuse(session, writer.commit(planned, force=force))
    _tell(session, planned, output)
    from kmtopo.cli.farewell import farewell

    farewell(session, made, project.folder, output)


_SIGNS = {"create": "+", "change": "~", "delete": "-", "conflict": "!"}


def _compiled(
    session: Session, file: Path, environments: list[str] | None, output: Path, only: str | None
) -> tuple[Project, Build]:
    project = read(session, file)
    generators = chosen_generators(session, only)
    root = _way_back(project.folder, output)
    made = compiled(session, project, environments, generators, pipeline.BUILDING, root)
    if not made.ok:
        session.report(made.diagnostics, sources(made))
        raise Stop(Exit.PROBLEM)
    return project, made


def _way_back(folder: Path, output: Path) -> str:
    """From a machine's output folder back to the topology's: what bind mounts and secrets are relative to."""
    machine = (folder / output).absolute() / "environment" / "machine"
    return Path(os.path.relpath(folder.absolute(), machine)).as_posix()


def _heal(session: Session, project: Project, output: Path) -> None:
    _refuse(session, writer.recover(project.folder, output))


def _planned(
    project: Project, build: Build, environments: list[str] | None, output: Path, only: str | None
) -> writer.Plan:
    scope = writer.Scope(
        frozenset(environments) if environments else None, frozenset(only.split(",")) if only is not None else None
    )
    outputs = tuple(
        writer.Output(f"{name}/{artifact.path}", artifact.content, generator, artifact.mode, artifact.origins)
        for name, made in build.artifacts.items()
        for generator, artifact in made
        if only is None or scope.covers(f"{name}/{artifact.path}", generator)
    )
    lock = build.lock.text() if build.lock is not None else ""
    tree = writer.Tree(__version__, _digest(project, lock), outputs, scope, {LOCK: lock} if lock else {})
    return writer.plan(project.folder, output, tree)


def _digest(project: Project, lock: str) -> str:
    """What the tree was made from: the topology, and the lock as it is after allocation."""
    return sha256(f"{project.root.text if project.root else ''}\0{lock}".encode()).hexdigest()


def _refuse(session: Session, problems: tuple[object, ...]) -> None:
    found = [p for p in problems if isinstance(p, Diagnostic)]
    session.report(found, {})
    if has_errors(found):
        conflict = all(d.code in ("KM705", "KM706") for d in found)
        raise Stop(Exit.CONFLICT if conflict else Exit.PROBLEM)


def _check(session: Session, planned: writer.Plan) -> None:
    _refuse(session, planned.problems)
    if planned.is_clean:
        session.say("nothing", count=len(planned.unchanged), out=planned.out)
        return
    sys.stdout.write(writer.diff(planned))
    print(session.word("stale"), file=sys.stderr)
    raise Stop(Exit.PROBLEM)


def _counts(planned: writer.Plan) -> dict[str, int]:
    counts = Counter(change.action.value for change in planned.changes)
    changed = counts["change"] + counts["conflict"]
    return {
        "created": counts["create"],
        "changed": changed,
        "deleted": counts["delete"],
        "unchanged": len(planned.unchanged),
    }


def _tell(session: Session, planned: writer.Plan, output: Path) -> None:
    if planned.is_clean:
        session.say("nothing", count=len(planned.unchanged), out=output)
    else:
        session.say("wrote", out=output, **_counts(planned))
