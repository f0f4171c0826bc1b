"""``kmtopo check``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path

from kmtopo import __version__, pipeline, report
from kmtopo.cli.inputs import compiled, sources
from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.cli.severities import Weights, weighed
from kmtopo.diagnostics import Diagnostic, Severity
from kmtopo.pipeline import Build
from kmtopo.reading import read
from kmtopo.source import Project, Source, folder_of
from kmtopo.values import frozen

FORMATS = ("text", "json", "sarif", "github")


@frozen
class Wish:
    """What is to be checked, and how to tell of it."""

    file: Path
    environments: tuple[str, ...] = field(default_factory=tuple)
    strict: bool = False
    format: str = "text"
    fix: bool = False
    weights: Weights = field(default_factory=dict)


def check(session: Session, wish: Wish) -> None:
    """Reports every problem; exit 1 with errors, under ``--strict`` with warnings, too.

    With ``fix``, what is safe to mend is mended first, in the files themselves.
    """
    if wish.format not in FORMATS:
        raise session.refuse("bad-choice", known=FORMATS, name=wish.format)
    build = _judged(session, wish)
    while wish.fix and _mended(session, wish, build):
        build = _judged(session, wish)
    found = weighed(build.diagnostics, wish.weights)
    _report(session, wish, found, sources(build))
    failing = {Severity.ERROR, Severity.WARNING} if wish.strict else {Severity.ERROR}
    if any(d.severity in failing for d in found):
        raise Stop(Exit.PROBLEM)
    if wish.format == "text":
        session.say("ok", environments=", ".join(sorted(wish.environments or build.graphs)))


def _judged(session: Session, wish: Wish) -> Build:
    project = read(wish.file)
    if project.refusals:
        _refuse(session, wish, project)
    return compiled(session, project, wish.environments, phases=pipeline.BUILDING, drawing=False)


def _refuse(session: Session, wish: Wish, project: Project) -> None:
    from kmtopo.syntax import diagnose_refusal

    _report(session, wish, [diagnose_refusal(refusal) for refusal in project.refusals], project.sources)
    raise Stop(Exit.PROBLEM)


def _mended(session: Session, wish: Wish, build: Build) -> bool:
    """Makes the safe edits, if there are any, and says which."""
    from kmtopo.editing import fixed, safe_edits
    from kmtopo.writer.rewriting import rewrite

    texts = {source.name: source for source in (build.source, *build.included)}
    edits = safe_edits(build.diagnostics, texts)
    for name in sorted({edit.span.source for edit in edits}):
        source = texts[name]
        refused = rewrite(folder_of(wish.file), source, fixed(source, edits))
        if refused:
            _report(session, wish, [refused], texts)
            raise Stop(Exit.PROBLEM)
        for edit in edits:
            if edit.span.source == name:
                start = edit.span.start
                place = f"{name}:{start.line}:{start.column}"
                told = session.word("fixed", place=place, before=edit.before, after=edit.after)
                print(told, file=sys.stdout if wish.format == "text" else sys.stderr)
    return bool(edits)


def _report(session: Session, wish: Wish, found: Iterable[Diagnostic], texts: Mapping[str, Source]) -> None:
    if wish.format == "text":
        session.report(found, texts)
    else:
        sys.stdout.write(_rendered(session, wish, found, texts))


def _rendered(session: Session, wish: Wish, found: Iterable[Diagnostic], texts: Mapping[str, Source]) -> str:
    if wish.format == "json":
        return report.render_json(found, texts, session.language)
    if wish.format == "github":
        return report.render_github(found, session.language, _from_here(wish.file))
    return report.render_sarif(found, texts, session.language, _from_here(wish.file), __version__)


def _from_here(file: Path) -> str:
    """The project's folder as paths of a report begin: "" for the working directory, where CI runs a command."""
    folder = Path(os.path.relpath(folder_of(file))).as_posix()
    return "" if folder == "." else folder
