"""A story drawn: lines below, cards above; the way that a failure takes lies over all other lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kmtopo.plugin import Box
from kmtopo_diagram.failures.arrangement import Arrangement
from kmtopo_diagram.failures.cards import card, pill
from kmtopo_diagram.failures.lines import Limb, keys_of
from kmtopo_diagram.failures.picture import Arrow
from kmtopo_diagram.failures.placing import ORIGIN
from kmtopo_diagram.failures.words import FailureWords
from kmtopo_diagram.ink.svg import Element, group, path, text
from kmtopo_diagram.layout.geometry import shortened
from kmtopo_diagram.signs.marks import disc
from kmtopo_diagram.signs.states import State
from kmtopo_diagram.signs.strokes import DASH, HALO, HEAD, JOINT, curve, head

QUIET_LINE = 1.6
LOUD_LINE = 2.4
_GRAVITIES = ("edge", "warn", "bad")


def story_elements(arrangement: Arrangement, x: float, y: float, words: FailureWords) -> Iterator[Element]:
    """Draws a story with its top left corner at (x, y)."""
    moved = _moved(arrangement, x, y)
    yield from _gates(moved)
    yield from _calls(moved)
    yield from _joints(moved)
    for node in moved.story.nodes:
        yield card(node, moved.boxes[node.key])
    if moved.story.origin:
        yield pill(*moved.story.origin, moved.boxes[ORIGIN])
    if moved.story.quiet:
        said = words.other if moved.story.quiet == 1 else words.others.format(count=moved.story.quiet)
        yield text(x + moved.width / 2, y + moved.height + 26, said, 12, fill="ink2", anchor="middle")


def _moved(found: Arrangement, dx: float, dy: float) -> Arrangement:
    return replace(
        found,
        boxes={name: Box(b.x + dx, b.y + dy, b.width, b.height) for name, b in found.boxes.items()},
        limbs={
            key: replace(limb, points=tuple((x + dx, y + dy) for x, y in limb.points))
            for key, limb in found.limbs.items()
        },
    )


def _gates(found: Arrangement) -> Iterator[Element]:
    """How one comes in; the way to somebody down is as grave as he is."""
    if found.story.origin is None:
        return
    states = {node.key: node.state for node in found.story.nodes}
    for door in found.story.doors:
        paint = "bad" if states[door] is State.DOWN else "edge"
        limb = found.limbs[f"gate:{door}"]
        yield from _halo(limb)
        yield group(_stretch(limb, paint, dashed=False), kind="way", **{"from": "internet", "to": door})


def _calls(found: Arrangement) -> Iterator[Element]:
    """Strand by strand, the gravest last: first its halo, so that it lies over earlier ones, then its lines, each once."""
    strands: dict[str, list[Arrow]] = {}
    for arrow in found.story.arrows:
        strands.setdefault(_strand(arrow, found), []).append(arrow)
    for arrows in sorted(strands.values(), key=_gravest):
        users: dict[str, list[Arrow]] = {}
        for arrow in arrows:
            for key in keys_of(arrow, found.bundles):
                users.setdefault(key, []).append(arrow)
        for key in users:
            yield from _halo(found.limbs[key])
        yield from (_line(found.limbs[key], users[key]) for key in sorted(users, key=lambda key: _gravest(users[key])))


def _strand(arrow: Arrow, found: Arrangement) -> str:
    return next((bundle.key for bundle in found.bundles if arrow in bundle.arrows), arrow.target)


def _gravity(arrow: Arrow) -> int:
    return _GRAVITIES.index(arrow.gravity)


def _gravest(arrows: Iterable[Arrow]) -> int:
    return max(map(_gravity, arrows))


def _line(limb: Limb, arrows: Sequence[Arrow]) -> Element:
    """A stretch with all calls that take it, as grave as the gravest of them."""
    gravity = _GRAVITIES[_gravest(arrows)]
    optional = all(arrow.optional for arrow in arrows)
    data = {
        "from": " ".join(sorted({arrow.source for arrow in arrows})),
        "to": " ".join(sorted({arrow.target for arrow in arrows})),
        "optional": "true" if optional else "",
        "gravity": "" if gravity == "edge" else gravity,
    }
    tip = "\n".join(arrow.tip for arrow in arrows)
    return group(_stretch(limb, gravity, dashed=optional and limb.ends), kind="edge", title=tip, **data)


def _halo(limb: Limb) -> Iterator[Element]:
    yield group([path(curve(limb.points), stroke="page", line=HALO)], kind="halo")


def _stretch(limb: Limb, paint: str, *, dashed: bool) -> Iterator[Element]:
    line, dash = QUIET_LINE if paint == "edge" else LOUD_LINE, DASH if dashed else ""
    if not limb.ends:
        yield path(curve(limb.points), stroke=paint, line=line, dash=dash)
        return
    points, direction = shortened(limb.points, HEAD * 0.7)
    yield path(curve(points), stroke=paint, line=line, dash=dash)
    yield head(limb.points[-1], direction, paint)


def _joints(found: Arrangement) -> Iterator[Element]:
    for bundle in found.bundles:
        box = found.boxes[bundle.key]
        paint = _GRAVITIES[_gravest(bundle.arrows)]
        joint = disc(box.x + box.width / 2, box.y + box.height / 2, JOINT, paint)
        yield joint if paint == "edge" else group([joint], kind="joint", gravity=paint)
