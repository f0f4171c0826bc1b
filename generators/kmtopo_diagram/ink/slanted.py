"""Names over narrow columns, slanted so that each stands over its own."""

from __future__ import annotations

from math import cos, radians, sin

from kmtopo_diagram.ink.metrics import Weight
from kmtopo_diagram.ink.svg import Element, text

_TURN = -60  # degrees


def slanted(words: str, x: float, y: float, size: float, weight: Weight = 400, fill: str = "ink") -> Element:
    """Writes a name that begins over the middle of its column, x, and rises from y to the right."""
    return text(x + 4, y, words, size, weight=weight, fill=fill, turn=_TURN)


def rise(width: float) -> float:
    """Returns the height that a name of this width needs, px."""
    return width * sin(radians(-_TURN)) + 10


def overhang(width: float) -> float:
    """Returns how far a name of this width reaches beyond the middle of its column, px."""
    return width * cos(radians(-_TURN)) + 8
