"""An arrangement in px: columns at fixed places, rows one under the other, boxes around them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from kmtopo.plugin import Box, Placement
from kmtopo_diagram.deployment.arrangement import Arrangement, network_group, vps_group
from kmtopo_diagram.deployment.picture import Card, NetworkBox, Pill, VpsBox
from kmtopo_diagram.deployment.sizes import (
    APART,
    BADGE,
    BELOW_CALLERS,
    CARD_HEIGHT,
    CARD_WIDTH,
    CLIENTS_GAP,
    FOOT,
    HOST_MARGIN,
    HOST_TOP,
    MIDDLE_DROP,
    NETWORK_GAP,
    NETWORK_MARGIN,
    NETWORK_SEAM,
    NETWORK_TOP,
    PILL_HEIGHT,
    ROW_GAP,
    approach,
    machine_width,
    pill_size,
)
from kmtopo_diagram.deployment.spacing import Spacing, spacing

_HIGH = BADGE + CARD_HEIGHT
_MIDDLE = (48.0, 4.0)  # px, wide enough that lines to it keep clear of its neighbours


def placed(arrangement: Arrangement) -> Placement:
    """Returns where everything is, from (0, 0): cards with the rise of their badges, middles, boxes by group."""
    return _Descent(arrangement).placement()


class _Descent:
    """Goes down a picture once, from the Internet to the systems of others; ``_y`` is how far it has come."""

    def __init__(self, arrangement: Arrangement) -> None:
        self._arrangement = arrangement
        self._level = {name: level for level, row in enumerate(arrangement.rows) for name in row}
        self._spacing: Spacing = spacing(arrangement)
        self._boxes: dict[str, Box] = {}
        self._groups: dict[str, Box] = {}
        self._y = 0.0
        machines = arrangement.picture.machines
        inner = max([self._spacing.width + 2 * NETWORK_MARGIN, *map(machine_width, machines)])
        self._width = inner + 2 * HOST_MARGIN
        free = (self._width - self._spacing.width) / 2
        self._left = free if arrangement.count == 1 else min(free, HOST_MARGIN + NETWORK_MARGIN + 24)

    def placement(self) -> Placement:
        """Puts everything in its place."""
        picture = self._arrangement.picture
        if picture.origin:
            self._y += PILL_HEIGHT + approach(len(picture.gates))
        if picture.callers:
            self._rows(picture.callers)
            self._y += BELOW_CALLERS
        for place, machine in enumerate(picture.machines):
            self._y += APART if place else 0.0
            self._machine(machine)
        if picture.outside:
            self._y += APART if picture.machines else 0.0
            self._rows(picture.outside)
        if picture.origin:
            self._outside(picture.origin, picture.clients)
        return Placement(self._width, self._y, self._boxes, self._groups, {})

    def _outside(self, origin: Pill, clients: Pill | None) -> None:
        """The Internet right above the way in, or the middle of several, and who comes over it beside it, if there is room."""
        doors = [self._boxes[gate.target] for gate in self._arrangement.picture.gates if gate.target in self._boxes]
        middle = sum(door.x + door.width / 2 for door in doors) / len(doors) if doors else self._width / 2
        width, _ = pill_size(origin)
        x = min(max(middle - width / 2, 0.0), self._width - width)
        if clients:
            need, _ = pill_size(clients)
            left, right = x - CLIENTS_GAP - need, self._width - need
            if left < 0 or x + width + CLIENTS_GAP <= right:
                x = min(x, right - CLIENTS_GAP - width)
                left = x + width + CLIENTS_GAP
            self._boxes[clients.name] = Box(left, 0.0, need, PILL_HEIGHT)
        self._boxes[origin.name] = Box(x, 0.0, width, PILL_HEIGHT)

    def _machine(self, machine: VpsBox) -> None:
        top = self._y
        self._y += HOST_TOP
        for place, shelf in enumerate(machine.shelves):
            self._y += NETWORK_GAP if place else 0.0
            self._shelf(machine, shelf)
        self._y += HOST_MARGIN + (FOOT if machine.bars else 0.0)
        self._groups[vps_group(machine)] = Box(0.0, top, self._width, self._y - top)

    def _shelf(self, machine: VpsBox, shelf: Sequence[NetworkBox]) -> None:
        """Networks side by side; the outermost reach to the machine's sides, so that all shelves are equally wide."""
        top = self._y
        self._y += NETWORK_TOP
        self._rows([card for box in shelf for card in box.cards()])
        self._y += NETWORK_MARGIN
        starts = [HOST_MARGIN, *(self._start(box) for box in shelf[1:])]
        ends = [*(start - NETWORK_SEAM for start in starts[1:]), self._width - HOST_MARGIN]
        for box, left, right in zip(shelf, starts, ends, strict=True):
            self._groups[network_group(machine, box)] = Box(left, top, right - left, self._y - top)

    def _start(self, box: NetworkBox) -> float:
        """Where a network begins that has another to its left."""
        first, _ = self._arrangement.spans[next(box.cards()).name]
        return self._left + self._spacing.lefts[first] - NETWORK_MARGIN

    def _rows(self, cards: Sequence[Card]) -> None:
        """The rows of these cards from here on, and the middles that hang between and below them."""
        levels = [self._level[card.name] for card in cards]
        rows = self._arrangement.rows[min(levels) : max(levels) + 2]
        rows = rows if _is_middles(rows[-1]) or len(rows) == 1 + max(levels) - min(levels) else rows[:-1]
        bottom = y = self._y
        for row, below in zip_longest(rows, rows[1:], fillvalue=()):
            if not _is_middles(row):
                self._cards([name for name in row if not name.startswith("@")], y)
                self._middles([name for name in row if name.startswith("@")], y + BADGE + CARD_HEIGHT / 2)
                bottom = y + _HIGH
                y = bottom + ROW_GAP
                continue
            beside = [key for key in row if below and self._has_room(key, below)]
            self._middles(beside, y + BADGE + CARD_HEIGHT / 2)
            self._middles([key for key in row if key not in beside], bottom + MIDDLE_DROP)
            if len(beside) < len(row):
                y = bottom + 2 * MIDDLE_DROP
                bottom += 0.0 if below else MIDDLE_DROP
        self._y = bottom

    def _has_room(self, key: str, row: Sequence[str]) -> bool:
        """Tells whether a middle may stand beside the cards of the row below: it has a free column and leads to none of them."""
        at = self._arrangement.columns
        (bundle,) = (bundle for bundle in self._arrangement.bundles if bundle.key == key)
        return not set(bundle.targets) & set(row) and all(abs(at[name] - at[key]) >= 1 for name in row)

    def _cards(self, row: Sequence[str], y: float) -> None:
        for name in row:
            left = self._spacing.lefts[int(self._arrangement.columns[name])] + self._spacing.shifts.get(name, 0.0)
            self._boxes[name] = Box(self._left + left, y, CARD_WIDTH, _HIGH)

    def _middles(self, keys: Sequence[str], y: float) -> None:
        width, height = _MIDDLE
        for key in keys:
            x = self._left + self._spacing.middle(self._arrangement.columns[key])
            self._boxes[key] = Box(x - width / 2, y - height / 2, width, height)


def _is_middles(row: Sequence[str]) -> bool:
    return all(name.startswith("@") for name in row)
