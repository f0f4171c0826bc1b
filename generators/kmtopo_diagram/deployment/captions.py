"""Where the words of a box's header go: into the stretches that no line crosses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from kmtopo.plugin import Box, Point, frozen
from kmtopo_diagram.ink.metrics import Fitted, fit, sizes_from, widest
from kmtopo_diagram.layout.geometry import along

NAME_SIZE = 12.5
NOTE_SIZE = 11.5
PART = " · "  # between the parts of a note, the first of which says most
SWATCH = 17.0  # the network's coloured square and the room after it
_CLEAR = 8.0  # px between a line and a word
_BETWEEN = 16.0

Stretch = tuple[float, float]


@frozen
class Caption:
    """A network's header: where the name starts and the note ends; ``crossings`` counts texts that found no free room.

    Where lines leave too little room the note says its first part alone; where there is no place for it, nothing.
    """

    name: Fitted
    name_x: float
    note: str
    note_end: float
    crossings: int


def caption(name: str, note: str, band: Box, lines: Iterable[tuple[Point, ...]]) -> Caption:
    """Places a network's name at the left and its note at the right, or where else the lines leave room."""
    free = free_stretches(band, lines)
    fitted, found = _named(name, max(band.width * 0.6, 120.0), free)
    width = SWATCH + widest(fitted.text, fitted.size, 600)
    x = band.x if found is None else found
    taken = (x - _BETWEEN, x + width + _BETWEEN)
    rest = [piece for stretch in free for piece in _without(stretch, taken)]
    # Rather less than everything than a line that ends before it and goes on behind it.
    for said in (note, note.partition(PART)[0]):
        end = next((end for start, end in reversed(rest) if end - start >= widest(said, NOTE_SIZE)), None)
        if end is not None:
            return Caption(fitted, x, said, end, int(found is None))
    end = _note_end(widest(note, NOTE_SIZE), band, taken)
    return Caption(fitted, x, note if end else "", end or x, (found is None) + 1)


def _named(name: str, room: float, free: Sequence[Stretch]) -> tuple[Fitted, float | None]:
    """The name as large as a free stretch holds it, and where that begins; None where no size is small enough."""
    whole = fit(name, room, sizes_from(NAME_SIZE), 600)
    for size in () if whole.is_cut else sizes_from(whole.size):
        width = SWATCH + widest(name, size, 600)
        for start, end in free:
            if end - start >= width:
                return Fitted(name, size, name), start
    return whole, None


def _note_end(width: float, band: Box, name: Stretch) -> float | None:
    """Where a note ends that found no free room, as far right as it can beside the name; None: nowhere."""
    right = band.x + band.width
    if name[1] + width <= right:
        return right
    return band.x + width if band.x + width <= name[0] else None


def free_stretches(band: Box, lines: Iterable[tuple[Point, ...]]) -> list[Stretch]:
    """Returns the parts of a band, from the left, that no line comes near."""
    free = [(band.x, band.x + band.width)]
    for taken in (shadow for line in lines for shadow in _shadows(along(line), band)):
        free = [piece for stretch in free for piece in _without(stretch, taken)]
    return free


def _shadows(points: Sequence[Point], band: Box) -> Iterator[Stretch]:
    """The stretches that a line's chords cover within the height of a band."""
    top, bottom = band.y - _CLEAR / 2, band.y + band.height + _CLEAR / 2
    for (x0, y0), (x1, y1) in pairwise(points):
        if max(y0, y1) < top or min(y0, y1) > bottom:
            continue
        yield min(x0, x1) - _CLEAR, max(x0, x1) + _CLEAR


def _without(stretch: Stretch, taken: Stretch) -> Iterator[Stretch]:
    start, end = stretch
    before, after = (start, min(end, taken[0])), (max(start, taken[1]), end)
    yield from (piece for piece in (before, after) if piece[0] < piece[1])
