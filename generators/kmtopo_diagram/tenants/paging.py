"""Which pictures the tenants' view has: rows as long as they can be read, else tiles, and rows for each zone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kmtopo.plugin import Graph
from kmtopo_diagram.tenants.drawing import drawn
from kmtopo_diagram.tenants.picture import Block, Picture
from kmtopo_diagram.tenants.reading import described, read
from kmtopo_diagram.tenants.tiles import tiled
from kmtopo_diagram.view import Page

MOST_ROWS = 24
MOST_PAGES = 12  # of rows: where there are more, nobody leafs through them
MOST_TILES = 240
MOST_ZONES = 48
NO_ZONE = "no_zone"  # no zone can be called so


def pages(graph: Graph) -> Iterator[Page]:
    """Draws the tenants of one environment: one picture of rows, or one of tiles and as many of rows as there are pages."""
    whole = read(graph)
    if len(graph.deployment.tenants) <= MOST_ROWS:
        yield Page(drawn(whole))
        return
    parts = [part for block in whole.blocks for part in _parts(block, whole)]
    shown = parts if len(parts) <= MOST_PAGES else []
    yield Page(tiled(_overview(whole, has_pages=bool(shown))))
    yield from (Page(drawn(picture), name) for name, picture in shown)


def _parts(block: Block, whole: Picture) -> Iterator[tuple[str, Picture]]:
    """A zone's pages: one, or where it has more tenants than a page holds, as many as it takes, equally long."""
    count = -(-len(block.rows) // MOST_ROWS)
    size = -(-len(block.rows) // count)
    name = (block.name or NO_ZONE) if whole.has_zones else "all"
    for page in range(count):
        rows = block.rows[page * size : (page + 1) * size]
        part = name if count == 1 else f"{name}_{page + 1}"
        yield part, _page(replace(block, rows=rows), whole, part, f"{page + 1}/{count}" if count > 1 else "")


def _page(block: Block, whole: Picture, part: str, place: str) -> Picture:
    """The picture of some of one zone's tenants."""
    words, own = whole.words, whole.own_words
    first = whole.blocks[0].rows[0]
    named = [whole.title, block.title if whole.has_zones else "", place]
    count = words.tenant.counted(len(block.rows))
    readers = [words.listed([first.title]), own.reads_all] if first.reads and first not in block.rows else []
    return replace(
        whole,
        name=f"{whole.name}-{part}",
        title=" · ".join(filter(None, named)),
        subtitle=f"{whole.project} — {', '.join([count, ' '.join(readers)]) if readers else count}",
        description=described([block], whole.columns, words, own),
        blocks=(block,),
    )


def _overview(whole: Picture, *, has_pages: bool) -> Picture:
    """The picture of tiles: every zone, as far as it can be shown."""
    own = whole.own_words
    blocks = whole.blocks[:MOST_ZONES]
    blocks = tuple(
        replace(block, rows=block.rows[:shown], hidden=len(block.rows) - shown)
        for block, shown in zip(blocks, _shares(blocks), strict=True)
    )
    shown, everybody = sum(len(block.rows) for block in blocks), sum(1 for _ in whole.rows())
    left_out = len(whole.blocks) - len(blocks)
    notes = [
        own.tiles_rule,
        own.rows_elsewhere if has_pages else "",
        own.folded.format(shown=shown, all=everybody) if shown < everybody else "",
        own.more_zones.counted(left_out) if left_out else "",
    ]
    note = "; ".join(filter(None, notes))
    return replace(
        whole,
        blocks=blocks if whole.has_zones else tuple(replace(block, title="") for block in blocks),
        more=f"{note[0].upper()}{note[1:]}.",
        description=described(blocks, (), whole.words, own),
    )


def _shares(blocks: Sequence[Block]) -> list[int]:
    """How many tenants of each zone are drawn: all, or where they are too many, as many in each as the largest can have."""
    counts = [len(block.rows) for block in blocks]
    most = max(counts)
    while sum(min(count, most) for count in counts) > MOST_TILES and most > 1:
        most -= 1
    return [min(count, most) for count in counts]
