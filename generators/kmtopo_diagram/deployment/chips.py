"""Chips: the small facts at the foot of a card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kmtopo.plugin import frozen
from kmtopo_diagram.deployment.picture import Chip
from kmtopo_diagram.ink.metrics import text_width, widest
from kmtopo_diagram.ink.svg import Element, group, rect, text
from kmtopo_diagram.signs.glyphs import glyph

HEIGHT = 18.0
_GLYPH = 12.0
_TO_TEXT = 3.0


@frozen
class Setting:
    """How closely a row of chips is set: the text's size, the room inside a chip and between two."""

    size: float
    pad: float
    gap: float


WIDE = Setting(11, 6.5, 4)
CLOSE = Setting(10.5, 5, 3)


def chip_row(chips: Sequence[Chip], left: float, right: float, y: float) -> Iterator[Element]:
    """Draws chips between two edges: plain ones from the left, those with glyphs from the right."""
    kept, setting = fitted_chips(chips, right - left)
    for chip in (chip for chip in kept if not chip.glyph):
        yield chip_mark(chip, left, y, setting)
        left += chip_width(chip, setting) + setting.gap
    for chip in reversed([chip for chip in kept if chip.glyph]):
        right -= chip_width(chip, setting)
        yield chip_mark(chip, right, y, setting)
        right -= setting.gap


def fitted_chips(chips: Sequence[Chip], room: float) -> tuple[list[Chip], Setting]:
    """Sets chips closer until they fit, takes words off those with glyphs, and at last leaves the last ones out."""
    if _row(chips, WIDE) <= room:
        return list(chips), WIDE
    kept = list(chips)
    for place in range(len(kept) - 1, -1, -1):
        if _row(kept, CLOSE) > room and kept[place].glyph:
            kept[place] = Chip(glyph=kept[place].glyph, tip=kept[place].tip or kept[place].text)
    while kept and _row(kept, CLOSE) > room:
        kept.pop()
    return kept, CLOSE


def _row(chips: Sequence[Chip], setting: Setting) -> float:
    return sum(chip_width(chip, setting) for chip in chips) + setting.gap * (len(chips) - 1)


def chip_width(chip: Chip, setting: Setting = WIDE) -> float:
    """Returns the width of a chip."""
    return widest(chip.text, setting.size) + _glyph_room(chip) + 2 * setting.pad


def _glyph_room(chip: Chip) -> float:
    return (_GLYPH if chip.glyph else 0) + (_TO_TEXT if chip.glyph and chip.text else 0)


def chip_mark(chip: Chip, x: float, y: float, setting: Setting = WIDE) -> Element:
    """Draws a chip with its top left corner at (x, y)."""
    width = chip_width(chip, setting)
    parts = [rect(x, y, width, HEIGHT, fill="chip", radius=HEIGHT / 2)]
    # In the middle, but never so far to the right that the wider font would run out of the chip.
    middle = x + (width - text_width(chip.text, setting.size) - _glyph_room(chip)) / 2
    inside = min(middle, x + 2 * setting.pad - 1)
    if chip.glyph:
        parts.append(glyph(chip.glyph, inside, y + 3, _GLYPH, "ink2"))
    if chip.text:
        parts.append(text(inside + _glyph_room(chip), y + 12.9, chip.text, setting.size, fill="ink2"))
    return group(parts, title=chip.tip)
