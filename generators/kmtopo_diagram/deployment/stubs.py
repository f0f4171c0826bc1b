"""Of many containers on other machines those that have to do with the same ones here are one card: two rows of them at most."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence

from kmtopo_diagram.deployment.picture import Arrow, Card, Picture
from kmtopo_diagram.signs.forms import Shape

MOST = 6  # above a machine, and below it: with more rows, lines have to find their way between cards

Tie = tuple[str, str, bool]
"""Whom a stub calls or is called by, over which network, and whether that is optional."""


def stub_groups(picture: Picture) -> tuple[tuple[str, ...], ...]:
    """Returns all cards, in groups of those to be drawn as one: only stubs, and only where one side has more than two rows.

    What they have to do with whom is looked at ever less closely, until the groups are few enough.
    """
    sides = [picture.callers, tuple(card for card in picture.outside if card.shape is Shape.ELSEWHERE)]
    joined = [group for side in sides if len(side) > MOST for group in _groups(side, picture.arrows)]
    together = {name for group in joined for name in group}
    return (*((card.name,) for card in picture.cards() if card.name not in together), *joined)


def _groups(side: Sequence[Card], arrows: Sequence[Arrow]) -> Collection[tuple[str, ...]]:
    ties = _ties(arrows, {card.name for card in side})
    tried = [_alike(side, kind) for kind in _kinds(ties)]
    return next((groups for groups in tried if len(groups) <= MOST), tried[-1])


def _ties(arrows: Sequence[Arrow], names: Collection[str]) -> Mapping[str, frozenset[Tie]]:
    found: dict[str, set[Tie]] = {name: set() for name in names}
    for arrow in arrows:
        for stub, other in ((arrow.source, arrow.target), (arrow.target, arrow.source)):
            if stub in found:
                found[stub].add((other, arrow.network, arrow.optional))
    return {name: frozenset(own) for name, own in found.items()}


def _kinds(ties: Mapping[str, frozenset[Tie]]) -> Iterator[Callable[[Card], Hashable]]:
    yield lambda card: (ties[card.name], card.glyph)
    yield lambda card: ties[card.name]
    yield lambda card: frozenset(other for other, _, _ in ties[card.name])
    yield lambda card: min(ties[card.name], default=())
    yield lambda _card: ()


def _alike(side: Sequence[Card], kind: Callable[[Card], Hashable]) -> Collection[tuple[str, ...]]:
    found: dict[Hashable, tuple[str, ...]] = {}
    for card in side:
        found[kind(card)] = (*found.get(kind(card), ()), card.name)
    return found.values()
