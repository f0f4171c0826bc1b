"""How good an arrangement of a story is; the less the better."""

from __future__ import annotations

from itertools import combinations

from kmtopo_diagram.failures.arrangement import Arrangement
from kmtopo_diagram.failures.placing import ORIGIN
from kmtopo_diagram.failures.sizes import MARGIN, WIDEST
from kmtopo_diagram.layout.geometry import along, crossings, length, runs_over

_THROUGH_CARD = 400.0
_CROSSING = 25.0
_PER_PX_OF_LINE = 0.03
_PER_PX_OF_HEIGHT = 0.25
_PER_PX_TOO_WIDE = 12.0
_PER_PX_ASKEW = 0.15
_FROM_THE_TOP = 150.0  # a story is read from the left where that is possible


def score(found: Arrangement) -> float:
    """Weighs lines over cards, crossings and size; the less the better."""
    chords = {key: along(limb.points) for key, limb in found.limbs.items()}
    through = sum(
        runs_over(chords[key], box)
        for key, limb in found.limbs.items()
        for name, box in found.boxes.items()
        if name not in (limb.source, limb.target) and (not name.startswith("@") or name == ORIGIN)
    )
    return (
        _THROUGH_CARD * through
        + _CROSSING * sum(crossings(one, other) for one, other in combinations(chords.values(), 2))
        + _PER_PX_OF_LINE * sum(length(limb.points) for limb in found.limbs.values())
        + _PER_PX_OF_HEIGHT * found.height
        + _PER_PX_TOO_WIDE * max(0.0, found.width + 2 * MARGIN - WIDEST)
        + _PER_PX_ASKEW * _askew(found)
        + (_FROM_THE_TOP if found.way == "TB" else 0.0)
    )


def _askew(found: Arrangement) -> float:
    """How far from the middle one comes in."""
    box = found.boxes.get(ORIGIN)
    if box is None:
        return 0.0
    if found.way == "TB":
        return abs(box.x + box.width / 2 - found.width / 2)
    return abs(box.y + box.height / 2 - found.height / 2)
