"""The failures view: sheets become drawings, with the story above and the table below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kmtopo.plugin import Graph
from kmtopo_diagram.failures.arrangement import Arrangement, arrangements
from kmtopo_diagram.failures.grid import cells_width
from kmtopo_diagram.failures.legend import entries_of
from kmtopo_diagram.failures.listing import listed_width
from kmtopo_diagram.failures.reading import read
from kmtopo_diagram.failures.score import score
from kmtopo_diagram.failures.sheet import Sheet
from kmtopo_diagram.failures.sizes import MARGIN, NARROWEST, TOP, WIDEST
from kmtopo_diagram.failures.strands import story_elements
from kmtopo_diagram.failures.table import table
from kmtopo_diagram.ink.metrics import fit, sizes_from
from kmtopo_diagram.ink.svg import Drawing, Element, group, text
from kmtopo_diagram.signs.legends import laid_out


def failures(graph: Graph) -> tuple[Drawing, ...]:
    """Draws every page."""
    sheets = read(graph)
    arrangement, width = arranged(sheets)
    return tuple(_drawing(sheet, arrangement if sheet.story else None, width) for sheet in sheets)


def arranged(sheets: Sequence[Sheet]) -> tuple[Arrangement, float]:
    """Returns the better arrangement of the story, and the width of all pages in px."""
    story = sheets[0].story
    assert story is not None
    least = max(NARROWEST, *map(_table_width, sheets))
    arrangement = min(arrangements(story, NARROWEST - 2 * MARGIN), key=score)
    return arrangement, max(least, arrangement.width + 2 * MARGIN)


def _table_width(sheet: Sheet) -> float:
    """As wide as its cells, or the names in its rows, want it; names give way where that is too much for a page."""
    cells = cells_width(sheet.columns) if sheet.columns else max(map(listed_width, sheet.rows))
    width = 2 * MARGIN + sheet.grid.fixed + cells
    return width if sheet.columns else min(width, WIDEST)


def _drawing(sheet: Sheet, arrangement: Arrangement | None, width: float) -> Drawing:
    y = TOP
    parts: list[Element] = list(_titles(sheet, width))
    if arrangement:
        parts += story_elements(arrangement, MARGIN, y + 8, sheet.words)
        y += arrangement.height + (62 if arrangement.story.quiet else 44)
    below, height = table(sheet, MARGIN, y, width - 2 * MARGIN)
    parts += below
    foot, legend_height = laid_out(list(entries_of(sheet)), MARGIN, y + height + 16, width - 2 * MARGIN)
    return Drawing(
        name=sheet.name,
        width=width,
        height=y + height + 16 + legend_height,
        language=sheet.language,
        title=f"{sheet.project} · {sheet.title}",
        description=sheet.description,
        elements=(*parts, foot),
    )


def _titles(sheet: Sheet, width: float) -> Iterator[Element]:
    room = width - 2 * MARGIN
    title = fit(sheet.title, room, sizes_from(19, 15), 600)
    subtitle = fit(sheet.subtitle, room, sizes_from(13, 11))
    yield text(MARGIN, 31, title.text, title.size, weight=600)
    said = text(MARGIN, 52, subtitle.text, subtitle.size, fill="ink2")
    yield group([said], kind="example") if sheet.story else said
