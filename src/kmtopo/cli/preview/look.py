"""What the preview shows: the last explorer that could be drawn, and what is wrong now."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kmtopo import generation, pipeline, registry
from kmtopo.cli.inputs import sources
from kmtopo.cli.words import word
from kmtopo.diagnostics import Diagnostic, Severity, unexpected
from kmtopo.pipeline import Build
from kmtopo.reading import read
from kmtopo.report import render_text
from kmtopo.syntax import diagnose_refusal
from kmtopo.values import frozen

_WIDTH = 100


@frozen
class Look:
    """One state of the preview: ``explorer`` is a page, "" before the first; ``report`` the findings as text.

    ``broken``: an error keeps the page from being drawn anew, so that it is an older one.
    """

    explorer: str = ""
    report: str = ""
    broken: bool = False


def look(file: Path, environments: Sequence[str], language: str, before: Look) -> Look:
    """Compiles the project as it lies on disk now; the explorer of ``before`` stays where that ends in an error."""
    try:
        return _looked(file, environments, language, before)
    except Exception as error:  # whatever fails at this state of the project, the next may be well
        return Look(before.explorer, render_text([unexpected(error)], {}, language, width=_WIDTH), broken=True)


def _looked(file: Path, environments: Sequence[str], language: str, before: Look) -> Look:
    project = read(file)
    if project.refusals:
        found = [diagnose_refusal(refusal) for refusal in project.refusals]
        return Look(before.explorer, render_text(found, project.sources, language, width=_WIDTH), broken=True)
    build = pipeline.run(pipeline.CHECKING, pipeline.start(project))
    told = [finding for finding in build.diagnostics if finding.severity is not Severity.INFO]
    report = _text(told, build, language)
    if not build.ok:
        return Look(before.explorer, report, broken=True)
    for name in environments:
        if name not in build.graphs:
            return Look(before.explorer, word("no-environment", language, name=name), broken=True)
    return Look(_explorer(build, environments), report)


def _text(found: Sequence[Diagnostic], build: Build, language: str) -> str:
    return render_text(found, sources(build), language, width=_WIDTH) if found else ""


def _explorer(build: Build, environments: Sequence[str]) -> str:
    assert build.document is not None, "a build without errors has been read"
    graphs = {name: graph for name, graph in sorted(build.graphs.items()) if not environments or name in environments}
    return registry.generator("diagram").surveys["html"](graphs, generation.tools(), build.document.place)
