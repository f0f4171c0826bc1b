"""The title of a picture and the line under it."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo_diagram.ink.metrics import fit, sizes_from
from kmtopo_diagram.ink.svg import Element, text

MARGIN = 16.0  # around every picture


def heading(title: str, subtitle: str, width: float) -> Iterator[Element]:
    """Writes title and subtitle at the top of a picture of this width."""
    room = width - 2 * MARGIN
    first, second = fit(title, room, sizes_from(19, 15), 600), fit(subtitle, room, sizes_from(13, 11))
    yield text(MARGIN, 31, first.text, first.size, weight=600)
    yield text(MARGIN, 52, second.text, second.size, fill="ink2")
