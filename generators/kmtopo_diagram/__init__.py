"""The deployment diagram: SVG that follows the reader, in light and in dark; Mermaid and Graphviz as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Literal

from pydantic import Field

from kmtopo.plugin import Artifact, Diagnostic, Generator, Graph, Options, Tools, diagnose

Format = Literal["svg", "mermaid", "dot"]


class DiagramOptions(Options):
    """What is drawn."""

    formats: tuple[Format, ...] = Field(("svg", "mermaid", "dot"), description="Which formats are written.")


def generate(graph: Graph, options: DiagramOptions, tools: Tools) -> Iterator[Artifact | Diagnostic]:
    """Draws the deployment view of one environment; nothing where nothing runs."""
    from kmtopo_diagram import exports
    from kmtopo_diagram.reading import read

    if not graph.deployment.containers:
        return
    if "svg" in options.formats:
        yield from _pictures(graph, tools)
    picture = read(graph)
    if "mermaid" in options.formats:
        yield _artifact(graph, "deployment.mmd", exports.mermaid(picture, tools))
    if "dot" in options.formats:
        yield _artifact(graph, "deployment.dot", exports.dot(picture, tools))


def _pictures(graph: Graph, tools: Tools) -> Iterator[Artifact | Diagnostic]:
    from kmtopo_diagram.deployment import deployment
    from kmtopo_diagram.svg import written
    from kmtopo_diagram.theme import THEMES

    drawing = deployment(graph, tools.layout)
    if drawing is None:
        address = graph.deployment.environment.address
        yield diagnose("KM605", address, part="key", environment=graph.deployment.environment.name)
        return
    for theme in THEMES:
        name = "deployment.svg" if theme == "auto" else f"deployment.{theme}.svg"
        yield _artifact(graph, name, written(drawing, theme))


def _artifact(graph: Graph, name: str, content: str) -> Artifact:
    return Artifact(PurePosixPath("diagrams") / name, content, origins=(graph.deployment.environment.address,))


def _png(svg: str) -> bytes:
    from kmtopo_diagram.png import rasterised

    return rasterised(svg)


generator = Generator(
    name="diagram",
    summary="the deployment diagram: SVG (auto, light, dark), Mermaid, DOT",
    options=DiagramOptions,
    generate=generate,
    draws=True,
    renderers={"png": _png},
)
