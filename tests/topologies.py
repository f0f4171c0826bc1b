"""The topologies that tests compile, and short ways to compile them."""

from __future__ import annotations

from pathlib import Path

from kmtopo import pipeline
from kmtopo.pipeline import Build, Request
from kmtopo.source import Source

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data" / "topologies"
KMMOTOS = (DATA / "kmmotos.yaml").read_text(encoding="utf-8")


# Drawing takes most of a build's time: what a test does not look at need not be drawn.
UNDRAWN = ("compose", "env", "laravel", "mongo", "nginx", "postgres", "redis")


def checked(text: str, lock: str | None = None) -> Build:
    """Compiles a text without generating anything."""
    return pipeline.run(pipeline.CHECKING, _start(text, lock))


def built(text: str, lock: str | None = None, generators: tuple[str, ...] | None = None) -> Build:
    """Compiles a text with every generator, or with those named."""
    return pipeline.run(pipeline.BUILDING, _start(text, lock, generators))


def _start(text: str, lock: str | None, generators: tuple[str, ...] | None = None) -> Build:
    return Build(
        Source("topology.yaml", text),
        Source("kmtopo.lock", lock) if lock else None,
        Request(generators=generators),
    )


def told(build: Build) -> list[tuple[str, int, int]]:
    """What a build found: code, line and column, in the order of the report."""
    spans = [(d.code, d.primary.span) for d in build.diagnostics if d.primary]
    return [(code, span.start.line, span.start.column) for code, span in spans if span is not None]
