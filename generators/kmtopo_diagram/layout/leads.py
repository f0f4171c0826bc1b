"""In which order lines leave a card and arrive at one: that of where they really lead, which is known when they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations

from kmtopo_diagram.layout.geometry import Line, along, crossings

Leads = Mapping[str, tuple[float, float]]
"""Of each line, by its key, to which x it leaves, and from which it arrives."""

_TRIES = 2  # more find nothing better
_TURN = 30.0  # px from a card, where a line has turned to where it leads


def least_crossed(draw: Callable[[Leads], dict[str, Line]], leads: Leads) -> dict[str, Line]:
    """Draws all lines as these leads say, then as the lines just drawn do, and returns those that cross least."""
    drawn = best = draw(leads)
    fewest = _crossings(best)
    for _ in range(_TRIES):
        if not fewest:
            break
        drawn = draw({key: _turns(line) for key, line in drawn.items()})
        if _crossings(drawn) < fewest:
            best, fewest = drawn, _crossings(drawn)
    return best


def _turns(line: Line) -> tuple[float, float]:
    """Where a line is when it has left its card's row, and before it comes into that of the other one."""
    chords = along(line)
    first, last = chords[0][1] + _TURN, chords[-1][1] - _TURN
    leaves = next((x for x, y in chords if y >= first), chords[-1][0])
    return leaves, next((x for x, y in reversed(chords) if y <= last), chords[0][0])


def _crossings(lines: Mapping[str, Line]) -> int:
    return sum(crossings(one, other) for one, other in combinations(map(along, lines.values()), 2))
