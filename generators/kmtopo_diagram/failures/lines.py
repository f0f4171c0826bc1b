"""The lines of a story: calls of several to the same ones run through one middle, others by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from kmtopo.plugin import Box, Point, frozen
from kmtopo_diagram.failures.picture import Arrow, Story
from kmtopo_diagram.failures.placing import ORIGIN
from kmtopo_diagram.layout.bundling import Bundle
from kmtopo_diagram.layout.geometry import Line
from kmtopo_diagram.layout.leads import Leads, least_crossed
from kmtopo_diagram.layout.passages import Passages
from kmtopo_diagram.layout.ways import EDGE, LANDING, foot, spread

_ARRIVALS = 9.0  # px between two arrow heads


@frozen
class Limb:
    """A stretch of line, drawn downwards; ``ends`` in an arrow head."""

    key: str
    source: str
    target: str
    points: tuple[Point, ...]
    ends: bool


@frozen
class _Way:
    key: str
    source: str
    target: str

    @property
    def joins(self) -> bool:
        """Whether it ends in a bundle's middle."""
        return self.target.startswith("@")


def limbs(story: Story, bundles: Sequence[Bundle[Arrow]], boxes: Mapping[str, Box]) -> dict[str, Limb]:
    """Returns every stretch of line by its key: an arrow's, ``gate:…``, or a bundle's name for it."""
    ways = tuple(_ways(story, bundles))
    leads = {way.key: (_middle(boxes[way.target]), _middle(boxes[way.source])) for way in ways}
    lines = least_crossed(partial(_lines, ways, boxes), leads)
    return {way.key: Limb(way.key, way.source, way.target, lines[way.key], not way.joins) for way in ways}


def _lines(ways: Sequence[_Way], boxes: Mapping[str, Box], leads: Leads) -> dict[str, Line]:
    """Draws the shortest first: whoever goes farther knows whom to pass."""
    starts, ends = _starts(ways, boxes, leads), _ends(ways, boxes, leads)
    passages = Passages({name: box for name, box in boxes.items() if not _is_middle(name)})
    found = {}
    for way in sorted(ways, key=lambda way: abs(ends[way.key][1] - starts[way.key][1])):
        landing = 0.0 if way.joins else LANDING
        found[way.key] = passages.line([starts[way.key]], ends[way.key], way.source, way.target, landing)
    return found


def keys_of(arrow: Arrow, bundles: Iterable[Bundle[Arrow]]) -> tuple[str, ...]:
    """Returns the stretches that an arrow consists of."""
    for bundle in bundles:
        if arrow in bundle.arrows:
            return bundle.limb_from(arrow.source), bundle.limb_to(arrow.target)
    return (arrow.key,)


def _ways(story: Story, bundles: Sequence[Bundle[Arrow]]) -> Iterator[_Way]:
    bound = {arrow.key for bundle in bundles for arrow in bundle.arrows}
    if story.origin:
        yield from (_Way(f"gate:{door}", ORIGIN, door) for door in story.doors)
    yield from (_Way(a.key, a.source, a.target) for a in story.arrows if a.key not in bound)
    for bundle in bundles:
        yield from (_Way(bundle.limb_from(source), source, bundle.key) for source in bundle.sources)
        yield from (_Way(bundle.limb_to(target), bundle.key, target) for target in bundle.targets)


def _starts(ways: Iterable[_Way], boxes: Mapping[str, Box], leads: Leads) -> dict[str, Point]:
    """Spreads the lines that leave one card along its foot, in the order of where they lead."""
    leaving: dict[str, list[tuple[float, str]]] = {}
    for way in ways:
        leaving.setdefault(way.source, []).append((leads[way.key][0], way.key))
    starts: dict[str, Point] = {}
    for source, fan in leaving.items():
        box = boxes[source]
        if _is_middle(source):
            starts |= {key: (_middle(box), box.y + box.height / 2) for _, key in fan}
            continue
        fan.sort()
        feet = spread([foot(box, x) for x, _ in fan], box.x + EDGE, box.x + box.width - EDGE)
        starts |= {key: (x, box.y + box.height) for x, (_, key) in zip(feet, fan, strict=True)}
    return starts


def _ends(ways: Iterable[_Way], boxes: Mapping[str, Box], leads: Mapping[str, tuple[float, float]]) -> dict[str, Point]:
    """Keeps the heads of lines apart that arrive at one card, in the order of where they come from."""
    arriving: dict[str, list[tuple[float, str]]] = {}
    for way in ways:
        arriving.setdefault(way.target, []).append((leads[way.key][1], way.key))
    ends: dict[str, Point] = {}
    for target, fan in arriving.items():
        box = boxes[target]
        if _is_middle(target):
            ends |= {key: (_middle(box), box.y + box.height / 2) for _, key in fan}
            continue
        fan.sort()
        step = min(_ARRIVALS, (box.width - 2 * EDGE) / max(len(fan) - 1, 1))
        for place, (_, key) in enumerate(fan):
            ends[key] = (_middle(box) + (place - (len(fan) - 1) / 2) * step, box.y)
    return ends


def _is_middle(name: str) -> bool:
    return name.startswith("@") and name != ORIGIN


def _middle(box: Box) -> float:
    return box.x + box.width / 2
