"""Where a label on a line goes: where it covers nothing, as near to the line's middle as that allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kmtopo.plugin import Box, Point
from kmtopo_diagram.geometry import grown, halfway, overlap, runs_over

_SHARES = tuple(0.5 + step * side / 50 for step in range(21) for side in (-1, 1))  # from the middle outwards


def label_box(
    line: tuple[Point, ...],
    size: tuple[float, float],
    occupied: Sequence[Box],
    others: Sequence[Sequence[Point]],
    frames: Iterable[Box] = (),
) -> Box:
    """Returns the place of a label on a line; ``others`` are chords of other lines, ``frames`` borders to keep off."""
    width, height = size
    borders = list(frames)

    def cost(box: Box) -> tuple[int, int]:
        wide = grown(box, 2)
        covered = sum(overlap(wide, other) for other in occupied) * 2 + sum(runs_over(line, wide) for line in others)
        return covered, sum(_on_border(wide, frame) for frame in borders)

    middles = (halfway(line, share) for share in _SHARES)
    return min((Box(x - width / 2, y - height / 2, width, height) for x, y in middles), key=cost)


def _on_border(box: Box, frame: Box) -> bool:
    inside = frame.y < box.y and box.y + box.height < frame.y + frame.height
    return overlap(box, frame, 1) and not inside
