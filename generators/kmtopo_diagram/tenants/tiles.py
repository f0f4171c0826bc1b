"""The tenants' view at a scale where rows are too many: zones full of tiles, a tile for each tenant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from kmtopo.plugin import Box, frozen
from kmtopo_diagram.ink.metrics import fit, sizes_from, widest
from kmtopo_diagram.ink.svg import Drawing, Element, group, rect, text
from kmtopo_diagram.signs.headings import MARGIN, heading
from kmtopo_diagram.signs.legends import laid_out
from kmtopo_diagram.tenants.cells import tenant_form, zone_frame, zone_words
from kmtopo_diagram.tenants.grid import FRAME, NAME_SIZE, WIDTH
from kmtopo_diagram.tenants.legend import tenant_entries
from kmtopo_diagram.tenants.picture import Block, Picture, Row

_TOP = 72.0
_HEADER = 28.0
_TILE = 24.0
_PITCH = 29.0
_GAP = 6.0
_PAD = 18.0  # left and right of a tile's words together
_BETWEEN = 10.0
_LANES = (1, 2, 3, 4)  # zones side by side, if a tile finds room
_FEW_LINES = 3


@frozen
class _Plot:
    """Where a zone stands, and how many tiles side by side it has."""

    block: Block
    frame: Box
    columns: int


def tiled(picture: Picture) -> Drawing:
    """Draws the tenants of a picture, a tile each; zones of few tenants stand side by side."""
    plots = _plots(picture)
    bottom = max(plot.frame.y + plot.frame.height for plot in plots)
    note = [text(MARGIN, bottom + 22, picture.more, NAME_SIZE, fill="ink2")] if picture.more else []
    top = bottom + (38 if note else 18)
    foot, height = laid_out(list(tenant_entries(picture)), MARGIN, top, WIDTH - 2 * MARGIN)
    return Drawing(
        name=picture.name,
        width=WIDTH,
        height=top + height,
        language=picture.words.language,
        title=f"{picture.project} · {picture.title}",
        description=picture.description,
        elements=(
            *heading(picture.title, picture.subtitle, WIDTH),
            *(part for plot in plots for part in _block(plot)),
            *note,
            foot,
        ),
    )


def _columns(picture: Picture, lanes: int) -> int:
    """How many tiles stand side by side in a lane: as many as most titles fit into, beside other zones as all of them."""
    needs = sorted(widest(row.title, NAME_SIZE) for row in picture.rows())
    usual = (needs[int(len(needs) * 0.95)] if lanes == 1 else needs[-1]) + _PAD
    found = int((_width(lanes) - 2 * FRAME + _GAP) / (usual + _GAP))
    return max(3, min(8, found)) if lanes == 1 else found


def _plots(picture: Picture) -> Sequence[_Plot]:
    """Puts the zones one under the other, and those of few tenants beside each other, as many as makes it lowest."""
    tried = [list(_plotted(picture, lanes)) for lanes in _LANES if _columns(picture, lanes)]
    return min(tried, key=lambda plots: plots[-1].frame.y + plots[-1].frame.height)


def _plotted(picture: Picture, lanes: int) -> Iterator[_Plot]:
    """Zones of few tenants in so many lanes, all in a row equally high; larger ones across all of them."""
    full, narrow = _columns(picture, 1), _columns(picture, lanes)
    y = _TOP
    for row in _rows(picture.blocks, narrow, lanes):
        is_small = lanes > 1 and _lines(row[0], narrow) <= _FEW_LINES
        width, columns = (_width(lanes), narrow) if is_small else (_width(1), full)
        height = max(_height(block, columns) for block in row)
        for place, block in enumerate(row):
            yield _Plot(block, Box(MARGIN - FRAME + place * (width + _BETWEEN), y, width, height), columns)
        y += height + _BETWEEN


def _width(lanes: int) -> float:
    whole = WIDTH - 2 * (MARGIN - FRAME)
    return (whole + _BETWEEN) / lanes - _BETWEEN


def _rows(blocks: Sequence[Block], columns: int, lanes: int) -> Iterator[tuple[Block, ...]]:
    """Takes zones together that follow each other and have few tenants, as many as there are lanes."""
    if lanes == 1:
        yield from ((block,) for block in blocks)
        return
    for is_small, beside in groupby(blocks, lambda block: _lines(block, columns) <= _FEW_LINES):
        zones, step = tuple(beside), lanes if is_small else 1
        yield from (zones[start : start + step] for start in range(0, len(zones), step))


def _lines(block: Block, columns: int) -> int:
    return -(-(len(block.rows) + bool(block.hidden)) // columns)


def _height(block: Block, columns: int) -> float:
    header = _HEADER if block.title else FRAME
    return header + _lines(block, columns) * _PITCH - (_PITCH - _TILE) + FRAME


def _block(plot: _Plot) -> Iterator[Element]:
    """A zone: its name, how many tenants it has, and a tile for each; its city where there is room."""
    block, frame, columns = plot.block, plot.frame, plot.columns
    yield zone_frame(block, frame)
    if block.title:
        said = block if frame.width > WIDTH / 2 else replace(block, city="")
        yield from zone_words(said, Box(frame.x, frame.y, frame.width - 60, frame.height))
        right = frame.x + frame.width - FRAME - 4
        yield text(right, frame.y + 20, str(block.count), 12.5, weight=600, fill="ink2", anchor="end")
    width = (frame.width - 2 * FRAME + _GAP) / columns - _GAP
    top = frame.y + (_HEADER if block.title else FRAME)
    places = [
        Box(frame.x + FRAME + (place % columns) * (width + _GAP), top + place // columns * _PITCH, width, _TILE)
        for place in range(len(block.rows) + 1)
    ]
    yield from (_tile(row, box) for row, box in zip(block.rows, places, strict=False))
    if block.hidden:
        yield _rest(block.hidden, places[-1])


def _tile(row: Row, box: Box) -> Element:
    ink = "page" if row.central else "ink"
    title = fit(row.title, box.width - _PAD + 2, sizes_from(NAME_SIZE))
    words = text(box.x + (_PAD - 2) / 2, box.y + 16, title.text, title.size, fill=ink)
    parts: Sequence[Element] = [*tenant_form(box, central=row.central, dedicated=row.dedicated, radius=5), words]
    return group(parts, kind="tenant", title=row.tip, node=row.name, tenant=row.name)


def _rest(hidden: int, box: Box) -> Element:
    """How many tenants are not drawn."""
    shown = text(box.x + box.width / 2, box.y + 16, f"+{hidden}", NAME_SIZE, weight=600, fill="ink2", anchor="middle")
    return group([rect(box.x, box.y, box.width, box.height, fill="chip", radius=5), shown], kind="rest")
