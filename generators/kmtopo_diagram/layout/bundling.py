"""Bundles: calls of several to the same servers, drawn through one middle so that they do not cross each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Generic, Protocol, TypeVar

from kmtopo.plugin import frozen

Goal = tuple[str, bool]
"""A server, and whether calls to it are optional."""


class Call(Protocol):
    """What a view draws as an arrow; only calls on one ``network`` are bundled."""

    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def target(self) -> str: ...  # noqa: D102
    @property
    def network(self) -> str: ...  # noqa: D102
    @property
    def optional(self) -> bool: ...  # noqa: D102


CallT = TypeVar("CallT", bound=Call)


@frozen
class Bundle(Generic[CallT]):
    """Calls that share their middle: each of the sources calls each of the targets, on one network."""

    key: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    arrows: tuple[CallT, ...]

    def limb_from(self, source: str) -> str:
        """Names the line from a source to the middle."""
        return f"{self.key}<{source}"

    def limb_to(self, target: str) -> str:
        """Names the line from the middle to a target."""
        return f"{self.key}>{target}"


def bundles(arrows: Sequence[CallT], level: Mapping[str, int]) -> Iterator[Bundle[CallT]]:
    """Finds bundles that save lines, the one that saves most first; ``level`` is each card's row."""
    for network in sorted({arrow.network for arrow in arrows}):
        left = [a for a in arrows if a.network == network and level[a.source] < level[a.target]]
        while best := _best(left, level):
            sources, goals = best
            bound = tuple(a for a in left if a.source in sources and (a.target, a.optional) in goals)
            yield Bundle(f"@{bound[0].key}", sources, tuple(target for target, _ in goals), bound)
            left = [arrow for arrow in left if arrow not in bound]


def links(arrows: Iterable[Call], found: Iterable[Bundle[CallT]]) -> Iterator[tuple[str, str]]:
    """Returns what is joined by a line, by name: two that call each other, or one end of a bundle and its middle."""
    found = tuple(found)
    bound = {arrow.key for bundle in found for arrow in bundle.arrows}
    yield from ((arrow.source, arrow.target) for arrow in arrows if arrow.key not in bound)
    for bundle in found:
        yield from ((source, bundle.key) for source in bundle.sources)
        yield from ((bundle.key, target) for target in bundle.targets)


def _best(arrows: Iterable[Call], level: Mapping[str, int]) -> tuple[tuple[str, ...], tuple[Goal, ...]] | None:
    """Returns who calls all of which servers, where that saves most; None where nothing saves."""
    goals: dict[str, set[Goal]] = {}
    for arrow in arrows:
        goals.setdefault(arrow.source, set()).add((arrow.target, arrow.optional))
    shared = {frozenset(goals[one] & goals[other]) for one, other in combinations(goals, 2)}
    offers = [(_sources(goals, common, level), tuple(sorted(common))) for common in shared if common]
    best = max(offers, key=lambda offer: (_saving(*offer), offer), default=None)
    return best if best and _saving(*best) > 0 else None


def _sources(goals: Mapping[str, set[Goal]], common: frozenset[Goal], level: Mapping[str, int]) -> tuple[str, ...]:
    """Everybody who calls all of them and stands above them all."""
    highest = min(level[target] for target, _ in common)
    return tuple(sorted(source for source, all_of in goals.items() if common <= all_of and level[source] < highest))


def _saving(sources: Sequence[str], goals: Sequence[Goal]) -> int:
    """How many lines fewer: one for each end instead of one for each pair."""
    return len(sources) * len(goals) - len(sources) - len(goals)
