"""The grid of a call matrix: how large cells are, where rows and columns lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from kmtopo.plugin import Box, frozen
from kmtopo_diagram.ink.metrics import Fitted, fit, sizes_from, widest
from kmtopo_diagram.ink.slanted import overhang, rise
from kmtopo_diagram.matrix.picture import Cell, Group, Party, Picture
from kmtopo_diagram.matrix.sentences import subtitle
from kmtopo_diagram.signs.headings import MARGIN

TOP = 66.0  # title and subtitle
LABEL_SIZE = 11.5
ROW_CAPTION = 22.0  # the name of a group over its rows
_WIDTH = 900.0  # the widest table that stays readable in a document's column
_NARROWEST = 480.0
_SUBTITLE = 12.0  # px, at which it should be whole
_FEW, _MANY = 10, 24  # columns, which may be large, or have to be small
_LARGEST, _COMMON, _SMALLEST = 32.0, 26.0, 15.0
_GAP = 8.0  # between groups of columns
_ROW_GAP = 8.0  # over a group without a name
_GAPS = 36.0  # all of them together, at most
_LABEL_ROOM, _SHORT_LABEL = 190.0, 140.0
_HEAD_ROOM, _SHORT_HEAD = 150.0, 110.0
TO_LABEL = 10.0


@frozen
class Row:
    """A row in its place; ``y`` is its top."""

    party: Party
    label: Fitted
    y: float


@frozen
class Band:
    """A group of rows: the line that names it begins at ``y``, its rows reach from ``top`` to ``bottom``."""

    group: Group
    y: float
    top: float
    bottom: float


@frozen
class Grid:
    """A matrix with everything in its place; ``columns`` are the left edges of cells by name, ``cells`` are by row."""

    picture: Picture
    size: float
    left: float
    top: float
    columns: Mapping[str, float]
    heads: tuple[tuple[Party, Fitted], ...]
    rows: tuple[Row, ...]
    bands: tuple[Band, ...]
    cells: Mapping[str, tuple[Cell, ...]]
    width: float
    height: float

    def block(self, band: Band, group: Group) -> Box:
        """Returns the rectangle in which a group of rows meets one of columns."""
        first, last = self.columns[group.parties[0].name], self.columns[group.parties[-1].name]
        return Box(first, band.top, last + self.size - first, band.bottom - band.top)


def grid(picture: Picture) -> Grid:
    """Lays a matrix out: cells as large as the width allows."""
    parties = [party for group in picture.columns for party in group.parties]
    many = len(parties) > _MANY
    heads = [(party, _fitted(party, _SHORT_HEAD if many else _HEAD_ROOM)) for party in parties]
    room = _SHORT_LABEL if many else _LABEL_ROOM
    labels = {party.name: _fitted(party, room) for group in picture.rows for party in group.parties}
    left = MARGIN + max(map(_width, labels.values()), default=0.0) + TO_LABEL
    over = max((overhang(_width(head)) for _, head in heads), default=0.0)
    gap = min(_GAP, _GAPS / max(len(picture.columns) - 1, 1))
    gaps = gap * max(len(picture.columns) - 1, 0)
    size = max(_cell(len(heads), _WIDTH - left - over - gaps - MARGIN), _SMALLEST)
    columns = _columns(picture.columns, left, size, gap)
    top = TOP + max((rise(_width(head)) for _, head in heads), default=0.0)
    rows, bands = _rows(picture.rows, top, size, labels)
    width = left + size * len(heads) + gaps + over + MARGIN
    bottom = bands[-1].bottom if bands else top
    width = max(width, _NARROWEST, widest(subtitle(picture), _SUBTITLE) + 2 * MARGIN)
    cells = {source: tuple(own) for source, own in groupby(picture.cells, key=lambda cell: cell.source)}
    return Grid(picture, size, left, top, columns, tuple(heads), rows, bands, cells, width, bottom)


def _cell(count: int, room: float) -> float:
    """Large where there are few, and never wider than the room."""
    return min(room / max(count, 1), _LARGEST if count <= _FEW else _COMMON)


def _fitted(party: Party, room: float) -> Fitted:
    return fit(party.title, room, sizes_from(LABEL_SIZE))


def _width(label: Fitted) -> float:
    return widest(label.text, label.size)


def _columns(groups: Sequence[Group], left: float, size: float, gap: float) -> dict[str, float]:
    found: dict[str, float] = {}
    for group in groups:
        for party in group.parties:
            found[party.name] = left
            left += size
        left += gap
    return found


def _rows(
    groups: Sequence[Group], top: float, size: float, labels: Mapping[str, Fitted]
) -> tuple[tuple[Row, ...], tuple[Band, ...]]:
    rows: list[Row] = []
    bands: list[Band] = []
    y = top + 6
    for group in groups:
        start = y + (ROW_CAPTION if group.title else 0.0 if not bands else _ROW_GAP)
        rows += (Row(party, labels[party.name], start + size * place) for place, party in enumerate(group.parties))
        bands.append(Band(group, y, start, start + size * len(group.parties)))
        y = bands[-1].bottom + 4
    return tuple(rows), tuple(bands)


def self_cells(placed: Grid) -> Iterator[tuple[float, float]]:
    """The middles of the cells in which a row meets itself."""
    for row in placed.rows:
        if row.party.name in placed.columns:
            yield placed.columns[row.party.name] + placed.size / 2, row.y + placed.size / 2
