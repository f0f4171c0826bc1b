"""A small SVG writer: elements as values, colours by token, every text escaped."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from html import escape
from typing import Literal

from kmtopo.plugin import frozen
from kmtopo_diagram.assets import asset_bytes
from kmtopo_diagram.ink.metrics import Weight
from kmtopo_diagram.ink.theme import DARK, LIGHT, Theme

FONTS = "Inter,'Segoe UI',Roboto,'Helvetica Neue',Arial,'DejaVu Sans',sans-serif"
Anchor = Literal["start", "middle", "end"]
_PAINTS = {"fill": "f", "stroke": "s"}
_TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "")
_FORBIDDEN = _TURNS | dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)], "\ufffd"
)


@frozen
class Element:
    """One element; ``fill`` and ``stroke`` among the attributes are tokens of the theme or ``none``."""

    tag: str
    attributes: Mapping[str, str]
    children: tuple[Element, ...] = ()
    text: str = ""


@frozen
class Drawing:
    """A whole picture: its size, what a screen reader says of it, and its elements from back to front.

    ``name`` begins its ids, so that several pictures can stand in one page.
    """

    name: str
    width: float
    height: float
    language: str
    title: str
    description: str
    elements: tuple[Element, ...] = field(repr=False)


def number(value: float) -> str:
    """Writes a length with at most one decimal."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def escaped(text: str) -> str:
    """Quotes text for an attribute or between tags; what XML cannot hold becomes U+FFFD, what turns its neighbours is left out."""
    return escape(text.translate(_FORBIDDEN))


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str = "none",
    stroke: str = "",
    radius: float = 0,
    line: float = 1,
    dash: str = "",
) -> Element:
    """A rectangle with round corners; ``line`` is the width of its border, ``dash`` a pattern such as ``6 4``."""
    attributes = {"x": number(x), "y": number(y), "width": number(width), "height": number(height)}
    attributes |= {"rx": number(radius)} | _painted(fill, stroke, line)
    return Element("rect", attributes | ({"stroke-dasharray": dash} if dash else {}))


def path(
    data: str, *, fill: str = "none", stroke: str = "", line: float = 1.5, dash: str = "", at: str = ""
) -> Element:
    """A path; ``at`` is a transform, ``dash`` a pattern such as ``6 4``."""
    attributes = {"d": data} | ({"transform": at} if at else {}) | _painted(fill, stroke, line)
    if stroke:
        attributes |= {"stroke-linecap": "butt" if dash else "round", "stroke-linejoin": "round"}
    return Element("path", attributes | ({"stroke-dasharray": dash} if dash else {}))


def text(
    x: float,
    y: float,
    content: str,
    size: float,
    *,
    weight: Weight = 400,
    fill: str = "ink",
    anchor: Anchor = "start",
    turn: int = 0,
    after: Element | None = None,
) -> Element:
    """One line of text; ``y`` is its base line, ``turn`` by how many degrees it is turned around (x, y), clockwise.

    ``after`` is an ``aside`` that follows it.
    """
    attributes = {"x": number(x), "y": number(y), "font-size": number(size)}
    if turn:
        attributes["transform"] = f"rotate({turn} {number(x)} {number(y)})"
    if weight != 400:
        attributes["font-weight"] = str(weight)
    if anchor != "start":
        attributes["text-anchor"] = anchor
    return Element("text", attributes | {"fill": fill}, (after,) if after else (), content)


def aside(content: str, size: float, gap: float, fill: str = "ink2") -> Element:
    """Words right behind a text, on its line and ``gap`` px from it whatever font the reader has: a child of that text."""
    attributes = {"dx": number(gap), "font-size": number(size), "font-weight": "400", "fill": fill}
    return Element("tspan", attributes, text=content)


def group(children: Iterable[Element], *, title: str = "", **data: str) -> Element:
    """Elements that belong together; ``title`` is the tooltip, ``data`` become ``data-…`` attributes, ``kind`` the class."""
    kind = data.pop("kind", "")
    attributes = ({"class": kind} if kind else {}) | {f"data-{key}": value for key, value in data.items() if value}
    head = (Element("title", {}, text=title),) if title else ()
    return Element("g", attributes, (*head, *children))


