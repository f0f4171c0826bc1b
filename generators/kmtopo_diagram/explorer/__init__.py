"""The explorer: every view of every environment in one page that asks nothing of anybody."""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
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
SCRIPTS = ("known", "choice", "picture", "panel", "controls", "moving", "keys", "start")  # each uses those before it
_COLOURS = {
    "page": "page",
    "ink": "ink",
    "ink2": "ink2",
    "line": "hostline",
    "hover": "chip",
    "pick": "net0",
    "bad": "bad",
    "warn": "warn",
    "badtint": "badtint",
    "warntint": "warntint",
    "card": "card",
    "edge": "edge",
}
"""The page's own colours, and what the pictures call them."""


@frozen
class Sheet:
    """A picture in the page: the name that links lead to, the template element that holds it, and its view's tab.

    ``label`` tells it from the view's other pictures, "" is the view itself.
    """

    name: str
    template: str
    view: str
    tab: str
    label: str
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
    style, script = _style(), _script()
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
    drawn = {name: [page for page in view(name).pages(graph, tools) if isinstance(page, Page)] for name in views}
    matrices = {page.drawing.title for page in drawn.get("matrix", ())}
    for name, pages in drawn.items():
        own = [page for page in pages if name == "matrix" or not _is_of(page, matrices)]
        tab = _tab(own, graph)
        for page, label in zip(own, _labels(own, tab, graph), strict=True):
            whole = f"{name}-{page.part}" if page.part else name
            yield Sheet(whole, f"picture-{environment}-{whole}", name, tab, label, page)


def _is_of(page: Page, titles: Collection[str]) -> bool:
    """Whether a picture is one of those of a view, or of a part of it."""
    return any(page.drawing.title.startswith(title) for title in titles)


def _told(sheet: Sheet) -> dict[str, str]:
    return {
        "name": sheet.name,
        "view": sheet.view,
        "part": sheet.page.part,
        "template": sheet.template,
        "title": sheet.page.drawing.title,
        "tab": sheet.tab,
        "label": sheet.label,
    }


def _tab(pages: Sequence[Page], graph: Graph) -> str:
    """The view's name alone: ``KMMotos · Despliegue · Producción`` is on the tab ``Despliegue``."""
    return _named(pages[0], graph).split(" · ")[0] if pages else ""


def _named(page: Page, graph: Graph) -> str:
    project, environment = graph.deployment.project.title, graph.deployment.environment.title
    return page.drawing.title.removeprefix(f"{project} · ").replace(f" · {environment}", "", 1)


def _labels(pages: Sequence[Page], tab: str, graph: Graph) -> Iterator[str]:
    """What a picture's title adds to the view's name; pictures of the same title are counted."""
    labels = [_named(page, graph).removeprefix(tab).removeprefix(" · ") for page in pages]
    seen: Counter[str] = Counter()
    for label in labels:
        seen[label] += 1
        count = f"{seen[label]}/{labels.count(label)}" if labels.count(label) > 1 else ""
        yield " · ".join(filter(None, [label, count]))


def _template(sheet: Sheet) -> str:
    return f'<template id="{sheet.template}">{embedded(sheet.page.drawing)}</template>'


def _shown_first(graphs: Mapping[str, Graph]) -> str:
    """Production, where there is one."""
    stages = {name: graph.deployment.environment.stage for name, graph in graphs.items()}
    return next((name for name, stage in stages.items() if stage == "production"), next(iter(graphs)))


def _style() -> str:
    """The page's own rules, and those of its pictures: light, dark where the reader asked for it or the page was told.

    Paper is light.
    """
    asked, told = ":root:not([data-theme])", ":root[data-theme=dark]"
    return "".join(
        [
            font_faces(),
            _own("explorer.css"),
            paints(LIGHT),
            ":root[data-theme=light]{color-scheme:light}",
            f"@media screen{{{told}{{color-scheme:dark;{_own_colours()}}}{paints(DARK, f'{told} ')}}}",
            f"@media screen and (prefers-color-scheme:dark){{{asked}{{{_own_colours()}}}{paints(DARK, f'{asked} ')}}}",
        ]
    )


def _own_colours() -> str:
    return ";".join(f"--{name}:{DARK[token]}" for name, token in _COLOURS.items())


def _script() -> str:
    return "\n".join(['"use strict";', *(_own(f"script/{name}.js") for name in SCRIPTS)])


def _own(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _json(data: object) -> str:
    # In a page nothing but `<` could end the element that holds it.
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
