"""``kmtopo check``."""

from __future__ import annotations

import sys
from pathlib import Path

from kmtopo import pipeline
from kmtopo.cli.inputs import compiled, read, sources
from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.diagnostics import Severity
from kmtopo.report import render_json

_FORMATS = ("text", "json")


def check(session: Session, file: Path, environments: list[str] | None, *, strict: bool, format: str) -> None:
    """Reports every problem; exit 1 with errors, under ``--strict`` with warnings, too."""
    if format not in _FORMATS:
        raise session.refuse("bad-choice", known=_FORMATS, name=format)
    build = compiled(session, read(session, file), environments, phases=pipeline.BUILDING, drawing=False)
    if format == "json":
        sys.stdout.write(render_json(build.diagnostics, sources(build), session.language))
    else:
        session.report(build.diagnostics, sources(build))
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(d.severity in failing for d in build.diagnostics):
        raise Stop(Exit.PROBLEM)
    if format == "text":
        session.say("ok", environments=", ".join(sorted(environments or build.graphs)))
