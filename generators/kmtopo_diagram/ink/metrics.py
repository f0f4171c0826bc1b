"""How wide text is: advance widths of Inter, and of the font that a machine without Inter falls back to."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Literal

from kmtopo.plugin import frozen
from kmtopo_diagram.assets import asset_text

Weight = Literal[400, 600]
Face = Literal["inter", "dejavu"]

FLOOR = 10.5
_UNKNOWN = 1000  # a letter outside the tables counts one em
_ROUNDING = 1.005


@frozen
class Fitted:
    """Text that fits its room: ``text`` is cut with an ellipsis where even the smallest ``size`` was too large."""

    text: str
    size: float
    full: str

    @property
    def is_cut(self) -> bool:
        """Whether letters are missing."""
        return self.text != self.full


@cache
def _widths(face: Face) -> dict[int, dict[str, int]]:
    return {int(weight): table for weight, table in json.loads(asset_text(f"{face}.widths.json")).items()}


@cache
def text_width(text: str, size: float, weight: Weight = 400, face: Face = "inter") -> float:
    """Returns the width of one line in px."""
    table = _widths(face)[weight]
    return sum(table.get(letter, _UNKNOWN) for letter in text) * size / 1000 * _ROUNDING


def widest(text: str, size: float, weight: Weight = 400) -> float:
    """Returns the width in whichever of the two fonts needs more."""
    return max(text_width(text, size, weight), text_width(text, size, weight, "dejavu"))


def fit(text: str, room: float, sizes: Iterable[float], weight: Weight = 400) -> Fitted:
    """Shrinks text in steps until it fits in either font, and cuts it at the last size."""
    size = FLOOR
    for size in sizes:
        if widest(text, size, weight) <= room:
            return Fitted(text, size, text)
    shown = text
    while shown and widest(f"{shown}…", size, weight) > room:
        shown = shown[:-1]
    return Fitted(f"{shown.rstrip()}…", size, text)


def sizes_from(largest: float, smallest: float = FLOOR) -> tuple[float, ...]:
    """Returns the steps by which a text shrinks: half a px each."""
    return tuple(largest - step / 2 for step in range(int((largest - smallest) * 2) + 1))
