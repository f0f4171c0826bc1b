"""The order of cards within their rows that leaves the fewest crossings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from itertools import combinations, pairwise, permutations

Rows = tuple[tuple[str, ...], ...]
Link = tuple[str, str]

_PITCH = 236.0  # px from card to card
_NARROW = 60.0  # px for what is not a card
_ROUNDS = 6
_CROSSING = 1.0
_THROUGH = 1.5  # a line over a card is worse than over another line
_ASIDE = 4.0  # calling somebody in one's own row who is no neighbour
_SLANT = 0.002  # per px


def untangled(
    rows: Sequence[Sequence[str]], links: Sequence[Link], homes: Mapping[str, str], central: Set[str] = frozenset()
) -> Rows:
    """Returns the rows with their names in a better order; names of one home stay together, the central ones near the axis.

    Each row in turn takes its best order while the others stand still, until nothing improves.
    """
    best = [tuple(row) for row in rows]
    for _ in range(_ROUNDS):
        before = list(best)
        for place, row in enumerate(best):
            candidates = _orders(row, homes)
            if len(candidates) > 1:
                trials = [[*best[:place], candidate, *best[place + 1 :]] for candidate in candidates]
                best = min(trials, key=lambda trial: tangle(trial, links, central))
        if best == before:
            break
    return tuple(best)


def _orders(row: Sequence[str], homes: Mapping[str, str]) -> list[tuple[str, ...]]:
    """All orders of a row, the given one first so that it wins a draw; long rows keep theirs."""
    if len(row) > 5:
        return [tuple(row)]
    return [order for order in permutations(row) if _contiguous([homes.get(name, "") for name in order])]


def _contiguous(groups: Sequence[str]) -> bool:
    changes = sum(one != other for one, other in pairwise(groups))
    return changes == len(set(groups)) - 1


def tangle(rows: Sequence[Sequence[str]], links: Sequence[Link], central: Set[str] = frozenset()) -> float:
    """Weighs crossings, lines over cards, calls past a neighbour, slanting lines and distance from the axis."""
    at = {name: (x, float(level)) for level, row in enumerate(rows) for name, x in _abscissas(row)}
    lines = [(*at[source], *at[target]) for source, target in links if source in at and target in at]
    steep = [line for line in lines if line[1] != line[3]]
    cost = sum(_CROSSING for one, other in combinations(steep, 2) if _cross(one, other))
    cost += sum(_SLANT * abs(x0 - x1) for x0, _, x1, _ in steep)
    cost += sum(_SLANT * abs(at[name][0]) for name in central if name in at)
    cost += sum(_ASIDE for x0, y0, x1, y1 in lines if y0 == y1 and abs(x0 - x1) > _PITCH)
    return cost + sum(_THROUGH * _covered(line, at) for line in steep)


def _abscissas(row: Sequence[str]) -> list[tuple[str, float]]:
    widths = [_NARROW if name.startswith("@") else _PITCH for name in row]
    left = -sum(widths) / 2
    return [
        (name, left + sum(widths[:place]) + width / 2)
        for place, (name, width) in enumerate(zip(row, widths, strict=True))
    ]


def _cross(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Tells whether two lines cross within the rows that both span; meeting at an end does not count."""
    top, bottom = max(min(one[1], one[3]), min(other[1], other[3])), min(max(one[1], one[3]), max(other[1], other[3]))
    if top >= bottom:
        return False
    above = _across(one, top) - _across(other, top)
    below = _across(one, bottom) - _across(other, bottom)
    return above * below < 0


def _across(line: tuple[float, float, float, float], y: float) -> float:
    x0, y0, x1, y1 = line
    return x0 + (x1 - x0) * (y - y0) / (y1 - y0)


def _covered(line: tuple[float, float, float, float], at: Mapping[str, tuple[float, float]]) -> int:
    """Counts the cards of rows in between that the straight line runs over."""
    top, bottom = sorted((line[1], line[3]))
    return sum(
        1
        for name, (x, y) in at.items()
        if top < y < bottom and not name.startswith("@") and abs(_across(line, y) - x) < _PITCH / 2
    )
