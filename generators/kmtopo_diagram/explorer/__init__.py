"""The explorer: every view of every environment in one page that asks nothing of anybody."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import escape
from importlib.resources import files

from kmtopo.plugin import Graph, Places, Tools, frozen
from kmtopo_diagram.explorer.content import environment_of
from kmtopo_diagram.explorer.words import WORDS
from kmtopo_diagram.ink.svg import embedded, font_faces, paints
from kmtopo_diagram.ink.theme import DARK, LIGHT
from kmtopo_diagram.view import Page
from kmtopo_diagram.views import view

PACKAGE = "kmtopo_diagram"


@frozen
class Sheet:
    """A picture in the page: the name that links lead to, and the template element that holds it."""

    name: str
    template: str
    tab: str
    page: Page


def explorer(graphs: Mapping[str, Graph], views: tuple[str, ...], tools: Tools, places: Places) -> str:
    """Writes the page; ``places`` says in which line of which file an address stands.

    Raises:
        ValueError: there is no environment to show.
    """
    first = next(iter(graphs.values()))
    project = first.deployment.project
    words = WORDS[project.locale]
    sheets = {name: tuple(_sheets(graph, views, tools)) for name, graph in graphs.items()}
    style, script = _style(), _own("explorer.js")
    data = {
        "project": project.title,
        "first": _shown_first(graphs),
        "words": words,
        "environments": {
            name: environment_of(graph, places) | {"pages": [_told(sheet) for sheet in sheets[name]]}
            for name, graph in graphs.items()
        },
    }
    text: str = tools.template(PACKAGE, "explorer.html").render(
        {key: escape(word) for key, word in words.items()},
        language=escape(project.locale),
        title=escape(project.title),
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        pictures="\n".join(_template(sheet) for made in sheets.values() for sheet in made),
        data=_json(data),
    )
    return text


def _sheets(graph: Graph, views: tuple[str, ...], tools: Tools) -> Iterator[Sheet]:
    """Every picture once: of many containers the networks are the matrix."""
    environment = graph.deployment.environment.name
    pages = {
        f"{name}-{page.part}" if page.part else name: page
        for name in views
        for page in view(name).pages(graph, tools)
        if isinstance(page, Page)
    }
    for place, (whole, page) in enumerate(pages.items()):
        later = list(pages.values())[place + 1 :]
        if not any(page.drawing.elements == other.drawing.elements for other in later):
            yield Sheet(whole, f"picture-{environment}-{whole}", _tab(page.drawing.title, graph), page)


def _told(sheet: Sheet) -> dict[str, str]:
    return {"name": sheet.name, "template": sheet.template, "title": sheet.page.drawing.title, "tab": sheet.tab}


def _tab(title: str, graph: Graph) -> str:
    """The view's name alone: ``KMMotos · Despliegue · Producción`` is on the tab ``Despliegue``."""
    project, environment = graph.deployment.project.title, graph.deployment.environment.title
    return title.removeprefix(f"{project} · ").replace(f" · {environment}", "", 1)


def _template(sheet: Sheet) -> str:
    return f'<template id="{sheet.template}">{embedded(sheet.page.drawing)}</template>'


def _shown_first(graphs: Mapping[str, Graph]) -> str:
    """Production, where there is one."""
    stages = {name: graph.deployment.environment.stage for name, graph in graphs.items()}
    return next((name for name, stage in stages.items() if stage == "production"), next(iter(graphs)))


def _style() -> str:
    """The page's own rules, and those of its pictures: light, dark where the reader asked for it or the page was told."""
    asked, told = ":root:not([data-theme])", ":root[data-theme=dark]"
    return "".join(
        [
            font_faces(),
            _own("explorer.css"),
            paints(LIGHT),
            f":root[data-theme=light]{{color-scheme:light}}{told}{{color-scheme:dark;{_own_colours()}}}",
            paints(DARK, f"{told} "),
            f"@media (prefers-color-scheme:dark){{{asked}{{{_own_colours()}}}{paints(DARK, f'{asked} ')}}}",
        ]
    )


def _own_colours() -> str:
    names = {"page": "page", "ink": "ink", "ink2": "ink2", "line": "hostline", "pick": "net0"}
    return ";".join(f"--{name}:{DARK[token]}" for name, token in names.items())


def _own(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _json(data: object) -> str:
    # In a page nothing but `<` could end the element that holds it.
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
