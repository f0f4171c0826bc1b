"""What a change made of a thing: four fates, each with a mark that a print in grey still tells apart."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from kmtopo_diagram.ink.svg import Element, number, path
from kmtopo_diagram.signs.forms import PLAIN, Paint
from kmtopo_diagram.signs.marks import disc


class Fate(Enum):
    """How a thing stands in a comparison."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    SAME = "same"


GONE = "2 4"  # the dashes of what is no longer there
PAINTS = {
    Fate.ADDED: Paint("goodtint", "good", 2.2),
    Fate.REMOVED: Paint("badtint", "bad", 1.8, "5 4"),
    Fate.CHANGED: Paint("warntint", "warn", 1.8),
    Fate.SAME: PLAIN,
}
COLOURS = {Fate.ADDED: "good", Fate.REMOVED: "bad", Fate.CHANGED: "warn"}


def fate_mark(fate: Fate, x: float, y: float, radius: float = 8.5) -> Iterator[Element]:
    """Draws a fate around a point: a disc with a plus, with a minus, or with a triangle; nothing for what is the same."""
    if fate is Fate.SAME:
        return
    yield disc(x, y, radius + 1.5, "page")
    yield disc(x, y, radius, COLOURS[fate])
    arm = radius * 0.52
    if fate is Fate.CHANGED:
        left, right = number(x - arm * 1.05), number(x + arm * 1.05)
        yield path(
            f"M{number(x)} {number(y - arm * 1.1)}L{right} {number(y + arm * 0.75)}H{left}Z", stroke="page", line=1.7
        )
        return
    upright = f"M{number(x)} {number(y - arm)}V{number(y + arm)}" if fate is Fate.ADDED else ""
    yield path(f"M{number(x - arm)} {number(y)}H{number(x + arm)}{upright}", stroke="page", line=2)
