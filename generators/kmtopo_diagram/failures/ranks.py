"""Which rank each card takes in its column, and each bundle's middle between two columns; somebody new takes a free one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kmtopo_diagram.failures.picture import Arrow, Story
from kmtopo_diagram.layout.bundling import Bundle, links
from kmtopo_diagram.layout.slots import Board, Columns, columns

_FEWEST = 5  # ranks that there always are: one card more in a column changes no other column's choices
_WORTH = 0.01  # a story is read along its lines: crossings count more than in the deployment, places less
_WORTH_FOR_ONE = 2.0


def ranks(story: Story, bundles: Sequence[Bundle[Arrow]]) -> Columns:
    """Returns the rank of each card, from 0, and of each bundle's middle, which also lies between two."""
    rows = tuple(_rows(story, bundles))
    count = max(_FEWEST, *map(len, rows))
    joined, doors = tuple(links(story.arrows, bundles)), frozenset(story.doors)
    return columns(Board(rows, joined, count, {}, doors, worth=_WORTH, worth_for_one=_WORTH_FOR_ONE))


def _rows(story: Story, bundles: Sequence[Bundle[Arrow]]) -> Iterator[tuple[str, ...]]:
    """The columns of cards, and behind each the middles of those who call from it."""
    for level in sorted(set(story.levels.values())):
        yield tuple(node.key for node in story.nodes if story.levels[node.key] == level)
        middles = tuple(b.key for b in bundles if max(story.levels[source] for source in b.sources) == level)
        if middles:
            yield middles
