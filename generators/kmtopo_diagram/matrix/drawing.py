"""The call matrix, drawn: a mark for everybody whom somebody calls, or could call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from kmtopo_diagram.ink.metrics import fit, sizes_from
from kmtopo_diagram.ink.slanted import slanted
from kmtopo_diagram.ink.svg import Drawing, Element, group, number, path, rect, text
from kmtopo_diagram.ink.theme import tint
from kmtopo_diagram.matrix.grid import LABEL_SIZE, TO_LABEL, Band, Grid, Row, grid, self_cells
from kmtopo_diagram.matrix.legend import entries
from kmtopo_diagram.matrix.picture import Cell, Kind, Party, Picture
from kmtopo_diagram.matrix.sentences import description, subtitle, tip
from kmtopo_diagram.signs.glyphs import glyph
from kmtopo_diagram.signs.headings import MARGIN, heading
from kmtopo_diagram.signs.legends import laid_out
from kmtopo_diagram.signs.marks import disc, network_disc, network_half, network_mark, network_rings, paint_of

_INSET, _SMALL_INSET = 3.5, 2.5  # of a mark in its cell
_NARROW = 20.0  # cells up to this size
_LARGEST_MARK = 16.0
_SMALL = 0.62  # of a mark behind a proxy


def drawn(picture: Picture) -> Drawing:
    """Draws a call matrix, from back to front."""
    placed = grid(picture)
    foot, height = laid_out(list(entries(picture)), MARGIN, placed.height + 20, placed.width - 2 * MARGIN)
    return Drawing(
        name=picture.name,
        width=placed.width,
        height=placed.height + 20 + height,
        language=picture.words.general.language,
        title=f"{picture.project} · {picture.title}",
        description=description(picture),
        elements=(
            *heading(picture.title, subtitle(picture), placed.width),
            *_blocks(placed),
            *_heads(placed),
            *(_caption(band, placed) for band in placed.bands if band.group.title),
            *(_row(row, placed) for row in placed.rows),
            *(() if picture.summed else (disc(x, y, 1.6, "form") for x, y in self_cells(placed))),
            *_cells(placed),
            foot,
        ),
    )


def _blocks(placed: Grid) -> Iterator[Element]:
    """Where rows and columns of one group meet, its tint; a thin line along each row leads the eye."""
    right = max(placed.columns.values(), default=placed.left) + placed.size
    for row in placed.rows:
        y = number(row.y + placed.size / 2)
        yield path(f"M{number(placed.left)} {y}H{number(right)}", stroke="chip", line=1)
    for band in placed.bands:
        for columns in placed.picture.columns:
            if columns.name and columns.name == band.group.name:
                box, ground = placed.block(band, columns), "host" if columns.index is None else tint(columns.index)
                yield rect(box.x, box.y, box.width, box.height, fill=ground, radius=5)


def _heads(placed: Grid) -> Iterator[Element]:
    """The names of the columns, slanted, over bars in the colours of the networks that they are at home on."""
    for party, title in placed.heads:
        middle = placed.columns[party.name] + placed.size / 2
        name = slanted(title.text, middle, placed.top - 6, title.size)
        yield group([name], **_mark("column", party, placed))
    for columns in placed.picture.columns:
        for index, run in groupby(columns.parties, key=lambda party: party.index):
            lefts = [placed.columns[party.name] for party in run]
            width = lefts[-1] + placed.size - lefts[0]
            yield rect(lefts[0] + 1, placed.top - 1, width - 2, 3, fill=paint_of(index), radius=1.5)


def _mark(kind: str, party: Party, placed: Grid) -> dict[str, str]:
    """How the head of a row or column is marked: by the container that it stands for, unless it stands for a group."""
    if placed.picture.summed:
        return {"kind": f"{kind}s", "title": party.tip}
    return {"kind": kind, "title": party.tip, "node": party.name}


def _caption(band: Band, placed: Grid) -> Element:
    """The name of a group of rows, over them."""
    shown, base = band.group, band.top - 7
    title = fit(shown.title, placed.width - 2 * MARGIN - 17, sizes_from(LABEL_SIZE), 600)
    paint = "ink2" if shown.index is None else paint_of(shown.index)
    mark = [glyph("server" if shown.is_machine else "cloud", MARGIN - 1, base - 10.5, 13, paint)]
    if shown.index is not None:
        mark = [*network_mark(shown.index, MARGIN, base - 9.5, 10)]
    words = text(MARGIN + 17, base, title.text, title.size, weight=600, fill=paint)
    facts = {"host" if shown.is_machine else "net": shown.name}
    return group([*mark, words], kind="host" if shown.is_machine else "network", title=shown.title, **facts)


def _row(row: Row, placed: Grid) -> Element:
    base = row.y + placed.size / 2 + 4
    name = text(placed.left - TO_LABEL, base, row.label.text, row.label.size, anchor="end")
    return group([name], **_mark("row", row.party, placed), role=row.party.role)


def _cells(placed: Grid) -> Iterator[Element]:
    """A group for each call; one for all that nobody declares of one row on one network."""
    picture, titles = placed.picture, placed.picture.titles()
    for row in placed.rows:
        own: dict[tuple[str, bool, str], list[Cell]] = {}
        for cell in placed.cells.get(row.party.name, ()):
            key = "" if cell.kind is Kind.UNDECLARED else cell.target
            own.setdefault((cell.network, cell.is_direct, key), []).append(cell)
        for cells in own.values():
            yield group(
                _marks(cells, row, placed),
                kind="sum" if picture.summed else "cell",
                title=tip(cells, picture, titles),
                **{"from": row.party.name, "to": " ".join(cell.target for cell in cells)},
                net=cells[0].network,
                use=cells[0].kind.value,
            )


def _marks(cells: Sequence[Cell], row: Row, placed: Grid) -> Iterator[Element]:
    """Filled, half or hollow, and small behind a proxy."""
    first = cells[0]
    size = min(placed.size - (_INSET if placed.size > _NARROW else _SMALL_INSET) * 2, _LARGEST_MARK)
    size = size if first.is_direct else size * _SMALL
    shift = (placed.size - size) / 2
    places = [(placed.columns[cell.target] + shift, row.y + shift) for cell in cells]
    if first.kind is Kind.UNDECLARED:
        yield network_rings(first.index, places, size)
        return
    draw = network_disc if first.kind is Kind.DECLARED else network_half
    for x, y in places:
        yield from draw(first.index, x, y, size)
