"""The dark badge that is a port: arrows end on it."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo_diagram.ink.metrics import widest
from kmtopo_diagram.ink.svg import Element, rect, text

RISE = 9.0  # from the middle of a badge to its top


def badge_width(label: str) -> float:
    """Returns the width of a port badge."""
    return widest(label, 11.5, 600) + 12


def port_badge(label: str, middle: float, y: float) -> Iterator[Element]:
    """Draws a port badge centred on a point."""
    width = badge_width(label)
    yield rect(middle - width / 2, y - RISE, width, 19, fill="ink", radius=5)
    yield text(middle, y + 4.6, label, 11.5, weight=600, fill="page", anchor="middle")
