"""Rows and bundles: which cards stand beside each other, and which calls run together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from kmtopo.plugin import frozen
from kmtopo_diagram.bundling import Bundle, bundles
from kmtopo_diagram.deployment.picture import Arrow, Card, NetworkBox, Picture, VpsBox
from kmtopo_diagram.deployment.untangling import untangled
from kmtopo_diagram.fates import Fate
from kmtopo_diagram.forms import Shape
from kmtopo_diagram.tiers import COLUMNS

Rows = tuple[tuple[Card, ...], ...]
Style = Callable[[NetworkBox, Sequence[Arrow]], Rows]
"""A way to put a network's residents into rows."""


@frozen
class Arrangement:
    """A picture whose cards have their rows: ``rows`` from the top, across all boxes, of cards and bundles' middles.

    ``homes`` gives the group of each; a middle between two boxes belongs to the machine alone.
    """

    picture: Picture
    rows: tuple[tuple[str, ...], ...]
    homes: Mapping[str, str]
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
    """Returns the arrangements worth a layout, each also mirrored.

    Callers stand above those whom they call, or beside them: in networks with few residents, or in all,
    where a long chain of calls would make a tower.
    """
    few = [box.name for box in picture.boxes() if len(box.rows[0]) <= COLUMNS and _layered(box, picture.arrows)[1:]]
    names = [box.name for box in picture.boxes()]
    styles: list[dict[str, Style]] = [dict.fromkeys(folded, _folded) for folded in (few, [], few[:1], names)]
    found: dict[tuple[tuple[str, ...], ...], Arrangement] = {}
    for style in styles:
        arrangement = _arranged(_with_rows(picture, style))
        for each in (arrangement, _mirrored(arrangement)):
            found.setdefault(each.rows, each)
    return tuple(found.values())


def _mirrored(arrangement: Arrangement) -> Arrangement:
    return replace(arrangement, rows=tuple(row[::-1] for row in arrangement.rows))


def _arranged(picture: Picture) -> Arrangement:
    rows, homes = _rows(picture)
    kept = [arrow for arrow in picture.arrows if arrow.fate is Fate.SAME]
    found = tuple(bundles(kept, {name: place for place, row in enumerate(rows) for name in row}))
    rows, homes = _with_middles(found, rows, homes)
    links = [*_limbs(found, picture.arrows), *_entries(picture)]
    return Arrangement(picture, untangled(rows, links, homes, _central(picture)), homes, found)


def _central(picture: Picture) -> frozenset[str]:
    """The way in and whoever it leads to keep to the middle, where no header stands in the way."""
    doors = {gate.target for gate in picture.gates}
    return frozenset(doors | {arrow.target for arrow in picture.arrows if arrow.source in doors})


def _entries(picture: Picture) -> Iterator[tuple[str, str]]:
    if picture.origin:
        yield from ((picture.origin.name, gate.target) for gate in picture.gates)


def _with_rows(picture: Picture, style: Mapping[str, Style]) -> Picture:
    def shelf_of(boxes: Iterable[NetworkBox]) -> tuple[NetworkBox, ...]:
        return tuple(replace(box, rows=style.get(box.name, _layered)(box, picture.arrows)) for box in boxes)

    machines = (replace(machine, shelves=tuple(map(shelf_of, machine.shelves))) for machine in picture.machines)
    return replace(picture, machines=tuple(machines))


def _layered(box: NetworkBox, arrows: Sequence[Arrow]) -> Rows:
    """Puts each resident under all residents that call it, at most three beside each other; those who call alike together."""
    depth = _depths(box, arrows)
    cards = _alike_together(list(box.cards()), arrows)
    layers = ([card for card in cards if depth[card.name] == level] for level in sorted(set(depth.values())))
    return tuple(row for layer in layers for row in _in_threes(layer))


def _alike_together(cards: Sequence[Card], arrows: Sequence[Arrow]) -> list[Card]:
    """Sorts cards so that those who call the same follow each other, the largest such group first."""
    calls = {card.name: frozenset((a.target, a.network) for a in arrows if a.source == card.name) for card in cards}
    groups: dict[frozenset[tuple[str, str]], list[Card]] = {}
    for card in cards:
        groups.setdefault(calls[card.name], []).append(card)
    return [card for group in sorted(groups.values(), key=len, reverse=True) for card in group]


def _folded(box: NetworkBox, arrows: Sequence[Arrow]) -> Rows:
    """Fills rows of three with the residents in the order of their calls."""
    depth = _depths(box, arrows)
    return _in_threes(sorted(box.cards(), key=lambda card: depth[card.name]))


def _in_threes(cards: Sequence[Card]) -> Rows:
    return tuple(tuple(cards[start : start + COLUMNS]) for start in range(0, len(cards), COLUMNS))


def _evenly(cards: Sequence[Card]) -> Rows:
    """Rows of at most three, as equally long as can be."""
    size = -(-len(cards) // -(-len(cards) // COLUMNS)) if cards else 1
    return tuple(tuple(cards[start : start + size]) for start in range(0, len(cards), size))


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


def _rows(picture: Picture) -> tuple[list[tuple[str, ...]], dict[str, str]]:
    rows: list[tuple[str, ...]] = [(picture.origin.name,)] if picture.origin else []
    rows += (tuple(card.name for card in row) for row in _evenly(picture.callers))
    homes: dict[str, str] = {}
    for machine in picture.machines:
        for shelf in machine.shelves:
            level = zip_longest(*(box.rows for box in shelf), fillvalue=())
            rows += (tuple(card.name for row in beside for card in row) for beside in level)
            homes |= {card.name: network_group(machine, box) for box in shelf for row in box.rows for card in row}
    return [*rows, *(tuple(card.name for card in row) for row in _evenly(picture.outside))], homes


def _with_middles(
    bundles: Iterable[Bundle[Arrow]], rows: Sequence[tuple[str, ...]], homes: Mapping[str, str]
) -> tuple[list[tuple[str, ...]], dict[str, str]]:
    """Gives each bundle's middle a place.

    It stands beside the lowest source if that one is alone in its row, else in the row below if there
    the sources' box has somebody and it leads to none of them, else in a row of its own, in the box or between boxes.
    """
    placed, groups = list(rows), dict(homes)
    for bundle in bundles:
        lowest = max(place for place, row in enumerate(placed) if set(bundle.sources) & set(row))
        source = next(name for name in placed[lowest] if name in bundle.sources)
        if placed[lowest] == (source,) and len(bundle.sources) > 1:
            row, home = lowest, groups.get(source)
        else:
            row = lowest + 1
            below = [name for name in placed[row] if groups.get(name) == groups.get(source)]
            home = groups.get(source) if below else None
            if not below or set(below) & set(bundle.targets):
                placed.insert(row, ())
        placed[row] = (*placed[row], bundle.key)
        groups |= {bundle.key: home} if home else {}
    return placed, groups


def _limbs(bundles: Iterable[Bundle[Arrow]], arrows: Iterable[Arrow]) -> Iterator[tuple[str, str]]:
    bound = {arrow.key for bundle in bundles for arrow in bundle.arrows}
    yield from ((arrow.source, arrow.target) for arrow in arrows if arrow.key not in bound)
    for bundle in bundles:
        yield from ((source, bundle.key) for source in bundle.sources)
        yield from ((bundle.key, target) for target in bundle.targets)
