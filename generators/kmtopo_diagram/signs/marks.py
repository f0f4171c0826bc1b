"""The mark of a network: a colour and a form of its own, so that a print in grey still tells them apart.

From the fifth network on the forms come again, with a letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kmtopo_diagram.ink.svg import Element, number, path, rect, text
from kmtopo_diagram.ink.theme import HUES, hue, mark

_OUTLINE = 1.4
_RING = 1.1


def network_mark(index: int, x: float, y: float, size: float = 10) -> Iterator[Element]:
    """Draws the mark of the network at this place in the picture into a square."""
    yield from _form(index, x, y, size, fill=hue(index))
    yield from _letter(index, x, y, size, "card")


def network_rings(index: int | None, places: Iterable[tuple[float, float]], size: float) -> Element:
    """Draws the outline of a network's mark at each of these corners, as one path: there may be thousands.

    In grey, so that they do not drown what is filled. ``index`` None stands for what no network of the topology carries.
    """
    inset = _OUTLINE / 2
    data = "".join(_outline(index, x + inset, y + inset, size - _OUTLINE) for x, y in places)
    return path(data, fill="card", stroke="form", line=_RING)


def network_disc(index: int | None, x: float, y: float, size: float) -> Iterator[Element]:
    """Draws the filled mark of a network, or of what no network carries, without a letter where it is small."""
    if index is not None and size >= 10:
        yield from network_mark(index, x, y, size)
    else:
        yield from _form(index, x, y, size, fill=paint_of(index))


def network_half(index: int | None, x: float, y: float, size: float) -> Iterator[Element]:
    """Draws the outline of a network's mark with its left half filled."""
    inset = _OUTLINE / 2
    yield from _form(index, x + inset, y + inset, size - _OUTLINE, fill="card", stroke=paint_of(index))
    middle, bottom, paint = x + size / 2, y + size, paint_of(index)
    form = None if index is None else index % HUES
    if form == 1:
        radius, across = number(size / 2), number(size)
        yield path(f"M{number(middle)} {number(y)}a{radius} {radius} 0 0 0 0 {across}Z", fill=paint)
    elif form == 2:
        yield _corners(paint, "", (middle, y - 1), (middle, bottom + 1), (x - 1, y + size / 2))
    elif form == 3:
        yield _corners(paint, "", (middle, y), (middle, bottom), (x - 0.5, bottom))
    else:
        low = y + size / 4 if form is None else y
        yield rect(x + 0.5, low, size / 2 - 0.5, size / 2 if form is None else size, fill=paint, radius=size / 6)


def paint_of(index: int | None) -> str:
    """Returns the colour of a network, or of what no network of the topology carries."""
    return "edge" if index is None else hue(index)


def _form(index: int | None, x: float, y: float, size: float, *, fill: str, stroke: str = "") -> Iterator[Element]:
    """A square, disc, diamond or triangle; a bar where no network stands behind it."""
    middle = y + size / 2
    form = None if index is None else index % HUES
    if form is None:
        yield rect(x, y + size / 4, size, size / 2, fill=fill, stroke=stroke, radius=size / 4, line=_OUTLINE)
    elif form == 1:
        yield disc(x + size / 2, middle, size / 2 + 0.3, fill, stroke)
    elif form == 2:
        corners = ((x + size / 2, y - 1), (x + size + 1, middle), (x + size / 2, y + size + 1), (x - 1, middle))
        yield _corners(fill, stroke, *corners)
    elif form == 3:
        yield _corners(fill, stroke, (x + size / 2, y - 0.5), (x + size + 1, y + size), (x - 1, y + size))
    else:
        yield rect(x, y, size, size, fill=fill, stroke=stroke, radius=size / 4, line=_OUTLINE)


def _outline(index: int | None, x: float, y: float, size: float) -> str:
    """The same forms as path data."""
    form = None if index is None else index % HUES
    if form == 2:
        half = number(size / 2 + 1)
        return f"M{number(x + size / 2)} {number(y - 1)}l{half} {half}l-{half} {half}l-{half} -{half}Z"
    if form == 3:
        half, rise = number(size / 2 + 1), number(size + 0.5)
        return f"M{number(x + size / 2)} {number(y - 0.5)}l{half} {rise}h-{number(size + 2)}Z"
    if form == 1:
        r = number(size / 2 + 0.3)
        across = number(size + 0.6)
        return f"M{number(x - 0.3)} {number(y + size / 2)}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0 -{across} 0Z"
    height = size / 2 if form is None else size
    top, radius = (y + size / 4, size / 4) if form is None else (y, size / 4)
    r, side, fall = number(radius), number(size - 2 * radius), number(height - 2 * radius)
    return (
        f"M{number(x + radius)} {number(top)}h{side}a{r} {r} 0 0 1 {r} {r}v{fall}a{r} {r} 0 0 1 -{r} {r}"
        f"h-{side}a{r} {r} 0 0 1 -{r} -{r}v-{fall}a{r} {r} 0 0 1 {r} -{r}Z"
    )


def _letter(index: int | None, x: float, y: float, size: float, fill: str) -> Iterator[Element]:
    if index is not None and index >= HUES and size >= 10:
        yield text(x + size / 2, y + size / 2 + 3.7, mark(index), 10.5, weight=600, fill=fill, anchor="middle")


def disc(x: float, y: float, radius: float, paint: str, stroke: str = "") -> Element:
    """A dot around a point, filled."""
    across, r = number(2 * radius), number(radius)
    data = f"M{number(x - radius)} {number(y)}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0 -{across} 0Z"
    return path(data, fill=paint, stroke=stroke, line=_OUTLINE)


def _corners(paint: str, stroke: str, *points: tuple[float, float]) -> Element:
    data = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z"
    return path(data, fill=paint, stroke=stroke, line=_OUTLINE)
