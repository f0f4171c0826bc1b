"""``kmtopo graph``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kmtopo import pipeline, registry
from kmtopo.cli.inputs import compiled, read, sources
from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.pipeline import Build

VIEWS = ("deployment",)
FORMATS = {"svg": "svg", "png": "light.svg", "mermaid": "mmd", "dot": "dot"}
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
) -> None:
    """Draws one picture of one environment on standard output or into a file."""
    for value, known in ((view, VIEWS), (format, tuple(FORMATS)), (theme, THEMES)):
        if value not in known:
            raise session.refuse("bad-choice", value=value, known=", ".join(known))
    build = compiled(session, read(session, file), environments, ("diagram",), pipeline.BUILDING)
    if not build.ok:
        session.report(build.diagnostics, sources(build))
        raise Stop(Exit.PROBLEM)
    content = _picture(session, build, view, format, theme)
    _write(content if isinstance(content, bytes) else content.encode(), output)


def _picture(session: Session, build: Build, view: str, format: str, theme: str) -> str | bytes:
    if len(build.artifacts) != 1:
        raise session.refuse("one-environment", known=", ".join(build.artifacts))
    suffix = FORMATS[format]
    if format in ("svg", "png"):
        shade = "light" if format == "png" and theme == "auto" else theme
        suffix = "svg" if shade == "auto" else f"{shade}.svg"
    (made,) = build.artifacts.values()
    text = next(a.content for _, a in made if str(a.path) == f"diagrams/{view}.{suffix}")
    return _png(session, text) if format == "png" else text


def _png(session: Session, svg: str) -> bytes:
    try:
        return registry.generator("diagram").renderers["png"](svg)
    except ImportError:
        raise session.refuse("no-png", Exit.MISSING) from None


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    # Beside the target and renamed, so that a reader never sees half a picture.
    staged = output.with_name(f".{output.name}.kmtopo-new")
    staged.write_bytes(content)
    os.replace(staged, output)
