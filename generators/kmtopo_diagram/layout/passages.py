"""Ways around cards: up or down between two columns, beside all of them, or through a column that is free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kmtopo.plugin import Box, Point
from kmtopo_diagram.layout.geometry import Line, along, bounds, grown, overlap, runs_over, straight
from kmtopo_diagram.layout.ways import LANDING, upright

_CLEAR = 6.0  # px between a line and a card it has no business with
_BESIDE = 8.0  # between a card and a line that runs along it
_OUTSIDE = 11.0  # from there to a line outside the network's box
_APART = 7.0  # between two lines that run side by side
_CROWDED = 150.0  # px of detour that it is worth not to run over another line
_LIFT = 34.0  # how high above a server's port a line turns that comes from below
_SIDE = 0.8  # of its card's width, where it leaves at the top


class Passages:
    """The free ways between ``cards``; it remembers whatever it draws, since lines should not cover each other."""

    def __init__(self, cards: Mapping[str, Box]) -> None:
        self._cards = dict(cards)
        self._drawn: list[tuple[str, Line, Box]] = []

    def line(self, starts: Sequence[Point], end: Point, source: str, target: str, landing: float = LANDING) -> Line:
        """Returns a line from the first of these places from which a curve is free, else one around the cards in between."""
        if end[1] < starts[0][1]:
            line = self._upward(end, source, target)
        else:
            others = [grown(box, _CLEAR) for name, box in self._cards.items() if name not in (source, target)]
            curves = [curve for curve in (upright(start, end, others, landing) for start in starts) if curve]
            line = curves[0] if curves else self._around(starts[0], end, others, target)
        chords = along(line)
        self._drawn.append((target, chords, bounds(chords)))
        return line

    def _around(self, start: Point, end: Point, others: Sequence[Box], target: str) -> Line:
        """Goes aside before the first card in the way, and back behind the last one."""
        between = [box for box in self._cards.values() if start[1] <= box.y and box.y + box.height <= end[1]]
        if not between:
            return straight(start, end)
        top, bottom = min(box.y for box in between) - 2, max(box.y + box.height for box in between) + 2
        x = self._passage(start[0], end[0], top, bottom, target)
        first = upright(start, (x, top), others, landing=0) or _bend(start, (x, top))
        last = upright((x, bottom), end, others) or _bend((x, bottom), end)
        return (*first, *straight((x, top), (x, bottom))[1:], *last[1:])

    def _upward(self, end: Point, source: str, target: str) -> Line:
        """Leaves at the top, passes the server on one side and comes down on its port."""
        card, server = self._cards[source], self._cards[target]
        side = _SIDE if end[0] > card.x + card.width / 2 else 1 - _SIDE
        start = (card.x + card.width * side, card.y)
        between = [box for box in self._cards.values() if server.y <= box.y and box.y + box.height <= card.y]
        bottom = max([box.y + box.height for box in between]) + 2
        x = self._passage(start[0], end[0], server.y - 2, bottom, target)
        turn = (x, server.y - 2)
        over = (turn, (x, end[1] - _LIFT), (end[0], end[1] - _LIFT), end)
        return (*_bend(start, (x, bottom)), *straight((x, bottom), turn)[1:], *over[1:])

    def _passage(self, x0: float, x1: float, top: float, bottom: float, target: str) -> float:
        """Where to run up or down past all cards between two heights, with the least detour."""

        def detour(x: float) -> float:
            strip = Box(x - _APART / 2, top, _APART, bottom - top)
            near = (line for other, line, around in self._drawn if other != target and overlap(around, strip, -1))
            crowd = sum(runs_over(line, strip) for line in near)
            return abs(x0 - x) + abs(x - x1) + _CROWDED * crowd

        return min(self._offers(x0, x1, top, bottom), key=detour)

    def _offers(self, x0: float, x1: float, top: float, bottom: float) -> Iterator[float]:
        """Places in every stretch that is free of cards from top to bottom: as near as can be, or in its middle."""
        cards = self._cards.values()
        left, right = min(box.x for box in cards) - _BESIDE, max(box.x + box.width for box in cards) + _BESIDE
        spans = sorted(
            (box.x - _BESIDE, box.x + box.width + _BESIDE)
            for box in cards
            if box.y < bottom and top < box.y + box.height
        )
        yield from (left - _OUTSIDE, right + _OUTSIDE)
        for start, end in _gaps(left, right, spans):
            middle, room = (start + end) / 2, max(end - start - 2 * _BESIDE, 0.0) / 2
            yield from (middle + min(max(x - middle, -room), room) for x in (x0, x1))
            yield from (min(max(middle + aside, start), end) for aside in (0, -_APART, _APART))


def _gaps(left: float, right: float, taken: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """What is left of a stretch; gaps of no width count, since a line has none."""
    for start, end in taken:
        if start >= left:
            yield left, start
        left = max(left, end)
    if left <= right:
        yield left, right


def _bend(start: Point, end: Point) -> Line:
    """A curve that leaves and arrives upright, whatever is in its way."""
    half = (end[1] - start[1]) / 2
    return start, (start[0], start[1] + half), (end[0], end[1] - half), end
