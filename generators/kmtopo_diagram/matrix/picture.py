"""What a call matrix shows, before anything has a place: who calls or reaches whom, both sides in groups."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum

from kmtopo.plugin import frozen
from kmtopo_diagram.matrix.words import MatrixWords

MOST_COLUMNS = 42  # beside each other in a picture that stays readable
_MOST_PARTS = 12  # that somebody leafs through


class Kind(Enum):
    """What holds from a row to a column."""

    DECLARED = "declared"
    OPTIONAL = "optional"
    UNDECLARED = "undeclared"


@frozen
class Party:
    """Somebody who calls or is called; ``machine`` is empty for what runs on none, ``index`` the place of its home."""

    name: str
    title: str
    machine: str
    role: str
    index: int | None
    tip: str


@frozen
class Group:
    """Neighbours: those of one machine, or where there is only one, those at home on one of its networks.

    ``name`` is the machine's or the network's; ``index`` is the network's place, None for others.
    """

    name: str
    title: str
    index: int | None
    is_machine: bool
    parties: tuple[Party, ...]


@frozen
class Cell:
    """A mark. ``index`` is the network's place, None where no network of the topology carries it.

    ``is_direct``: no proxy stands between.
    """

    source: str
    target: str
    kind: Kind
    network: str
    index: int | None
    is_direct: bool


@frozen
class Picture:
    """A call matrix, or a part of one; ``networks`` are the titles of all, by their places.

    ``folded`` says that one of several dedicated tenants is shown; ``summed`` are the cells that an overview's stand for.
    """

    words: MatrixWords
    name: str
    project: str
    title: str
    folded: str
    rows: tuple[Group, ...]
    columns: tuple[Group, ...]
    cells: tuple[Cell, ...]
    networks: Mapping[int, str]
    summed: tuple[Cell, ...] = ()

    def titles(self) -> dict[str, str]:
        """Everybody's title, by name."""
        return {party.name: party.title for group in self.rows + self.columns for party in group.parties}


def limited(picture: Picture, machine: str, title: str) -> Picture:
    """Returns what concerns one machine: its own on either side, and who elsewhere calls them or is called."""
    own = {
        party.name for group in picture.rows + picture.columns for party in group.parties if party.machine == machine
    }
    cells = tuple(cell for cell in picture.cells if cell.source in own or cell.target in own)
    part = _kept(picture, own.union(c.source for c in cells), own.union(c.target for c in cells), cells)
    return replace(part, name=f"{picture.name}-{machine}", title=f"{picture.title} · {title}")


def is_too_wide(picture: Picture) -> bool:
    """Tells whether a matrix has more columns than a picture holds."""
    return sum(len(group.parties) for group in picture.columns) > MOST_COLUMNS


def parts(picture: Picture) -> Iterator[tuple[str, Picture]]:
    """Splits a matrix that is too wide, by the groups of the callees; each part with its name."""
    named: dict[str, int] = {}
    for names, group in _pieces(bunched(picture.columns, _MOST_PARTS)):
        label = group.name or "outside"
        named[label] = named.get(label, 0) + 1
        cells = tuple(cell for cell in picture.cells if cell.target in names)
        piece = _kept(picture, {cell.source for cell in cells}, names, cells)
        part = f"{label}-{named[label]}" if named[label] > 1 else label
        yield part, replace(piece, name=f"{picture.name}-{part}", title=f"{picture.title} · {group.title}")


def bunched(groups: Sequence[Group], most: int) -> tuple[Group, ...]:
    """Returns the groups, or where they are more, those that follow each other as one; what has no name stays by itself."""
    named = [group for group in groups if group.title]
    size = -(-len(named) // most)
    if size < 2:
        return tuple(groups)
    bunches = (named[start : start + size] for start in range(0, len(named), size))
    return (*(group for group in groups if not group.title), *map(_bunch, bunches))


def _bunch(groups: Sequence[Group]) -> Group:
    first, last = groups[0], groups[-1]
    parties = tuple(party for group in groups for party in group.parties)
    return replace(
        first, title=first.title if first is last else f"{first.title} \N{EN DASH} {last.title}", parties=parties
    )


def _pieces(columns: Sequence[Group]) -> Iterator[tuple[set[str], Group]]:
    """A group each; one that is too large in pieces."""
    for group in columns:
        for start in range(0, len(group.parties), MOST_COLUMNS):
            yield {party.name for party in group.parties[start : start + MOST_COLUMNS]}, group


def _kept(picture: Picture, rows: Collection[str], columns: Collection[str], cells: tuple[Cell, ...]) -> Picture:
    return replace(
        picture,
        rows=tuple(_among(picture.rows, rows)),
        columns=tuple(_among(picture.columns, columns)),
        cells=cells,
    )


def _among(groups: Sequence[Group], names: Collection[str]) -> Iterator[Group]:
    for group in groups:
        parties = tuple(party for party in group.parties if party.name in names)
        if parties:
            yield replace(group, parties=parties)
