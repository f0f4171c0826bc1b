"""Rows and bundles: which cards stand beside each other, and which calls run together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from kmtopo_diagram.picture import Arrow, Card, NetworkBox, Picture, VpsBox
from kmtopo_diagram.tiers import COLUMNS
from kmtopo_diagram.untangling import untangled


@dataclass(frozen=True, slots=True)
class Bundle:
    """Calls that share their middle: each of the sources calls each of the targets, on one network."""

    key: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    arrows: tuple[Arrow, ...]

    def limb_from(self, source: str) -> str:
        """Names the line from a source to the middle."""
        return f"{self.key}<{source}"

    def limb_to(self, target: str) -> str:
        """Names the line from the middle to a target."""
        return f"{self.key}>{target}"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A picture whose cards have their rows: ``rows`` from the top, across all boxes, of cards and bundles' middles.

    ``homes`` gives the group of each; a middle between two boxes belongs to the machine alone.
    """

    picture: Picture
    rows: tuple[tuple[str, ...], ...]
    homes: Mapping[str, str]
    bundles: tuple[Bundle, ...]

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
    """Returns the arrangements worth a layout: callers beside or above those whom they call, and each mirrored."""
    flat = [box.name for box in picture.boxes() if len(box.rows[0]) <= COLUMNS and _layered(box, picture.arrows)[1:]]
    found: dict[tuple[tuple[str, ...], ...], Arrangement] = {}
    for beside in dict.fromkeys((frozenset(flat), frozenset[str](), *(frozenset({name}) for name in flat[:1]))):
        arrangement = _arranged(picture, beside)
        for each in (arrangement, _mirrored(arrangement)):
            found.setdefault(each.rows, each)
    return tuple(found.values())


def _mirrored(arrangement: Arrangement) -> Arrangement:
    return replace(arrangement, rows=tuple(row[::-1] for row in arrangement.rows))


def _arranged(picture: Picture, beside: frozenset[str]) -> Arrangement:
    layered = _layered_picture(picture, beside)
    rows, homes = _rows(layered)
    bundles = tuple(_bundles(layered.arrows, rows))
    rows, homes = _with_middles(bundles, rows, homes)
    links = [*_limbs(bundles, layered.arrows), *_entries(picture)]
    return Arrangement(layered, untangled(rows, links, homes, _central(picture)), homes, bundles)


def _central(picture: Picture) -> frozenset[str]:
    """The way in and whoever it leads to keep to the middle, where no header stands in the way."""
    doors = {gate.target for gate in picture.gates}
    return frozenset(doors | {arrow.target for arrow in picture.arrows if arrow.source in doors})


def _entries(picture: Picture) -> Iterator[tuple[str, str]]:
    if picture.origin:
        yield from ((picture.origin.name, gate.target) for gate in picture.gates)


def _layered_picture(picture: Picture, beside: frozenset[str]) -> Picture:
    def shelf_of(boxes: Iterable[NetworkBox]) -> tuple[NetworkBox, ...]:
        return tuple(box if box.name in beside else replace(box, rows=_layered(box, picture.arrows)) for box in boxes)

    machines = (replace(machine, shelves=tuple(map(shelf_of, machine.shelves))) for machine in picture.machines)
    return replace(picture, machines=tuple(machines))


def _layered(box: NetworkBox, arrows: Iterable[Arrow]) -> tuple[tuple[Card, ...], ...]:
    """Puts each resident under all residents that call it, at most three beside each other."""
    cards = [card for row in box.rows for card in row]
    here = {card.name for card in cards}
    calls = [(a.source, a.target) for a in arrows if a.source in here and a.target in here]
    depth = dict.fromkeys(here, 0)
    for _ in cards:  # as often as the longest chain can be; a circle of calls ends here too
        for source, target in calls:
            depth[target] = min(max(depth[target], depth[source] + 1), len(cards))
    layers = (tuple(card for card in cards if depth[card.name] == level) for level in sorted(set(depth.values())))
    return tuple(layer[start : start + COLUMNS] for layer in layers for start in range(0, len(layer), COLUMNS))


def _rows(picture: Picture) -> tuple[list[tuple[str, ...]], dict[str, str]]:
    rows: list[tuple[str, ...]] = [(picture.origin.name,)] if picture.origin else []
    homes: dict[str, str] = {}
    for machine in picture.machines:
        for shelf in machine.shelves:
            level = zip_longest(*(box.rows for box in shelf), fillvalue=())
            rows += (tuple(card.name for row in beside for card in row) for beside in level)
            homes |= {card.name: network_group(machine, box) for box in shelf for row in box.rows for card in row}
    outside = tuple(card.name for card in picture.outside)
    return [*rows, *(outside[start : start + COLUMNS] for start in range(0, len(outside), COLUMNS))], homes


def _bundles(arrows: Sequence[Arrow], rows: Sequence[Sequence[str]]) -> Iterator[Bundle]:
    """Finds cards that call the same servers further down, where a shared middle saves lines."""
    level = {name: place for place, row in enumerate(rows) for name in row}
    fans: dict[tuple[str, str], list[Arrow]] = {}
    for arrow in arrows:
        if level[arrow.source] < level[arrow.target]:
            fans.setdefault((arrow.network, arrow.source), []).append(arrow)
    alike: dict[tuple[str, tuple[tuple[str, bool], ...]], list[Arrow]] = {}
    for (network, _), fan in sorted(fans.items()):
        alike.setdefault((network, tuple(sorted((a.target, a.optional) for a in fan))), []).extend(fan)
    for (_, targets), bound in sorted(alike.items()):
        sources = tuple(dict.fromkeys(arrow.source for arrow in bound))
        if len(sources) * len(targets) > len(sources) + len(targets):
            yield Bundle(f"@{bound[0].key}", sources, tuple(target for target, _ in targets), tuple(bound))


def _with_middles(
    bundles: Iterable[Bundle], rows: Sequence[tuple[str, ...]], homes: Mapping[str, str]
) -> tuple[list[tuple[str, ...]], dict[str, str]]:
    """Gives each bundle's middle a place.

    It stands beside the lowest source if that one is alone in its row, else in the row below if the
    sources' box has one, else in a row of its own between boxes.
    """
    placed, groups = list(rows), dict(homes)
    for bundle in bundles:
        lowest = max(place for place, row in enumerate(placed) if set(bundle.sources) & set(row))
        source = next(name for name in placed[lowest] if name in bundle.sources)
        if placed[lowest] == (source,) and len(bundle.sources) > 1:
            row, home = lowest, groups.get(source)
        elif any(groups.get(name) == groups.get(source) and name not in bundle.targets for name in placed[lowest + 1]):
            row, home = lowest + 1, groups.get(source)
        else:
            row, home = lowest + 1, None
            placed.insert(row, ())
        placed[row] = (*placed[row], bundle.key)
        groups |= {bundle.key: home} if home else {}
    return placed, groups


def _limbs(bundles: Iterable[Bundle], arrows: Iterable[Arrow]) -> Iterator[tuple[str, str]]:
    bound = {arrow.key for bundle in bundles for arrow in bundle.arrows}
    yield from ((arrow.source, arrow.target) for arrow in arrows if arrow.key not in bound)
    for bundle in bundles:
        yield from ((source, bundle.key) for source in bundle.sources)
        yield from ((bundle.key, target) for target in bundle.targets)
