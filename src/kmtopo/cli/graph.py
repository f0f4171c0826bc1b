"""``kmtopo graph``."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from kmtopo import generation, pipeline, registry
from kmtopo.cli.change import HEAD, compared
from kmtopo.cli.change import VIEW as CHANGE
from kmtopo.cli.inputs import compiled, read, sources
from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.diagnostics import Severity
from kmtopo.pipeline import Build
from kmtopo.writer.failures import failure

VIEWS = ("deployment", "networks", "matrix", "tenants", "failures", CHANGE)
FORMATS = {
    "svg": "svg",
    "png": "svg",
    "pdf": "svg",
    "mermaid": "mmd",
    "dot": "dot",
    "d2": "d2",
    "plantuml": "puml",
    "structurizr": "dsl",
    "json": "json",
    "graphml": "graphml",
    "html": "html",
}
RENDERED = ("png", "pdf")
WHOLE = ("json", "graphml")  # of all that is known, whatever the view
SURVEYS = ("html",)  # all views, of all environments
THEMES = ("auto", "light", "dark")


def graph(
    session: Session,
    file: Path,
    environments: list[str] | None,
    *,
    view: str,
    format: str,
    theme: str,
    output: Path | None,
    against: str | None = None,
) -> None:
    """Draws one picture of one environment, or the page of all, on standard output or into a file; ``view`` may be a part of one."""
    for value, known in ((_view(view), VIEWS), (format, tuple(FORMATS)), (theme, THEMES)):
        if value not in known:
            raise session.refuse("bad-choice", known=known, name=value)
    if format in RENDERED and output is None and sys.stdout.isatty():
        raise session.refuse("no-terminal")
    if against is not None and view != CHANGE:
        raise session.refuse("only-change", view=CHANGE)
    build = compiled(session, read(session, file), environments)
    if format in SURVEYS:
        _write(session, _survey(session, build, environments, format).encode(), output)
        return
    if view == CHANGE and format not in WHOLE:
        made: Mapping[str, str] = compared(session, file, build, _one(session, build, environments), against or HEAD)
    else:
        made = _drawn(session, build, environments, _view(view), format)
    picture = _picture(session, made, "graph" if format in WHOLE else view, _suffix(format, theme))
    _write(session, _rendered(session, picture, format) if format in RENDERED else picture.encode(), output)


def _survey(session: Session, build: Build, environments: list[str] | None, format: str) -> str:
    """One text of several environments, all of them where none is named."""
    _told(session, build)
    assert build.document is not None, "it was read, or something is wrong"
    graphs = {name: build.graphs[name] for name in sorted(set(environments or build.graphs))}
    with session.progress("drawing"):
        return registry.generator("diagram").surveys[format](graphs, generation.tools(), build.document.place)


def _view(name: str) -> str:
    """The view that a picture belongs to: ``tenants`` for ``tenants-norte``; what belongs to none is returned as it is."""
    return next((view for view in VIEWS if name.startswith(f"{view}-")), name)


def _one(session: Session, build: Build, environments: list[str] | None) -> str:
    """The one environment that is drawn; what is wrong is told before it is asked for."""
    names = sorted(set(environments or build.graphs))
    if build.ok and len(names) != 1:
        raise session.refuse("one-environment", names=", ".join(sorted(build.graphs)))
    _told(session, build)
    return names[0]


def _drawn(session: Session, build: Build, environments: list[str] | None, view: str, format: str) -> Mapping[str, str]:
    """The pictures and texts of one view of one environment, by path."""
    names = tuple(environments or sorted(build.graphs))
    if build.ok and len(set(names)) != 1:
        raise session.refuse("one-environment", names=", ".join(sorted(build.graphs)))
    with session.progress("drawing"):
        options = {"views": [view], "formats": ["svg" if format in RENDERED else format]}
        request = pipeline.Request(names, ("diagram",), options={"diagram": options})
        drawn = pipeline.generate(replace(build, request=request))
    _told(session, drawn)
    return {str(artifact.path): artifact.content for made in drawn.artifacts.values() for _, artifact in made}


def _told(session: Session, build: Build) -> None:
    """Reports what was found, and ends the command where that is an error."""
    session.report((d for d in build.diagnostics if d.severity is not Severity.INFO), sources(build))
    if not build.ok:
        raise Stop(Exit.PROBLEM)


def _suffix(format: str, theme: str) -> str:
    if format in RENDERED and theme == "auto":
        theme = "light"  # pixels and paper follow nobody
    shaded = FORMATS[format] == "svg" and theme != "auto"
    return f"{theme}.{FORMATS[format]}" if shaded else FORMATS[format]


def _picture(session: Session, made: Mapping[str, str], name: str, suffix: str) -> str:
    path = f"diagrams/{name}.{suffix}"
    if path in made:
        return made[path]
    if name not in VIEWS and made:
        names = [each.removeprefix("diagrams/").removesuffix(f".{suffix}") for each in made if each.endswith(suffix)]
        raise session.refuse("bad-choice", known=sorted(each for each in names if "." not in each), name=name)
    # Nothing runs there, or nothing that this view shows; or the layout engine refused.
    raise session.refuse("no-picture", Exit.PROBLEM, path=path)


def _rendered(session: Session, svg: str, format: str) -> bytes:
    try:
        return registry.generator("diagram").renderers[format](svg)
    except ImportError:
        raise session.refuse("no-renderer", Exit.MISSING, format=format.upper(), extra=format) from None


def _write(session: Session, content: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    try:
        _replace(output, content)
    except OSError as error:
        session.report([failure(error, str(output))], {})
        raise Stop(Exit.PROBLEM) from None


def _replace(output: Path, content: bytes) -> None:
    if output.is_symlink() or (output.exists() and not output.is_file()):
        # A pipe or a device stays what it is.
        output.write_bytes(content)
        return
    # Beside the target and renamed, so that a reader never sees half a picture.
    staged = output.with_name(f".{output.name}.kmtopo-new")
    staged.unlink(missing_ok=True)
    try:
        with staged.open("xb") as file:
            file.write(content)
        os.replace(staged, output)
    except BaseException:  # an interrupt, too, leaves nothing behind
        with suppress(OSError):
            staged.unlink()
        raise
