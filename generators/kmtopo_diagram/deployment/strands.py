"""Lines of calls: strands of one server or bundle, with halo, heads and labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kmtopo.plugin import Box, Point
from kmtopo_diagram.deployment.picture import Arrow, Gate
from kmtopo_diagram.deployment.routes import Limb, Route
from kmtopo_diagram.deployment.sheet import Sheet
from kmtopo_diagram.deployment.sizes import LABEL_HEIGHT, label_width
from kmtopo_diagram.ink.metrics import text_width, widest
from kmtopo_diagram.ink.svg import Element, group, path, rect, text
from kmtopo_diagram.ink.theme import hue
from kmtopo_diagram.layout.geometry import along, length, shortened
from kmtopo_diagram.layout.labelling import is_over, label_box
from kmtopo_diagram.signs.fates import GONE, Fate, fate_mark
from kmtopo_diagram.signs.glyphs import glyph
from kmtopo_diagram.signs.marks import disc
from kmtopo_diagram.signs.strokes import DASH, HALO, HEAD, JOINT, LINE, curve, head

_LAST_RESORT = 8  # lines that the mark of a change had rather cover than a word or a card
_MARK = 9.5  # half of the room that the mark of a change takes


def colour(arrow: Arrow) -> str:
    """Returns the colour of the network that carries a call."""
    return "edge" if arrow.index is None else hue(arrow.index)


def strands(sheet: Sheet) -> Iterator[Element]:
    """Draws all calls, one strand after the other: first its halo, so that it lies over earlier ones, then its lines."""
    for gate in sheet.picture.gates:
        yield from _gate_line(gate, sheet.gates[gate.target])
    for key in dict.fromkeys(route.strand for route in sheet.routes):
        members = [route for route in sheet.routes if route.strand == key]
        limbs = {limb.key: limb for route in members for limb in route.limbs}.values()
        yield group((path(curve(limb.points), stroke="host", line=HALO) for limb in limbs), kind="halo")
        yield from map(_call, members)
        yield from _joint(members)


def _gate_line(gate: Gate, points: Sequence[Point]) -> Iterator[Element]:
    yield group([path(curve(points), stroke="host", line=HALO)], kind="halo")
    limb = Limb("", tuple(points), dashed=False, ends=True, touches=())
    yield group(_line(limb, "edge"), kind="way", title=gate.tip, **{"from": "internet", "to": gate.target})


def _call(route: Route) -> Element:
    arrow = route.arrow
    dash = GONE if arrow.fate is Fate.REMOVED else ""
    parts = [part for limb in route.limbs for part in _line(limb, colour(arrow), dash)]
    data = {
        "from": arrow.source,
        "to": arrow.target,
        "net": arrow.network,
        "optional": "true" if arrow.optional else "",
        "calls": str(arrow.calls) if arrow.calls > 1 else "",
        "fate": "" if arrow.fate is Fate.SAME else arrow.fate.value,
    }
    return group(parts, kind="edge", title=arrow.tip, **data)


def _line(limb: Limb, paint: str, gone: str = "") -> Iterator[Element]:
    dash = gone or (DASH if limb.dashed else "")
    if not limb.ends:
        yield path(curve(limb.points), stroke=paint, line=LINE, dash=dash)
        return
    points, direction = shortened(limb.points, HEAD * 0.7)
    yield path(curve(points), stroke=paint, line=LINE, dash=dash)
    yield head(limb.points[-1], direction, paint)


def _joint(members: Sequence[Route]) -> Iterator[Element]:
    """The dot where a bundle's lines meet."""
    first = members[0]
    if len(first.limbs) > 1:
        yield disc(*first.limbs[-1].points[0], JOINT, colour(first.arrow))


def labels(sheet: Sheet, taken: Iterable[Box]) -> Iterator[Element]:
    """Writes the protocols on the lines that reach a server, each where it covers no card, word, other line or border.

    Short lines come first: their labels have the fewest places. Where there is no such place on a line, its protocol stands
    in its tip alone; the mark of a change stands all the same.
    """
    occupied = list(taken)
    said = {route.limbs[-1].key: route for route in sheet.routes if _says(route.arrow)}
    for route in sorted(said.values(), key=lambda route: length(route.limbs[-1].points)):
        box = _label_place(route, occupied, sheet)
        if route.arrow.fate is Fate.SAME and (is_over(box, occupied) or not 0 < box.x < sheet.width - box.width):
            continue
        occupied.append(box)
        yield _label(route.arrow, box)


def _says(arrow: Arrow) -> bool:
    return bool(arrow.label) or arrow.fate is not Fate.SAME


def _label_size(arrow: Arrow) -> tuple[float, float]:
    """A pill as wide as its word, or the mark of a change, which says enough."""
    if arrow.fate is Fate.SAME:
        return label_width(arrow.label), LABEL_HEIGHT
    return 2 * _MARK, 2 * _MARK


def _label_place(route: Route, occupied: Sequence[Box], sheet: Sheet) -> Box:
    own = {limb.key for limb in route.limbs}
    others = [along(limb.points) for limb in sheet.limbs() if limb.key not in own]
    # A word that covers something is left out, the mark of a change is not.
    line, size, frames = route.limbs[-1].points, _label_size(route.arrow), sheet.groups.values()
    if route.arrow.fate is Fate.SAME:
        return label_box(line, size, occupied, others, frames)
    return label_box(line, size, occupied, others, frames, covering=_LAST_RESORT)


def _label(arrow: Arrow, box: Box) -> Element:
    middle, paint = box.x + box.width / 2, colour(arrow)
    if arrow.fate is Fate.SAME:
        parts = [
            rect(box.x, box.y, box.width, box.height, fill="card", stroke=paint, radius=6, line=1.1),
            text(middle, box.y + 14, arrow.label, 11.5, weight=600, fill=paint, anchor="middle"),
        ]
    else:
        ground = rect(box.x, box.y, box.width, box.height, fill="page", radius=box.height / 2)
        sign = fate_mark(arrow.fate, middle, box.y + box.height / 2, _MARK - 2)
        parts = [ground, group(sign, kind="mark")]
    return group(parts, kind="label", **{"from": arrow.source, "to": arrow.target})


def tab(gate: Gate, x: float, y: float) -> Element:
    """The tab on a machine's border where the way in crosses it."""
    width = tab_width(gate)
    inside = x - (text_width(gate.text, 11.5, 600) + 18) / 2
    return group(
        [
            rect(x - width / 2, y - 11, width, 22, fill="page", stroke="ink", radius=6, line=1.4),
            glyph(gate.glyph, inside, y - 7, 14),
            text(inside + 18, y + 4.1, gate.text, 11.5, weight=600),
        ],
        kind="gate",
        title=gate.tip,
    )


def tab_width(gate: Gate) -> float:
    """Returns the width of a gate's tab."""
    return widest(gate.text, 11.5, 600) + 44


def crossing_x(points: Sequence[Point], y: float) -> float:
    """Returns where a line passes a height, or its start where it does not."""
    chords: Mapping[float, float] = {abs(py - y): px for px, py in along(points, 32)}
    return chords[min(chords)]
