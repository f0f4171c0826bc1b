"""From a path on the command line to a compiled build."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kmtopo import pipeline
from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.pipeline import Build, Request
from kmtopo.reading import read as read_all
from kmtopo.source import Project, Source


def read(session: Session, file: Path) -> Project:
    """Reads the topology and what lies beside it; ends the command where that fails."""
    return taken(session, read_all(file))


def taken(session: Session, project: Project) -> Project:
    """Ends the command where a file of a project was refused."""
    if project.refusals:
        from kmtopo.syntax import diagnose_refusal

        session.report(map(diagnose_refusal, project.refusals), project.sources)
        raise Stop(Exit.PROBLEM)
    return project


def compiled(
    session: Session,
    project: Project,
    environments: Iterable[str] | None = None,
    generators: tuple[str, ...] | None = None,
    phases: Iterable[pipeline.Phase] = pipeline.CHECKING,
    root: str = "../../..",
    *,
    drawing: bool = True,
) -> Build:
    """Compiles a project; an environment that the topology does not have ends the command."""
    assert project.root is not None, "read() ends the command where the topology was refused"
    wanted = tuple(environments) if environments else None
    start = pipeline.start(project, Request(wanted, generators, root, drawing))
    with session.progress("compiling", file=project.root.name):
        build = pipeline.run(phases, start)
    if build.topology is not None and not build.topology.is_absent("environments"):
        known = sorted(build.topology.environments)
        for name in wanted or ():
            if name not in known and not build.topology.is_absent("environments", name):
                raise session.refuse("no-environment", known=known, name=name)
    return build


def sources(build: Build) -> dict[str, Source]:
    """The texts that diagnostics of a build point into."""
    given = (*build.written, build.lock_source)
    return {source.name: source for source in given if source is not None}


def chosen_generators(session: Session, only: str | None) -> tuple[str, ...] | None:
    """Reads ``--only``; a name that nothing registers, or none at all, ends the command."""
    if only is None:
        return None
    from kmtopo import registry

    known = registry.generator_names()
    names = tuple(sorted({name.strip() for name in only.split(",") if name.strip()})) or ("",)
    for name in names:
        if name not in known:
            raise session.refuse("no-generator", known=known, name=name)
    return names
