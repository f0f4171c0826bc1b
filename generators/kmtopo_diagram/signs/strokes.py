"""How lines are drawn: their widths, dashes, heads and halos."""

from __future__ import annotations

from collections.abc import Sequence

from kmtopo.plugin import Point
from kmtopo_diagram.ink.svg import Element, number, path

LINE = 1.8
HEAD = 9.0
DASH = "6 4"  # what is optional
HALO = 5.0  # the ground around a line, which keeps it apart from those below
JOINT = 3.4  # the dot where lines of a bundle meet


def curve(points: Sequence[Point]) -> str:
    """Writes Bezier curves as path data."""
    written = [f"{number(x)} {number(y)}" for x, y in points]
    return f"M{written[0]}" + "".join(f"C{' '.join(written[i : i + 3])}" for i in range(1, len(written), 3))


def head(tip: Point, direction: Point, paint: str, size: float = HEAD) -> Element:
    """A filled arrow head that ends at a point."""
    (x, y), (ux, uy) = tip, direction
    back_x, back_y, half = x - ux * size, y - uy * size, size / 2
    corners = [(x, y), (back_x - uy * half, back_y + ux * half), (back_x + uy * half, back_y - ux * half)]
    return path("M" + "L".join(f"{number(px)} {number(py)}" for px, py in corners) + "Z", fill=paint)
