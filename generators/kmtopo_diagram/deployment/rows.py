"""Which residents of a network stand beside each other: callers above those whom they call, or beside them where there is room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kmtopo_diagram.deployment.picture import Arrow, Card, NetworkBox
from kmtopo_diagram.signs.forms import Shape
from kmtopo_diagram.subject.tiers import COLUMNS

Rows = tuple[tuple[Card, ...], ...]

_LABELLED = COLUMNS - 1  # cards side by side that leave room for a label between them


def stacked(box: NetworkBox, arrows: Sequence[Arrow]) -> Rows:
    """Returns the residents by depth, each depth in rows of its own."""
    return tuple(row for layer in _layers(box, arrows) for row in _filled(layer, arrows))


def joined(box: NetworkBox, arrows: Sequence[Arrow]) -> Rows:
    """Returns the residents by depth; who are one deeper stand beside those above if there all of them find room."""
    rows: list[tuple[Card, ...]] = []
    for layer in _layers(box, arrows):
        together = (*rows[-1], *layer) if rows else ()
        if together and _has_room(together, arrows):
            rows[-1] = together
        else:
            rows += _filled(layer, arrows)
    return tuple(rows)


def in_threes(cards: Sequence[Card]) -> Rows:
    """Returns rows of at most three."""
    return tuple(tuple(cards[start : start + COLUMNS]) for start in range(0, len(cards), COLUMNS))


def _filled(layer: Sequence[Card], arrows: Sequence[Arrow]) -> list[tuple[Card, ...]]:
    """Rows of a depth: each takes whoever still finds room."""
    rows: list[tuple[Card, ...]] = []
    for card in layer:
        place = next((place for place, row in enumerate(rows) if _has_room((*row, card), arrows)), len(rows))
        rows[place : place + 1] = [(*(rows[place] if place < len(rows) else ()), card)]
    return rows


def _has_room(cards: Sequence[Card], arrows: Sequence[Arrow]) -> bool:
    names = {card.name for card in cards}
    labelled = any(arrow.label and arrow.source in names and arrow.target in names for arrow in arrows)
    return len(cards) <= (_LABELLED if labelled else COLUMNS)


def _layers(box: NetworkBox, arrows: Sequence[Arrow]) -> list[list[Card]]:
    """The residents of each depth, ways in and those with most calls first: whoever comes anew has few, and stands last."""
    depth = _depths(box, arrows)
    calls = Counter(name for arrow in arrows for name in (arrow.source, arrow.target))
    cards = sorted(box.cards(), key=lambda card: (card.shape is not Shape.ENTRY, -calls[card.name], card.name))
    return [[card for card in cards if depth[card.name] == level] for level in sorted(set(depth.values()))]


def _depths(box: NetworkBox, arrows: Sequence[Arrow]) -> dict[str, int]:
    """Counts the longest chain of calls, among the residents, that leads to each; stores lie deepest."""
    cards = list(box.cards())
    depth = dict.fromkeys((card.name for card in cards), 0)
    calls = [(a.source, a.target) for a in arrows if a.source in depth and a.target in depth]
    for _ in cards:  # as often as the longest chain can be; a circle of calls ends here too
        for source, target in calls:
            depth[target] = min(max(depth[target], depth[source] + 1), len(cards))
    lowest = max(depth.values(), default=0)
    return depth | {card.name: lowest for card in cards if card.shape is Shape.STORE}
