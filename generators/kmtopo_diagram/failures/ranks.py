"""Which rank each card takes in its column, and each bundle's middle between two columns; somebody new takes a free one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from kmtopo_diagram.failures.picture import Arrow, Story
from kmtopo_diagram.layout.bundling import Bundle
from kmtopo_diagram.layout.slots import Board, columns

Ranks = dict[str, float]

_FEWEST = 5  # ranks that there always are: one card more in a column changes no other column's choices


def ranks(story: Story, bundles: Sequence[Bundle[Arrow]]) -> Ranks:
    """Returns the rank of each card, from 0, and of each bundle's middle, which also lies between two."""
    levels = sorted(set(story.levels.values()))
    rows = tuple(tuple(node.key for node in story.nodes if story.levels[node.key] == level) for level in levels)
    links = tuple((arrow.source, arrow.target) for arrow in story.arrows)
    found = columns(Board(rows, links, max(_FEWEST, *map(len, rows)), {}, frozenset(story.doors)))
    return found | _middles(bundles, found, story.levels)


def _middles(bundles: Iterable[Bundle[Arrow]], found: Mapping[str, float], levels: Mapping[str, int]) -> Ranks:
    """Puts each middle as near as can be to the mean of who meets there; those of one gap lie apart."""
    ranks: Ranks = {}
    taken: dict[int, set[float]] = {}
    for bundle in bundles:
        beside = taken.setdefault(max(levels[source] for source in bundle.sources), set())
        ends = [found[name] for name in (*bundle.sources, *bundle.targets)]
        ranks[bundle.key] = _free(sum(ends) / len(ends), beside)
        beside.add(ranks[bundle.key])
    return ranks


def _free(wish: float, taken: Set[float]) -> float:
    """The half rank nearest to a place that nobody has."""
    halves = (step / 2 for step in range(-len(taken), 2 * round(wish) + 3 + len(taken)))
    return min((half for half in halves if half not in taken), key=lambda half: (abs(half - wish), half))
