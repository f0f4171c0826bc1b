"""Of many containers those that stand alike are one card: what a reader, and the engine, can take in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from kmtopo_diagram.deployment.chips import CLOSE, chip_width
from kmtopo_diagram.deployment.picture import Arrow, Card, Chip, Gate, NetworkBox, Picture, VpsBox
from kmtopo_diagram.deployment.sizes import CARD_WIDTH
from kmtopo_diagram.deployment.stubs import stub_groups
from kmtopo_diagram.signs.forms import Shape
from kmtopo_diagram.subject.folding import alike
from kmtopo_diagram.subject.naming import shared_title
from kmtopo_diagram.subject.words import Words

FEW = 14  # cards, which are drawn each, however they call each other
MOST_CARDS = 24
MOST_ARROWS = 40
MOST_BOXES = 16  # networks on a machine: each takes a row of cards
_FEW_BOXES = 9  # which they become where they are more
_ATTEMPTS = (MOST_CARDS, 18, FEW, 10, 7)  # cards at most, until the arrows are few enough
_MOST_NAMES = 12  # in a tip
_CHIP_ROOM = CARD_WIDTH - 20
_MOUNT_ROOM = 26.0
_OUTSIDE = "outside"
_MACHINE, _MOUNTS = "server", ("disk", "code")  # signs on chips


def gathered(picture: Picture) -> Picture:
    """Returns the picture as it is, or of many cards, or many arrows between them, one for those that stand alike.

    Only cards of one box and one form become one, or cards for containers of other machines; of very many networks those
    that follow each other are one box. A gathered card has the ``count`` of its containers, a gathered arrow that of its calls.
    """
    picture = _with_few_stubs(_with_few_networks(picture))
    cards = list(picture.cards())
    if len(cards) <= FEW or (len(cards) <= MOST_CARDS and len(picture.arrows) <= MOST_ARROWS):
        return picture
    places, found = _places(picture), picture
    for most in _ATTEMPTS:
        heads = _heads(cards, picture.arrows, places, most)
        found = _with(picture, heads)
        if len(found.arrows) <= MOST_ARROWS:
            break
    return found


def _with_few_networks(picture: Picture) -> Picture:
    """Where a machine has very many networks, neighbours are one box: a reader follows no sixty of them down a page."""
    machines = tuple(_bunched(machine, picture.words) for machine in picture.machines)
    return picture if machines == picture.machines else replace(picture, machines=machines)


def _bunched(machine: VpsBox, words: Words) -> VpsBox:
    boxes = list(machine.boxes())
    if len(boxes) <= MOST_BOXES:
        return machine
    size = -(-len(boxes) // _FEW_BOXES)
    bunches = (boxes[start : start + size] for start in range(0, len(boxes), size))
    return replace(machine, shelves=tuple((_together(bunch, words),) for bunch in bunches))


def _together(bunch: Sequence[NetworkBox], words: Words) -> NetworkBox:
    """One box for several networks, with whoever is at home in any of them."""
    first, titles = bunch[0], [box.title for box in bunch]
    return replace(
        first,
        name=" ".join(box.name for box in bunch),
        title=titles[0] if len(bunch) == 1 else f"{titles[0]} \N{EN DASH} {titles[-1]}",
        note=first.note if len(bunch) == 1 else words.network.counted(len(bunch)),
        rows=(tuple(card for box in bunch for card in box.cards()),),
    )


def _with_few_stubs(picture: Picture) -> Picture:
    groups = stub_groups(picture)
    if all(len(group) == 1 for group in groups):
        return picture
    by_name = {card.name: card for card in picture.cards()}
    return _with(picture, {group[0]: [by_name[name] for name in group] for group in groups})


def _places(picture: Picture) -> Mapping[str, tuple[str, ...]]:
    """The box of each card, the machine of each caller elsewhere; whoever is outside has none."""
    places = {
        card.name: (machine.name, box.name)
        for machine in picture.machines
        for box in machine.boxes()
        for card in box.cards()
    }
    return places | {card.name: ("callers", card.kind) for card in picture.callers}


def _heads(
    cards: Sequence[Card], arrows: Iterable[Arrow], places: Mapping[str, tuple[str, ...]], most: int
) -> Mapping[str, Sequence[Card]]:
    """The cards of each group, by the name of the first."""
    by_name = {card.name: card for card in cards}
    calls = [(arrow.source, arrow.target, arrow.optional) for arrow in arrows]
    where = {name: (places.get(name, (_OUTSIDE,)), card.shape) for name, card in by_name.items()}
    what = {name: (where[name], card.kind, card.glyph) for name, card in by_name.items()}
    groups = alike(tuple(by_name), calls, what.__getitem__, most)
    if len(groups) > most:
        groups = alike(tuple(by_name), calls, where.__getitem__, most)
    return {group[0]: [by_name[name] for name in group] for group in groups}


def _with(picture: Picture, heads: Mapping[str, Sequence[Card]]) -> Picture:
    head_of = {card.name: head for head, group in heads.items() for card in group}
    inner = dict.fromkeys(heads, 0)
    for arrow in picture.arrows:
        if head_of[arrow.source] == head_of[arrow.target]:
            inner[head_of[arrow.source]] += arrow.calls
    made = {head: _card(group, inner[head], picture.words) for head, group in heads.items()}
    return replace(
        picture,
        machines=tuple(_machine(machine, made) for machine in picture.machines),
        callers=_kept(picture.callers, made),
        outside=_kept(picture.outside, made),
        gates=tuple(_gates(picture.gates, head_of, picture.words)),
        arrows=tuple(_arrows(picture.arrows, head_of, picture.words)),
    )


def _machine(machine: VpsBox, made: Mapping[str, Card]) -> VpsBox:
    shelves = tuple(tuple(_box(box, made) for box in shelf) for shelf in machine.shelves)
    return replace(machine, shelves=shelves)


def _box(box: NetworkBox, made: Mapping[str, Card]) -> NetworkBox:
    return replace(box, rows=tuple(_kept(row, made) for row in box.rows))


def _kept(cards: Iterable[Card], made: Mapping[str, Card]) -> tuple[Card, ...]:
    return tuple(made[card.name] for card in cards if card.name in made)


def _card(group: Sequence[Card], inner: int, words: Words) -> Card:
    """One card for several: what they have in common, and how many they are."""
    first = group[0]
    if len(group) == 1:
        return first
    networks = {name: tap for card in group for name, tap in zip(card.networks, card.taps, strict=True)}
    badges, glyphs = {card.badge for card in group}, {card.glyph for card in group}
    ports = len(badges - {""})
    return replace(
        first,
        title=shared_title([card.title for card in group], words.container),
        kind=_kind(group, words),
        glyph=first.glyph if len(glyphs) == 1 else "box",
        networks=tuple(sorted(networks, key=networks.__getitem__)),
        taps=tuple(sorted(networks.values())),
        chips=tuple(_chips(group, words)),
        badge=first.badge if len(badges) == 1 else words.port.counted(ports) if ports else "",
        is_local=all(card.is_local for card in group) and len(badges) == 1,
        loopback="",
        tip=_names([card.title for card in group], words),
        count=sum(card.count for card in group),
        inner_calls=inner,
        members=tuple(name for card in group for name in card.members or (card.name,)),
    )


def _kind(group: Sequence[Card], words: Words) -> str:
    """What they are; of containers on several machines, on how many."""
    kinds = list(dict.fromkeys(card.kind for card in group))
    if len(kinds) > 1 and all(card.shape is Shape.ELSEWHERE for card in group):
        return words.machine.counted(len(kinds))
    return ", ".join(kinds)


def _chips(group: Sequence[Card], words: Words) -> Iterator[Chip]:
    """As many names as there is room for, or the machine that all stand on, and what some of them mount.

    Limits and sizes are of each by itself.
    """
    machines = {chip for card in group for chip in card.chips if chip.glyph == _MACHINE}
    mounts = [Chip(glyph=glyph) for glyph in _MOUNTS if any(c.glyph == glyph for card in group for c in card.chips)]
    yield from machines if len(machines) == 1 else _named([card.title for card in group], words, len(mounts))
    yield from mounts


def _named(titles: Sequence[str], words: Words, beside: int) -> Iterator[Chip]:
    """The first names and how many more there are, on one chip ``beside`` others."""
    room = _CHIP_ROOM - beside * _MOUNT_ROOM
    offers = (Chip(_names(titles, words, most)) for most in range(len(titles), 0, -1))
    yield from islice((chip for chip in offers if chip_width(chip, CLOSE) <= room), 1)


def _names(titles: Sequence[str], words: Words, most: int = _MOST_NAMES) -> str:
    counted = list(dict.fromkeys(titles))
    rest = len(counted) - most
    return words.listed([*counted[:most], *([words.more.format(count=rest)] if rest > 0 else [])])


def _gates(gates: Sequence[Gate], head_of: Mapping[str, str], words: Words) -> Iterator[Gate]:
    """One way in to each card; what several say differently is how many they are."""
    for head in dict.fromkeys(head_of.get(gate.target, gate.target) for gate in gates):
        own = [gate for gate in gates if head_of.get(gate.target, gate.target) == head]
        texts = {gate.text for gate in own}
        text = own[0].text if len(texts) == 1 else words.port.counted(len(own))
        yield Gate(head, text, own[0].glyph, _names([gate.tip for gate in own], words))


def _arrows(arrows: Sequence[Arrow], head_of: Mapping[str, str], words: Words) -> Iterator[Arrow]:
    """One arrow for all calls of one card to another over one network; it is optional where each of them is."""
    merged: dict[tuple[str, str, str], list[Arrow]] = {}
    for arrow in arrows:
        source, target = head_of[arrow.source], head_of[arrow.target]
        if source != target:
            merged.setdefault((source, target, arrow.network), []).append(arrow)
    for (source, target, _), own in merged.items():
        labels = {arrow.label for arrow in own}
        yield replace(
            own[0],
            source=source,
            target=target,
            optional=all(arrow.optional for arrow in own),
            label=own[0].label if len(labels) == 1 else "",
            tip=_names([arrow.tip for arrow in own], words),
            calls=sum(arrow.calls for arrow in own),
        )
