"""Cards: a container's form, title, kind, facts, taps and port."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kmtopo.plugin import Box
from kmtopo_diagram.deployment.chips import chip_row
from kmtopo_diagram.deployment.picture import Card
from kmtopo_diagram.deployment.sizes import BADGE, CARD_HEIGHT
from kmtopo_diagram.ink.metrics import fit, sizes_from, text_width, widest
from kmtopo_diagram.ink.svg import Element, group, number, path, rect, text
from kmtopo_diagram.ink.wrapping import title_lines
from kmtopo_diagram.signs.badges import badge_width, port_badge
from kmtopo_diagram.signs.fates import PAINTS, Fate, fate_mark
from kmtopo_diagram.signs.forms import Shape, form
from kmtopo_diagram.signs.glyphs import glyph
from kmtopo_diagram.signs.marks import network_mark

_KIND_SIZE = 12.0
_TEXT_X = 40.0
_PAD = 9.0
_TAP = 10.0
_TAP_STEP = 13.0
_MOST_TAPS = 6


def card(content: Card, place: Box) -> Element:
    """Draws a card into its box, of which the upper strip is the rise of the badge."""
    face = Box(place.x, place.y + BADGE, place.width, CARD_HEIGHT)
    parts = [
        *form(content.shape, face, PAINTS[content.fate]),
        *_words(content, face),
        *chip_row(content.chips, face.x + _PAD, face.x + face.width - _PAD, _chips_y(content, face)),
        *_badge(content, face),
        *fate_mark(content.fate, face.x + 2, face.y + 2),
    ]
    return group(
        parts,
        kind="node",
        title=content.tip,
        node=content.name,
        role=content.role,
        net=" ".join(content.networks),
        count=str(content.count) if content.count > 1 else "",
        members=" ".join(content.members),
        calls=str(content.inner_calls) if content.inner_calls else "",
        fate="" if content.fate is Fate.SAME else content.fate.value,
    )


def _chips_y(content: Card, face: Box) -> float:
    return face.y + face.height - (27 if content.shape is Shape.STORE else 26)


def _words(content: Card, face: Box) -> Iterator[Element]:
    drop = 4 if content.shape is Shape.STORE else 0
    x, y = face.x + _TEXT_X, face.y + drop
    yield glyph(content.glyph, face.x + 10, y + 12, 22)
    lines = title_lines(content.title, face.width - _TEXT_X - 3 - (10 if content.shape is Shape.JOB else 0))
    first, step, kind_y = (21, 15, 51) if len(lines) > 1 else (25, 0, 42)
    for place, line in enumerate(lines):
        base = y + first + place * step
        yield text(x, base, line.text, line.size, weight=600)
        if content.fate is Fate.REMOVED:
            end = x + text_width(line.text, line.size, 600)
            yield path(f"M{number(x - 2)} {number(base - 4.6)}H{number(end + 2)}", stroke="bad", line=1.6)
    kind = fit(
        content.kind,
        face.width - _TEXT_X - _PAD - 4 - _TAP_STEP * min(len(content.taps), _MOST_TAPS),
        sizes_from(_KIND_SIZE),
    )
    yield text(x, y + kind_y, kind.text, kind.size, fill="ink2")
    yield from _taps(content.taps, face.x + face.width - _PAD, y + kind_y - 9.2)


def _taps(taps: Sequence[int], right: float, y: float) -> Iterator[Element]:
    """One mark per network that the container is attached to; of very many, the first and how many more."""
    shown = taps if len(taps) <= _MOST_TAPS else taps[: _MOST_TAPS - 2]
    if len(shown) < len(taps):
        yield text(right, y + 8.8, f"+{len(taps) - len(shown)}", 11, fill="ink2", anchor="end")
        right -= 2 * _TAP_STEP
    for place, index in enumerate(shown):
        x = right - _TAP_STEP * (len(shown) - place) + (_TAP_STEP - _TAP)
        yield from network_mark(index, x, y, _TAP)


def _badge(content: Card, face: Box) -> Iterator[Element]:
    """The port on the top border, where arrows end; beside it the local address that leads there."""
    if not content.badge:
        return
    middle = face.x + face.width / 2
    if content.is_local:
        yield from local_tab(content.loopback, middle + badge_width(content.badge) / 2, face.y)
    yield from port_badge(content.badge, middle, face.y)


def local_tab(label: str, x: float, y: float) -> Iterator[Element]:
    """Draws the tab beside a badge that says: open to this machine, at the same port or the given one."""
    width = local_width(label)
    yield rect(x - 5, y - 8.5, width + 5, 18, fill="card", stroke="ink", radius=5, line=1)
    yield glyph("laptop", x + 5, y - 6.5, 14)
    if label:
        yield text(x + 22, y + 4.1, label, 11)


def local_width(label: str) -> float:
    """Returns the width of that tab."""
    return 24 + (widest(label, 11) + 5 if label else 0)
