"""How wide text is: advance widths of Inter, and of the font that a machine without Inter falls back to."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from typing import Literal

from kmtopo.plugin import frozen
from kmtopo_diagram.assets import asset_text

Weight = Literal[400, 600]
Face = Literal["inter", "dejavu"]

FLOOR = 10.5
_EM = 1000
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
def _beyond(letter: str) -> int:
    """The width of a letter outside the tables: one em, or what the widest of many fonts needs."""
    runs = _wide()
    place = bisect_right(runs, ord(letter), key=lambda run: run[0]) - 1
    first, last, hundredths = runs[place]
    return hundredths * _EM // 100 if first <= ord(letter) <= last else _EM


@cache
def _wide() -> list[tuple[int, int, int]]:
    """The letters that some font draws wider than one em, from the first to the last of a run, and in hundredths of one."""
    return [(0, 0, 100), *map(tuple, json.loads(asset_text("wide.json")))]


@cache
def text_width(text: str, size: float, weight: Weight = 400, face: Face = "inter") -> float:
    """Returns the width of one line in px."""
    table = _widths(face)[weight]
    return sum(table[letter] if letter in table else _beyond(letter) for letter in text) * size / _EM * _ROUNDING


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
