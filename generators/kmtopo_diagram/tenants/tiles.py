"""The tenants' view at a scale where rows are too many: zones full of tiles, a tile for each tenant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kmtopo.plugin import Box
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


def tiled(picture: Picture) -> Drawing:
    """Draws the tenants of a picture, a tile each."""
    columns = _columns(picture)
    frames = list(_frames(picture, columns))
    bottom = frames[-1].y + frames[-1].height
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
            *(
                part
                for block, frame in zip(picture.blocks, frames, strict=True)
                for part in _block(block, frame, columns)
            ),
            *note,
            foot,
        ),
    )


def _columns(picture: Picture) -> int:
    """How many tiles stand side by side: as many as most titles fit into."""
    needs = sorted(widest(row.title, NAME_SIZE) for row in picture.rows())
    usual = needs[int(len(needs) * 0.95)] + _PAD
    inner = WIDTH - 2 * MARGIN + _GAP
    return max(3, min(8, int(inner / (usual + _GAP))))


def _frames(picture: Picture, columns: int) -> Iterator[Box]:
    y = _TOP
    for block in picture.blocks:
        lines = -(-(len(block.rows) + bool(block.hidden)) // columns)
        header = _HEADER if block.title else FRAME
        height = header + lines * _PITCH - (_PITCH - _TILE) + FRAME
        yield Box(MARGIN - FRAME, y, WIDTH - 2 * (MARGIN - FRAME), height)
        y += height + _BETWEEN


def _block(block: Block, frame: Box, columns: int) -> Iterator[Element]:
    """A zone: its name, how many tenants it has, and a tile for each."""
    yield zone_frame(block, frame)
    if block.title:
        yield from zone_words(block, Box(frame.x, frame.y, frame.width - 60, frame.height))
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
