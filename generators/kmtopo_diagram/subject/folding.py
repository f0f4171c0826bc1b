"""Which containers are drawn as one: those that stand alike, where there are too many to draw each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

Call = tuple[str, str, bool]
"""Who calls whom, and whether that is optional."""


def alike(
    names: Sequence[str], calls: Iterable[Call], kind: Callable[[str], Hashable], most: int
) -> tuple[tuple[str, ...], ...]:
    """Puts containers together until there are at most so many groups, or none of one kind is left apart.

    Two stand alike if they are of one ``kind``, and call, and are called by, those that stand alike. Where that still
    tells too many apart, fewer steps away from them are looked at.
    """
    if len(names) <= most:
        return tuple((name,) for name in names)
    ties = _ties(names, calls)
    chosen = _blocks(names, kind)
    for finer in _refined(names, chosen, ties):
        if len(set(finer.values())) > most:
            break
        chosen = finer
    groups: dict[Hashable, list[str]] = {}
    for name in names:
        groups.setdefault(chosen[name], []).append(name)
    return tuple(map(tuple, groups.values()))


def _ties(names: Sequence[str], calls: Iterable[Call]) -> dict[str, list[tuple[str, bool, str]]]:
    ties: dict[str, list[tuple[str, bool, str]]] = {name: [] for name in names}
    for source, target, optional in calls:
        if source in ties and target in ties:
            ties[source].append(("calls", optional, target))
            ties[target].append(("called", optional, source))
    return ties


def _blocks(names: Iterable[str], kind: Callable[[str], Hashable]) -> dict[str, int]:
    numbers: dict[Hashable, int] = {}
    return {name: numbers.setdefault(kind(name), len(numbers)) for name in names}


def _refined(
    names: Sequence[str], blocks: Mapping[str, int], ties: Mapping[str, Iterable[tuple[str, bool, str]]]
) -> Iterator[dict[str, int]]:
    """Ever finer partitions, until nothing is told apart any more."""
    coarser = 0
    while coarser < (count := len(set(blocks.values()))):
        coarser, now = count, blocks
        surroundings = {name: frozenset((tie, maybe, now[other]) for tie, maybe, other in ties[name]) for name in names}
        told_apart = {name: (now[name], surroundings[name]) for name in names}
        blocks = _blocks(names, told_apart.__getitem__)
        yield dict(blocks)
