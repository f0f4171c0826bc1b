"""``kmtopo graph --view change``: what became of one environment."""

from __future__ import annotations

from pathlib import Path

from kmtopo import generation, registry
from kmtopo.artifacts import Artifact
from kmtopo.cli.diff import built
from kmtopo.cli.inputs import sources
from kmtopo.cli.revisions import as_it_was
from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.graph.graph import Graph
from kmtopo.pipeline import Build

VIEW = "change"
HEAD = "HEAD"


def compared(session: Session, file: Path, build: Build, name: str, against: str) -> dict[str, str]:
    """Returns the pictures of what became of an environment, by path; ``against`` is a revision, a file or a folder."""
    compares = registry.generator("diagram").compares
    assert compares is not None, "our own generator compares"
    before = _before(session, file, name, against)
    with session.progress("drawing"):
        found = list(compares(before, build.graphs[name], against, generation.tools()))
    problems = [each for each in found if not isinstance(each, Artifact)]
    if problems:
        session.report(problems, sources(build))
        raise Stop(Exit.PROBLEM)
    return {str(each.path): each.content for each in found if isinstance(each, Artifact)}


def _before(session: Session, file: Path, name: str, against: str) -> Graph | None:
    with as_it_was(session, file, against) as old:
        build, _ = built(session, old, against)
    return build.graphs.get(name)
