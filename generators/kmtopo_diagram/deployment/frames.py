"""Frames around cards: machines with their price and capacity, networks with their names, people outside."""

from __future__ import annotations

from kmtopo.plugin import Box
from kmtopo_diagram.deployment.captions import NOTE_SIZE, SWATCH, Caption
from kmtopo_diagram.deployment.header import network_band
from kmtopo_diagram.deployment.picture import NetworkBox, Pill
from kmtopo_diagram.ink.metrics import widest
from kmtopo_diagram.ink.svg import Element, group, rect, text
from kmtopo_diagram.ink.theme import hue, tint
from kmtopo_diagram.signs.fates import Fate, fate_mark
from kmtopo_diagram.signs.glyphs import glyph
from kmtopo_diagram.signs.marks import network_mark

_PRICE_SIZE = 13.0


def network_frame(content: NetworkBox, box: Box) -> Element:
    """Draws a network's ground; its words come later, above the lines."""
    ground = rect(
        box.x,
        box.y,
        box.width,
        box.height,
        fill=tint(content.index),
        stroke=hue(content.index),
        radius=10,
        line=2.2 if content.fate is Fate.ADDED else 1.2,
        dash="5 4" if content.fate is Fate.REMOVED else "",
    )
    fate = "" if content.fate is Fate.SAME else content.fate.value
    return group([ground], kind="network", title=f"{content.title} · {content.note}", net=content.name, fate=fate)


def network_words(content: NetworkBox, box: Box, at: Caption) -> Element:
    """Writes a network's name and note; where a line crosses them, on a ground of their own. What became of it is marked, too."""
    base, paint = network_band(box).y + 13, hue(content.index)
    parts = _shields(at, base, tint(content.index)) if at.crossings else []
    parts += network_mark(content.index, at.name_x, base - 10, 11)
    parts.append(text(at.name_x + SWATCH, base, at.name.text, at.name.size, weight=600, fill=paint))
    if at.note:
        parts.append(text(at.note_end, base, at.note, NOTE_SIZE, fill="ink2", anchor="end"))
    parts += fate_mark(content.fate, box.x + 3, box.y + 3)
    return group(parts, title=f"{content.title} · {content.note}")


def _shields(at: Caption, base: float, ground: str) -> list[Element]:
    """Keeps lines away from the words of a header."""
    name, note = SWATCH + widest(at.name.text, at.name.size, 600), widest(at.note, NOTE_SIZE)
    places = [(at.name_x, name), *([(at.note_end - note, note)] if at.note else [])]
    return [rect(x - 4, base - 14, width + 8, 20, fill=ground, radius=5) for x, width in places]


def pill_frame(content: Pill, box: Box) -> Element:
    """Draws somebody outside: a full pill with glyph, name and detail."""
    x, middle = box.x + 58, box.y + box.height / 2
    parts = [
        rect(box.x, box.y, box.width, box.height, fill="card", stroke="cardline", radius=box.height / 2, line=1.2),
        glyph(content.glyph, box.x + 22, middle - 13, 26),
        text(x, middle - 3 if content.detail else middle + 5, content.title, 14.5, weight=600),
        *([text(x, middle + 14, content.detail, 11.5, fill="ink2")] if content.detail else []),
    ]
    return group(parts, kind="node", title=content.title, node=content.name.removeprefix("@"))
