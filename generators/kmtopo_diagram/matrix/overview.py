"""A matrix of very many as one of their groups: what stands on the pages that follow it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kmtopo_diagram.matrix.picture import MOST_COLUMNS, Cell, Group, Kind, Party, Picture, bunched

_STRENGTH = (Kind.DECLARED, Kind.OPTIONAL, Kind.UNDECLARED)


def overview(picture: Picture) -> Picture:
    """Returns the matrix of groups: whether somebody of one calls, or could call, somebody of another."""
    rows, columns = (dict(_heads(groups)) for groups in (picture.rows, picture.columns))
    return replace(
        picture,
        rows=_one_group(rows),
        columns=_one_group(columns),
        cells=tuple(_cells(picture.cells, rows, columns)),
        summed=picture.cells,
    )


def _heads(groups: Sequence[Group]) -> Iterator[tuple[str, Party]]:
    """Who stands for each party: its group, or where that has no name, such as the visitors, itself."""
    for group in bunched(groups, MOST_COLUMNS - 2):
        for party in group.parties:
            yield party.name, _party(group) if group.title else party


def _party(group: Group) -> Party:
    title = f"{group.title} ({len(group.parties)})"
    machine = group.name if group.is_machine else ""
    return Party(f"@{group.name}", title, machine=machine, role="", index=group.index, tip=title)


def _one_group(heads: Mapping[str, Party]) -> tuple[Group, ...]:
    parties = tuple({party.name: party for party in heads.values()}.values())
    return (Group("", "", None, is_machine=False, parties=parties),)


def _cells(cells: Sequence[Cell], rows: Mapping[str, Party], columns: Mapping[str, Party]) -> Iterator[Cell]:
    """The strongest of what holds from anybody of one group to anybody of another."""
    found: dict[tuple[str, str], list[Cell]] = {}
    order = {party.name: place for place, party in enumerate(rows.values())}
    for cell in cells:
        found.setdefault((rows[cell.source].name, columns[cell.target].name), []).append(cell)
    for source, target in sorted(found, key=lambda pair: order[pair[0]]):
        strongest = min(found[source, target], key=lambda cell: (_STRENGTH.index(cell.kind), not cell.is_direct))
        yield replace(strongest, source=source, target=target)
