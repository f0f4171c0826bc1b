"""The pictures of an environment, view by view: SVG that follows the reader, in light and in dark; text for other tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from kmtopo.plugin import Artifact, Diagnostic, Generator, Graph, Options, Places, Tools, option

if TYPE_CHECKING:
    from kmtopo_diagram.view import Page, View

Format = Literal["svg", "mermaid", "dot", "d2", "plantuml", "structurizr", "json", "graphml"]
ViewName = Literal["deployment", "networks", "matrix", "tenants", "failures"]
VIEWS: tuple[ViewName, ...] = ("deployment", "networks", "matrix", "tenants", "failures")


class DiagramOptions(Options):
    """What is drawn."""

    views: tuple[ViewName, ...] = option(VIEWS, description="Which views are drawn.")
    formats: tuple[Format, ...] = option(("svg", "mermaid", "dot"), description="Which formats are written.")


def generate(graph: Graph, options: DiagramOptions, tools: Tools) -> Iterator[Artifact | Diagnostic]:
    """Draws the views of one environment; nothing where nothing runs."""
    from kmtopo_diagram.subject.naming import told_apart
    from kmtopo_diagram.views import view

    if not graph.deployment.containers:
        return
    named = told_apart(graph)
    for name in dict.fromkeys(options.views):
        shown = view(name)
        if "svg" in options.formats:
            yield from _pictures(name, graph, shown.pages(named, tools))
        yield from _texts(name, named, shown, options.formats, tools)
    yield from _data(graph, options.formats)


def _pictures(view: str, graph: Graph, pages: Iterable[Page | Diagnostic]) -> Iterator[Artifact | Diagnostic]:
    from kmtopo_diagram.ink.svg import written
    from kmtopo_diagram.ink.theme import THEMES

    for page in pages:
        if isinstance(page, Diagnostic):
            yield page
            continue
        stem = f"{view}-{page.part}" if page.part else view
        for theme in THEMES:
            name = f"{stem}.svg" if theme == "auto" else f"{stem}.{theme}.svg"
            yield _artifact(graph, name, written(page.drawing, theme))


def _texts(name: str, graph: Graph, view: View, formats: Iterable[str], tools: Tools) -> Iterator[Artifact]:
    from kmtopo_diagram.outline.formats import ENDINGS, written

    wanted = [format for format in view.written if format in formats]
    outline = view.outline(graph) if wanted else None
    if outline:
        for format in wanted:
            yield _artifact(graph, f"{name}.{ENDINGS[format]}", written(outline, format, tools))


def _data(graph: Graph, formats: Iterable[str]) -> Iterator[Artifact]:
    from kmtopo_diagram.data.documents import ENDINGS, written

    for format, ending in ENDINGS.items():
        if format in formats:
            yield _artifact(graph, f"graph.{ending}", written(graph, format))


def _artifact(graph: Graph, name: str, content: str) -> Artifact:
    return Artifact(PurePosixPath("diagrams") / name, content, origins=(graph.deployment.environment.address,))


def _png(svg: str) -> bytes:
    from kmtopo_diagram.ink.png import rasterised

    return rasterised(svg)


def _pdf(svg: str) -> bytes:
    from kmtopo_diagram.ink.pdf import printed

    return printed(svg)


def _html(graphs: Mapping[str, Graph], tools: Tools, places: Places) -> str:
    from kmtopo_diagram.explorer import explorer
    from kmtopo_diagram.subject.naming import told_apart

    return explorer({name: told_apart(graph) for name, graph in graphs.items()}, VIEWS, tools, places)


def _compared(before: Graph | None, after: Graph, against: str, _tools: Tools) -> Iterator[Artifact | Diagnostic]:
    from kmtopo_diagram.change import pages

    if after.deployment.containers or (before and before.deployment.containers):
        yield from _pictures("change", after, pages(before, after, against))


generator = Generator(
    name="diagram",
    summary="the diagrams, view by view: SVG (auto, light, dark), Mermaid, DOT",
    options=DiagramOptions,
    generate=generate,
    draws=True,
    renderers={"png": _png, "pdf": _pdf},
    surveys={"html": _html},
    compares=_compared,
)
