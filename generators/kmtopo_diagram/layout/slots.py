"""Which column each card takes: as few crossings as can be, and whoever comes anew takes what is free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import combinations, pairwise, permutations
from math import perm

from kmtopo.plugin import frozen

Link = tuple[str, str]
Columns = dict[str, float]

_ROUNDS = 4
_COUNTABLE = 120  # orders of a row that are all tried
_CROSSING = 1.0
_GUTTER = 0.7  # for a line that has to pass between two cards
_OUTSIDE = 1.2  # and for one that has to pass beside all of them
_ASIDE = 6.5  # calling somebody in one's own row who is no neighbour
_SLANT = 0.25  # for each column that a line runs sideways
_AXIS = 0.6  # for each column that the way in is from the middle
_LEFTMOST = 0.01  # of two equally good columns the one nearer to the middle, then the left one


@frozen
class Board:
    """What is to be put into columns: ``rows`` from the top, of cards and of middles (whose names start with ``@``).

    ``spans`` are the first and last column that somebody may take, if not all ``count`` of them; ``central`` those
    that keep to the middle. ``worth`` is what it must save that a row changes for somebody who has several links to it,
    and ``worth_for_one`` for somebody who has one, as most have who come anew: in crossings.
    """

    rows: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]
    count: int
    spans: Mapping[str, tuple[int, int]]
    central: Set[str] = frozenset()
    worth: float = 1.0
    worth_for_one: float = 6.0

    @property
    def axis(self) -> float:
        """The column of the way in: that of the middle of three, so that a third column moves nobody."""
        return min(1.0, self.count - 1)

    def choices(self, name: str) -> list[float]:
        """The columns that somebody may take, those nearest to the middle first; a middle also stands between columns."""
        first, last = self.spans.get(name, (0, self.count - 1))
        steps = range(2 * first, 2 * last + 1) if name.startswith("@") else range(2 * first, 2 * last + 1, 2)
        middle = self.axis if first <= self.axis <= last else (first + last) / 2
        return sorted((step / 2 for step in steps), key=lambda column: (abs(column - middle), column))


def columns(board: Board) -> Columns:
    """Returns everybody's column. Those whom most depends on choose first, and rows change as long as that saves enough.

    For who has a single link to those before nobody makes room, unless that saves very much; so does somebody new.
    """
    near = _neighbours(board)
    found: Columns = {}
    for name in _in_turn(board, near):
        taken = [found[other] for other in _row_of(name, board) if other in found]
        free = [column for column in board.choices(name) if not any(abs(column - other) < 1 for other in taken)]
        found[name] = min(free or board.choices(name), key=lambda column: tangle(board, {**found, name: column}))
        beside = [row for row in board.rows if {name, *near[name]} & set(row)]
        worth = board.worth if len(near[name] & found.keys()) > 1 else board.worth_for_one
        found = _improved(board, found, beside, worth)
    return found


def _neighbours(board: Board) -> dict[str, set[str]]:
    near: dict[str, set[str]] = {name: set() for row in board.rows for name in row}
    for one, other in board.links:
        if one != other:
            near[one].add(other)
            near[other].add(one)
    return near


def _in_turn(board: Board, near: Mapping[str, Set[str]]) -> list[str]:
    """Peels off who has fewest links to those who are left, again and again; the last one comes first."""
    level = _levels(board)
    left, peeled = set(level), []
    while left:
        outermost = min(left, key=lambda name: (len(near[name] & left), name in board.central, -level[name], name))
        left.remove(outermost)
        peeled.append(outermost)
    return peeled[::-1]


def _row_of(name: str, board: Board) -> tuple[str, ...]:
    return next(row for row in board.rows if name in row)


def _levels(board: Board) -> dict[str, int]:
    return {name: level for level, row in enumerate(board.rows) for name in row}


def _improved(board: Board, found: Columns, rows: Sequence[tuple[str, ...]], worth: float) -> Columns:
    """Each of these rows in turn takes its best order while the others stand still, until nothing saves enough."""
    cost = tangle(board, found)
    for _ in range(_ROUNDS):
        before = cost
        for row in rows:
            here = {name: found[name] for name in row if name in found}
            trials = [{**found, **order} for order in _orders(here, board)]
            best = min(trials, key=lambda trial: tangle(board, trial))
            saved = cost - tangle(board, best)
            if saved >= worth:
                found, cost = best, cost - saved
        if cost == before:
            break
    return found


def _orders(here: Columns, board: Board) -> Iterator[Columns]:
    """All ways to put a row into its columns; where those are many, the ways that are one step away."""
    places = sorted({column for name in here for column in board.choices(name)})
    ways = _all_orders(tuple(here), places) if perm(len(places), len(here)) <= _COUNTABLE else _steps(here, board)
    for way in ways:
        apart = all(abs(one - other) >= 1 for one, other in combinations(way.values(), 2))
        if apart and all(column in board.choices(name) for name, column in way.items()):
            yield way


def _all_orders(row: Sequence[str], places: Sequence[float]) -> Iterator[Columns]:
    yield from (dict(zip(row, order, strict=True)) for order in permutations(places, len(row)))


def _steps(here: Columns, board: Board) -> Iterator[Columns]:
    """The row as it is, with one in another column, or with two who change places."""
    yield here
    yield from ({**here, name: column} for name in here for column in board.choices(name))
    yield from ({**here, one: here[other], other: here[one]} for one, other in combinations(here, 2))


def tangle(board: Board, at: Mapping[str, float]) -> float:
    """Weighs crossings, detours around cards, calls past a neighbour, slanting lines and distance from the axis."""
    level = _levels(board)
    lines = [_line(source, target, level, at, board) for source, target in board.links if {source, target} <= at.keys()]
    cost = sum(detour for detour, _ in lines) + _crossings(stretch for _, way in lines for stretch in way)
    cost += sum(_AXIS * abs(at[name] - board.axis) for name in board.central if name in at)
    return cost + sum(_LEFTMOST * (abs(column - board.axis) + (column > board.axis)) for column in at.values())


Stretch = tuple[int, float, float]
"""A part of a line from one row to the next: the upper row, and the columns where it starts and ends."""


def _line(
    source: str, target: str, level: Mapping[str, int], at: Mapping[str, float], board: Board
) -> tuple[float, list[Stretch]]:
    """What a line costs by itself, and its way from row to row."""
    top, bottom = sorted((source, target), key=lambda name: level[name])
    start, end, first, last = at[top], at[bottom], level[top], level[bottom]
    if first == last:
        passed = any(min(start, end) < at[o] < max(start, end) for o in board.rows[first] if o in at)
        return (_ASIDE if passed else 0.0) + _LEFTMOST * abs(start - end), []
    between = frozenset([at[o] for row in board.rows[first + 1 : last] for o in row if o in at])
    cost, way = _passage(start, end, between, board.count)
    corners = [start, *([way] * (last - first - 1)), end]
    return cost + _SLANT * abs(start - end), [(first + n, a, b) for n, (a, b) in enumerate(pairwise(corners))]


# Few questions, asked of every order that a row is tried in.
@lru_cache(4096)
def _passage(start: float, end: float, cards: frozenset[float], count: int) -> tuple[float, float]:
    """Where a line passes the cards in between, and what the detour costs: in a free column, else between two."""
    offers = [(0.0, step / 2) for step in range(2 * count - 1) if not any(abs(step / 2 - c) < 1 for c in cards)]
    offers += [(_GUTTER, step + 0.5) for step in range(count - 1)]
    offers += [(_OUTSIDE, -0.5), (_OUTSIDE, count - 0.5)]
    return min((price + _SLANT * (abs(start - x) + abs(x - end) - abs(start - end)), x) for price, x in offers)


def _crossings(stretches: Iterable[Stretch]) -> float:
    """Counts the lines that change sides between two rows."""
    by_level: dict[int, list[tuple[float, float]]] = {}
    for level, start, end in stretches:
        by_level.setdefault(level, []).append((start, end))
    pairs = (pair for beside in by_level.values() for pair in combinations(beside, 2))
    return _CROSSING * sum((a - c) * (b - d) < 0 for (a, b), (c, d) in pairs)
