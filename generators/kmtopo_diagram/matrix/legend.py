"""The legend of a call matrix: every mark that it uses, and no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from kmtopo_diagram.ink.svg import Element
from kmtopo_diagram.matrix.picture import Kind, Picture
from kmtopo_diagram.signs.legends import Entry
from kmtopo_diagram.signs.marks import network_disc, network_half, network_rings
from kmtopo_diagram.subject.words import Meaning

_SIZE = 12.0
_SMALL = 7.5


def entries(picture: Picture) -> Iterator[Entry]:
    """Returns what the legend explains."""
    words, cells = picture.words, picture.cells
    index = next((cell.index for cell in cells if cell.index is not None), None)
    kinds = {cell.kind for cell in cells}
    for kind, draw, meaning in (
        (Kind.DECLARED, network_disc, words.legend_declared),
        (Kind.OPTIONAL, network_half, words.legend_optional),
        (Kind.UNDECLARED, _ring, words.legend_undeclared),
    ):
        if kind in kinds:
            yield Entry(_SIZE, partial(_mark, draw, index, _SIZE), meaning)
    behind = {cell.kind for cell in cells if not cell.is_direct}
    if behind:
        draw = network_disc if Kind.DECLARED in behind else _ring
        yield Entry(_SMALL, partial(_mark, draw, index, _SMALL), words.legend_through)
    if any(cell.index is None for cell in cells):
        yield Entry(_SIZE, partial(_mark, network_disc, None, _SIZE), words.legend_public)
    # Where groups are networks they say it themselves.
    named = {group.index for group in picture.rows if group.title}
    for used in sorted({cell.index for cell in cells if cell.index is not None} - named):
        title = picture.networks[used]
        yield Entry(_SIZE, partial(_mark, network_disc, used, _SIZE), Meaning(title, title))


def _mark(
    draw: Callable[[int | None, float, float, float], Iterator[Element]],
    index: int | None,
    size: float,
    x: float,
    y: float,
) -> Iterator[Element]:
    return draw(index, x, y - size / 2, size)


def _ring(index: int | None, x: float, y: float, size: float) -> Iterator[Element]:
    yield network_rings(index, [(x, y)], size)