def _painted(fill: str, stroke: str, line: float) -> dict[str, str]:
    return {"fill": fill} | ({"stroke": stroke, "stroke-width": number(line)} if stroke else {})


def written(drawing: Drawing, theme: Theme) -> str:
    """Writes a drawing: fixed colours for ``light`` and ``dark``; ``auto`` follows the reader and carries its fonts.

    In ``auto`` the light colours are attributes, which every renderer reads, and only a browser in
    dark mode overrides them by class.
    """
    page = rect(0, 0, drawing.width, drawing.height, fill="page")
    body = (page, *drawing.elements)
    width, height = number(drawing.width), number(drawing.height)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" lang="{escaped(drawing.language)}" aria-labelledby="{drawing.name}-title {drawing.name}-description" '
        f'font-family="{FONTS}">'
    )
    lines = [
        opening,
        f'<title id="{drawing.name}-title">{escaped(drawing.title)}</title>',
        f'<desc id="{drawing.name}-description">{escaped(drawing.description)}</desc>',
        *([_style(body)] if theme == "auto" else []),
        *(line for element in body for line in _lines(element, theme)),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def embedded(drawing: Drawing) -> str:
    """Writes a drawing for a page that has its own style: colours are classes too, and what is inside can be reached."""
    width, height = number(drawing.width), number(drawing.height)
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    role = f'role="graphics-document" aria-label="{escaped(drawing.title)}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {role}>',
        f"<desc>{escaped(drawing.description)}</desc>",
        *(line for element in drawing.elements for line in _lines(element, "auto")),
        "</svg>",
    ]
    return "\n".join(lines)


def paints(palette: Mapping[str, str], scope: str = "") -> str:
    """Returns the rules that give every class of an embedded drawing its colour; ``scope`` is a selector before each."""
    return "".join(
        f"{scope}.{short}-{token}{{{name}:{colour}}}"
        for name, short in sorted(_PAINTS.items())
        for token, colour in sorted(palette.items())
    )


def font_faces() -> str:
    """Returns the rules that bring the fonts along."""
    return "".join(_face(weight) for weight in (400, 600))


def _lines(element: Element, theme: Theme) -> Iterator[str]:
    opening = f"<{element.tag}{_attributes(element, theme)}"
    if element.text:
        followed = "".join(line for child in element.children for line in _lines(child, theme))
        yield f"{opening}>{escaped(element.text)}{followed}</{element.tag}>"
    elif element.children:
        yield f"{opening}>"
        for child in element.children:
            yield from _lines(child, theme)
        yield f"</{element.tag}>"
    else:
        yield f"{opening}/>"


def _attributes(element: Element, theme: Theme) -> str:
    palette = DARK if theme == "dark" else LIGHT
    pairs = {
        key: palette.get(value, value) if key in _PAINTS else escaped(value)
        for key, value in element.attributes.items()
    }
    classes = _classes(element) if theme == "auto" else []
    if classes:
        pairs["class"] = " ".join([*([pairs["class"]] if "class" in pairs else []), *classes])
    return "".join(f' {key}="{value}"' for key, value in pairs.items())


def _classes(element: Element) -> list[str]:
    paints = ((short, element.attributes.get(name, "none")) for name, short in _PAINTS.items())
    return [f"{short}-{colour}" for short, colour in paints if colour != "none"]


def _style(body: Iterable[Element]) -> str:
    used = sorted({name for element in body for name in _all_classes(element)})
    properties = {short: name for name, short in _PAINTS.items()}
    dark = "".join(f".{name}{{{properties[name[0]]}:{DARK[name[2:]]}}}" for name in used)
    return f"<style>{font_faces()}@media screen and (prefers-color-scheme:dark){{{dark}}}</style>"


def _all_classes(element: Element) -> Iterator[str]:
    yield from _classes(element)
    for child in element.children:
        yield from _all_classes(child)


def _face(weight: int) -> str:
    data = b64encode(asset_bytes(f"inter-{weight}.woff2")).decode()
    return (
        f"@font-face{{font-family:Inter;font-weight:{weight};src:url(data:font/woff2;base64,{data}) format('woff2')}}"
    )
