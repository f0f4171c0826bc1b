"""Rows, columns and bundles: which cards stand beside and under each other, and which calls run together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from kmtopo.plugin import frozen
from kmtopo_diagram.deployment.picture import Arrow, NetworkBox, Picture, VpsBox
from kmtopo_diagram.deployment.rows import Rows, in_threes, joined, stacked
from kmtopo_diagram.layout.bundling import Bundle, bundles, links
from kmtopo_diagram.layout.slots import Board, columns
from kmtopo_diagram.signs.fates import Fate
from kmtopo_diagram.subject.tiers import COLUMNS

Style = Callable[[NetworkBox, Sequence[Arrow]], Rows]
"""A way to put a network's residents into rows."""

_FEW = 5  # cards that may stand in fewer columns than there can be: with more, one more would move them all
_STYLES: tuple[Style, ...] = (joined, stacked)


@frozen
class Arrangement:
    """A picture whose cards have their places.

    ``rows`` from the top, across all boxes, of cards and bundles' middles, most of the latter in rows of their own; ``columns``
    of everybody, from 0, of ``count``: a middle may stand between two. ``spans`` are the first and last column of cards
    whose network shares its shelf.
    """

    picture: Picture
    rows: tuple[tuple[str, ...], ...]
    columns: Mapping[str, float]
    count: int
    spans: Mapping[str, tuple[int, int]]
    bundles: tuple[Bundle[Arrow], ...]

    def loose(self) -> tuple[Arrow, ...]:
        """The arrows that run alone."""
        bound = {arrow.key for bundle in self.bundles for arrow in bundle.arrows}
        return tuple(arrow for arrow in self.picture.arrows if arrow.key not in bound)


def vps_group(machine: VpsBox) -> str:
    """Names the group of a machine."""
    return f"vps_{machine.name}"


def network_group(machine: VpsBox, box: NetworkBox) -> str:
    """Names the group of a network on a machine."""
    return f"net_{machine.name}_{box.name}"


def arrangements(picture: Picture) -> tuple[Arrangement, ...]:
    """Returns the arrangements worth drawing, the one that changes least when somebody comes first."""
    found: dict[tuple[tuple[str, ...], ...], Arrangement] = {}
    for style in _STYLES:
        arrangement = _arranged(_with_rows(picture, style))
        found.setdefault(arrangement.rows, arrangement)
    return tuple(found.values())


def _with_rows(picture: Picture, style: Style) -> Picture:
    def shelf_of(boxes: Iterable[NetworkBox]) -> tuple[NetworkBox, ...]:
        return tuple(replace(box, rows=style(box, picture.arrows)) for box in boxes)

    machines = (replace(machine, shelves=tuple(map(shelf_of, machine.shelves))) for machine in picture.machines)
    return replace(picture, machines=tuple(machines))


def _arranged(picture: Picture) -> Arrangement:
    rows = _rows(picture)
    kept = [arrow for arrow in picture.arrows if arrow.fate is Fate.SAME]
    found = tuple(bundles(kept, {name: level for level, row in enumerate(rows) for name in row}))
    count = COLUMNS if sum(map(len, rows)) > _FEW else max(map(len, rows), default=1)
    placed = _with_middles(found, rows)
    spans = _spans(picture, count)
    board = Board(placed, tuple(links(picture.arrows, found)), count, spans, _central(picture))
    at = columns(board)
    ordered = tuple(tuple(sorted(row, key=at.__getitem__)) for row in placed)
    return Arrangement(picture, ordered, at, count, spans, found)


def _rows(picture: Picture) -> tuple[tuple[str, ...], ...]:
    rows = [tuple(card.name for card in row) for row in in_threes(picture.callers)]
    for machine in picture.machines:
        for shelf in machine.shelves:
            levels = zip_longest(*(box.rows for box in shelf), fillvalue=())
            rows += (tuple(card.name for row in beside for card in row) for beside in levels)
    return (*rows, *(tuple(card.name for card in row) for row in in_threes(picture.outside)))


def _spans(picture: Picture, count: int) -> dict[str, tuple[int, int]]:
    """The columns of each network that shares its shelf; the last one has all that is left."""
    spans: dict[str, tuple[int, int]] = {}
    for shelf in (shelf for machine in picture.machines for shelf in machine.shelves):
        first = 0
        for box in shelf if len(shelf) > 1 else ():
            last = count - 1 if box is shelf[-1] else first + max(map(len, box.rows)) - 1
            spans |= {card.name: (first, last) for card in box.cards()}
            first = last + 1
    return spans


def _central(picture: Picture) -> frozenset[str]:
    """The way in and whoever it leads to keep to the middle, where no header stands in the way."""
    doors = {gate.target for gate in picture.gates}
    return frozenset(doors | {arrow.target for arrow in picture.arrows if arrow.source in doors})


def _with_middles(found: Iterable[Bundle[Arrow]], rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Gives each bundle's middle a place: beside the lowest of its sources if that one is alone in its row, else below."""
    beside: dict[int, tuple[str, ...]] = {}
    below: dict[int, tuple[str, ...]] = {}
    for bundle in found:
        lowest = max(level for level, row in enumerate(rows) if set(bundle.sources) & set(row))
        is_alone = len(rows[lowest]) == 1 < len(bundle.sources) and lowest not in beside
        places = beside if is_alone else below
        places[lowest] = (*places.get(lowest, ()), bundle.key)
    levels = ((*row, *beside.get(level, ())) for level, row in enumerate(rows))
    return tuple(each for level, row in enumerate(levels) for each in (row, below.get(level, ())) if each)
