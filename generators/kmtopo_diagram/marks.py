"""The mark of a network: a colour and a form of its own, so that a print in grey still tells them apart."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo_diagram.svg import Element, number, path, rect, text
from kmtopo_diagram.theme import HUES, hue, mark


def network_mark(index: int, x: float, y: float, size: float = 10) -> Iterator[Element]:
    """Draws the mark of the network at this place in the picture into a square; from the fifth on it is a letter."""
    paint = hue(index)
    if index == 1:
        yield disc(x + size / 2, y + size / 2, size / 2 + 0.3, paint)
    elif index == 2:
        yield _corners(
            paint,
            (x + size / 2, y - 1),
            (x + size + 1, y + size / 2),
            (x + size / 2, y + size + 1),
            (x - 1, y + size / 2),
        )
    elif index == 3:
        yield _corners(paint, (x + size / 2, y - 0.5), (x + size + 1, y + size), (x - 1, y + size))
    else:
        yield rect(x, y, size, size, fill=paint, radius=size / 4)
    if index >= HUES:
        yield text(x + size / 2, y + size / 2 + 3.7, mark(index), 10.5, weight=600, fill="card", anchor="middle")


def disc(x: float, y: float, radius: float, paint: str) -> Element:
    """A filled dot around a point."""
    across, r = number(2 * radius), number(radius)
    return path(f"M{number(x - radius)} {number(y)}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0 -{across} 0Z", fill=paint)


def _corners(paint: str, *points: tuple[float, float]) -> Element:
    return path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z", fill=paint)
