"""How good a sheet is; the less the better."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from kmtopo.plugin import Box, Point
from kmtopo_diagram.deployment.arrangement import vps_group
from kmtopo_diagram.deployment.captions import free_stretches
from kmtopo_diagram.deployment.header import machine_band
from kmtopo_diagram.deployment.routes import Limb
from kmtopo_diagram.deployment.sheet import Sheet
from kmtopo_diagram.deployment.sizes import BADGE, WIDTH
from kmtopo_diagram.layout.geometry import along, crossings, length, runs_over

_THROUGH_CARD = 400.0
_OVER_TEXT = 120.0
_OUT_OF_MACHINE = 60.0
_CROSSING = 25.0
_PER_PX_OF_LINE = 0.03
_PER_PX_OF_HEIGHT = 0.25
_PER_PX_TOO_WIDE = 2.0


def score(sheet: Sheet) -> float:
    """Weighs lines over cards and texts, crossings, the length of lines, and the picture's size."""
    limbs = list(sheet.limbs())
    chords = {limb.key: along(limb.points) for limb in limbs}
    return (
        _THROUGH_CARD * sum(_cards_crossed(limb, chords[limb.key], sheet) for limb in limbs)
        + _OVER_TEXT * _texts_crossed(sheet, limbs)
        + _OUT_OF_MACHINE * sum(_leaves(chords[limb.key], sheet) for limb in limbs)
        + _CROSSING * sum(crossings(chords[a.key], chords[b.key]) for a, b in combinations(limbs, 2))
        + _PER_PX_OF_LINE * sum(length(limb.points) for limb in limbs)
        + _PER_PX_OF_HEIGHT * sheet.height
        + _PER_PX_TOO_WIDE * max(0.0, sheet.width - WIDTH)
    )


def _cards_crossed(limb: Limb, points: Sequence[Point], sheet: Sheet) -> int:
    return sum(1 for name, box in foreign_cards(limb, sheet) if runs_over(points, box))


def foreign_cards(limb: Limb, sheet: Sheet) -> list[tuple[str, Box]]:
    """Returns the cards that a line has no business with, without the rise of their badges."""
    return [
        (name, Box(box.x, box.y + BADGE, box.width, box.height - BADGE))
        for name, box in sheet.cards.items()
        if not name.startswith("@") and name not in limb.touches
    ]


def _leaves(points: Sequence[Point], sheet: Sheet) -> bool:
    """Tells whether a line strays out of the machines, as if the call left them."""
    hosts = [sheet.groups[vps_group(machine)] for machine in sheet.picture.machines]
    left = min((box.x for box in hosts), default=0.0)
    right = max((box.x + box.width for box in hosts), default=sheet.width)
    return any(x < left or x > right for x, _ in points)


def _texts_crossed(sheet: Sheet, limbs: Sequence[Limb]) -> int:
    lines = [limb.points for limb in limbs]
    crossed = sum(caption.crossings for caption in sheet.captions.values())
    machines = [sheet.groups[vps_group(machine)] for machine in sheet.picture.machines]
    tight = sum(not _roomy(free_stretches(machine_band(machine), lines)) for machine in machines)
    return crossed + tight


def _roomy(stretches: Sequence[tuple[float, float]]) -> bool:
    """A machine's header wants its name at one end and its price at the other."""
    wide = [end - start for start, end in stretches]
    return len(wide) == 1 or (min(wide[0], wide[-1]) >= 220 if wide else False)
