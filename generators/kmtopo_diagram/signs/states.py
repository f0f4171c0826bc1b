"""What a failure makes of a container: four states, each with a mark that a print in grey still tells apart."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from kmtopo_diagram.ink.svg import Element, number, path
from kmtopo_diagram.signs.marks import disc


class State(Enum):
    """How a container stands in a scenario, the gravest first."""

    DOWN = "down"
    CUT_OFF = "cut-off"
    DEGRADED = "degraded"
    UP = "up"


def state_mark(state: State, x: float, y: float, radius: float = 8.0) -> Iterator[Element]:
    """Draws a state around a point: a disc with a cross, a disc half full, a struck ring, a dot."""
    if state is State.DOWN:
        arm = radius * 0.4
        yield disc(x, y, radius, "bad")
        yield path(
            f"M{number(x - arm)} {number(y - arm)}L{number(x + arm)} {number(y + arm)}"
            f"M{number(x + arm)} {number(y - arm)}L{number(x - arm)} {number(y + arm)}",
            stroke="page",
            line=2,
        )
    elif state is State.DEGRADED:
        yield _ring(x, y, radius - 0.9, "warn")
        inner = number(radius - 0.9)
        top, bottom = number(y - radius + 0.9), number(y + radius - 0.9)
        yield path(f"M{number(x)} {top}A{inner} {inner} 0 0 0 {number(x)} {bottom}Z", fill="warn")
    elif state is State.CUT_OFF:
        arm = radius * 0.52
        yield _ring(x, y, radius - 0.9, "ink2")
        yield path(f"M{number(x - arm)} {number(y + arm)}L{number(x + arm)} {number(y - arm)}", stroke="ink2", line=1.8)
    else:
        yield disc(x, y, 2, "hostline")


def _ring(x: float, y: float, radius: float, paint: str) -> Element:
    across, r = number(2 * radius), number(radius)
    return path(
        f"M{number(x - radius)} {number(y)}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0 -{across} 0Z",
        fill="page",
        stroke=paint,
        line=1.8,
    )
