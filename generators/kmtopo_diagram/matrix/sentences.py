"""A call matrix in sentences: its counts, and all that it shows for whoever cannot see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from kmtopo_diagram.matrix.picture import Cell, Kind, Picture
from kmtopo_diagram.matrix.words import MatrixWords

_MOST_NAMES = 6  # of what nobody declares, in one sentence


def subtitle(picture: Picture) -> str:
    """Counts what is shown, and says how to read it."""
    words, cells = picture.words, picture.summed or picture.cells
    undeclared = sum(cell.kind is Kind.UNDECLARED for cell in cells)
    declared = words.declared.counted(len(cells) - undeclared)
    counts = f"{declared}, {words.undeclared.counted(undeclared)}"
    return "; ".join(filter(None, [counts, words.rule_of_groups if picture.summed else words.rule, picture.folded]))


def description(picture: Picture) -> str:
    """Says who calls whom, and who could; of what nobody declares the first names, and how many more."""
    return " ".join(_sentences(picture, picture.titles()))


def _sentences(picture: Picture, titles: Mapping[str, str]) -> Iterator[str]:
    words, general = picture.words, picture.words.general
    for source, group in groupby(picture.cells, key=lambda cell: cell.source):
        cells = list(group)
        callees = [
            general.says_optional.format(callee=titles[c.target]) if c.kind is Kind.OPTIONAL else titles[c.target]
            for c in cells
            if c.kind is not Kind.UNDECLARED
        ]
        if callees:
            yield words.says_calls.format(caller=titles[source], callees=general.listed(callees))
        reached = _named([titles[cell.target] for cell in cells if cell.kind is Kind.UNDECLARED], words)
        if reached:
            yield words.says_reaches.format(caller=titles[source], callees=reached)


def tip(cells: Sequence[Cell], picture: Picture, titles: Mapping[str, str]) -> str:
    """Says what marks of one caller, kind and network mean."""
    words, first = picture.words, cells[0]
    facts = (
        f"{titles[first.source]} → {_named([titles[cell.target] for cell in cells], words)}",
        "" if first.index is None else picture.networks[first.index],
        "" if first.is_direct else words.through,
        {Kind.OPTIONAL: words.general.optional, Kind.UNDECLARED: words.unused}.get(first.kind, ""),
    )
    return " · ".join(filter(None, facts))


def _named(titles: Sequence[str], words: MatrixWords) -> str:
    """The first names of many, and how many more."""
    if len(titles) > _MOST_NAMES:
        titles = [*titles[:_MOST_NAMES], words.more.format(count=len(titles) - _MOST_NAMES)]
    return words.general.listed(titles)
