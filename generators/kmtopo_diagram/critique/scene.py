"""An SVG read back as a scene: what is painted where, in the order of painting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import inf
from xml.etree import ElementTree

from kmtopo.plugin import Box, Point, frozen
from kmtopo_diagram.ink.metrics import Face, Weight, text_width
from kmtopo_diagram.layout.geometry import along, bounds, turned

_SVG = "{http://www.w3.org/2000/svg}"
_ASCENT = 0.76  # of the font's size, above the base line
_DESCENT = 0.16
_CARD = 100.0  # px: what is narrower on a container's card is no ground of its own
_FORMS = ("tenant", "domain", "space", "host")
_BODIES = (*_FORMS, "node", "pill", "data")
_LINES = ("edge", "way")
_COMMAND = re.compile(r"([MLHVCQZ])([^A-Za-z]*)")
_DISC = re.compile(r"M(-?[\d.]+) (-?[\d.]+)a([\d.]+) [^a]*a[^a]*Z")
_HEAD = re.compile(r"M[-\d. ]+L[-\d. ]+L[-\d. ]+Z")
_TURN = re.compile(r"rotate\((-?\d+)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@frozen
class Text:
    """A line of text; ``order`` counts what is painted."""

    order: int
    content: str
    x: float
    base: float
    size: float
    weight: Weight
    anchor: str
    colour: str
    turn: float = 0.0
    """Degrees, clockwise, around (x, base)."""
    after: Text | None = None
    """The words that it follows: ``x`` counts from their end."""

    def box(self, face: Face = "inter") -> Box:
        """The bounds of the letters, in a font."""
        return bounds(self.corners(face)) if self.turn else self._level(face)

    def corners(self, face: Face = "inter") -> tuple[Point, ...]:
        """The corners of the letters' own rectangle, however it is turned."""
        box = self._level(face)
        right, bottom = box.x + box.width, box.y + box.height
        corners = ((box.x, box.y), (right, box.y), (right, bottom), (box.x, bottom))
        return tuple(turned(corner, (self.x, self.base), self.turn) for corner in corners)

    def _level(self, face: Face) -> Box:
        width = text_width(self.content, self.size, self.weight, face)
        shift = {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        if self.after is not None:
            before = self.after.box(face)
            shift = -before.x - before.width
        return Box(self.x - shift, self.base - _ASCENT * self.size, width, (_ASCENT + _DESCENT) * self.size)


@frozen
class Ground:
    """A filled shape, by its bounds; ``radius`` of its corners, px."""

    order: int
    box: Box
    colour: str
    radius: float = 0.0


@frozen
class Line:
    """A stretch of a call: its chords, its colour, and those at its ends."""

    order: int
    points: tuple[Point, ...]
    colour: str
    ends: frozenset[str]


@frozen
class Tip:
    """Where an arrow ends, and those at the ends of its call."""

    point: Point
    ends: frozenset[str]


@frozen
class Scene:
    """Everything that can be in another's way."""

    canvas: Box
    texts: tuple[Text, ...]
    grounds: tuple[Ground, ...]
    lines: tuple[Line, ...]
    tips: tuple[Tip, ...]
    bodies: tuple[Box, ...]
    """What an arrow may end at."""
    cards: Mapping[str, Box]
    labels: tuple[Box, ...]
    pills: tuple[Ground, ...]
    marks: tuple[Mapping[str, str], ...]
    """The ``class`` and ``data-…`` attributes of every group."""


def scene(svg: str) -> Scene:
    """Reads a picture with fixed colours.

    Raises:
        xml.etree.ElementTree.ParseError: it is not well-formed.
    """
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own output, which has no entities
    painted = [(order, *each) for order, each in enumerate(_painted(root, {}))]
    return Scene(
        canvas=Box(0, 0, float(root.attrib["width"]), float(root.attrib["height"])),
        texts=tuple(_texts(painted)),
        grounds=tuple(ground for _, ground in _grounds(painted)),
        lines=tuple(_lines(painted)),
        tips=tuple(_tips(painted)),
        bodies=tuple(_bodies(painted)),
        cards=dict(_cards(painted)),
        labels=tuple(ground.box for mark, ground in _grounds(painted) if mark.get("class") in ("label", "gate")),
        pills=tuple(ground for mark, ground in _grounds(painted) if mark.get("class") == "pill"),
        marks=tuple(dict(group.attrib) for group in root.iter(f"{_SVG}g")),
    )


Painted = tuple[int, ElementTree.Element, Mapping[str, str]]


def _cards(painted: list[Painted]) -> Iterator[tuple[str, Box]]:
    """What no foreign line may run through, by name: of a container its last large shape, of anything else its first."""
    seen: set[str] = set()
    for mark, ground in _grounds(painted):
        name = mark.get("data-node", "")
        if mark.get("class") == "node" and ground.box.width > _CARD:
            yield name, ground.box
        elif name and mark.get("class") in _FORMS and name not in seen:
            seen.add(name)
            yield name, ground.box


def _painted(
    element: ElementTree.Element, group: Mapping[str, str]
) -> Iterator[tuple[ElementTree.Element, Mapping[str, str]]]:
    """Everything that is painted, with the attributes of the innermost group that says what it is."""
    for child in element:
        if child.tag == f"{_SVG}g":
            yield from _painted(child, child.attrib if "class" in child.attrib else group)
        elif child.tag in (f"{_SVG}rect", f"{_SVG}path", f"{_SVG}text"):
            yield child, group
            yield from ((aside, group) for aside in child.iter(f"{_SVG}tspan"))


def _texts(painted: list[Painted]) -> Iterator[Text]:
    last: Text | None = None
    for order, element, _ in painted:
        if element.tag == f"{_SVG}text":
            last = _text(order, element)
            yield last
        elif element.tag == f"{_SVG}tspan" and last is not None:
            yield _aside(order, element, last)


def _aside(order: int, element: ElementTree.Element, after: Text) -> Text:
    gap, size = float(element.attrib["dx"]), float(element.attrib["font-size"])
    return Text(order, element.text or "", gap, after.base, size, 400, "start", element.attrib["fill"], after=after)


def _text(order: int, element: ElementTree.Element) -> Text:
    return Text(
        order,
        element.text or "",
        float(element.attrib["x"]),
        float(element.attrib["y"]),
        float(element.attrib["font-size"]),
        600 if element.get("font-weight") == "600" else 400,
        element.get("text-anchor", "start"),
        element.attrib["fill"],
        float(turn[1]) if (turn := _TURN.match(element.get("transform", ""))) else 0.0,
    )


def _grounds(painted: list[Painted]) -> Iterator[tuple[Mapping[str, str], Ground]]:
    for order, element, mark in painted:
        box = None if element.get("fill") == "none" else _box(element)
        if box is not None:
            yield mark, Ground(order, box, element.attrib["fill"], _radius(element, box))


def _radius(element: ElementTree.Element, box: Box) -> float:
    round_ = inf if _DISC.fullmatch(element.get("d", "")) else float(element.get("rx", 0))
    return min(round_, box.width / 2, box.height / 2)


def _box(element: ElementTree.Element) -> Box | None:
    """The bounds of a shape; None for texts and pictograms, which lie under nothing."""
    if element.tag == f"{_SVG}rect":
        x, y, width, height = (float(element.attrib[side]) for side in ("x", "y", "width", "height"))
        return Box(x, y, width, height)
    if element.tag == f"{_SVG}path" and (disc := _DISC.fullmatch(element.attrib["d"])):
        x, y, radius = map(float, disc.groups())
        return Box(x, y - radius, 2 * radius, 2 * radius)
    if element.tag == f"{_SVG}path" and "transform" not in element.attrib:
        points = _corners(element.attrib["d"])
        return bounds(points) if points else None
    return None


def _corners(data: str) -> list[Point]:
    """The points of a path with absolute commands; none for others."""
    if re.search(r"[a-z]", data):
        return []
    found: list[Point] = []
    x = y = 0.0
    for command, written in _COMMAND.findall(data):
        numbers = [float(each) for each in _NUMBER.findall(written)]
        if command in "HV":
            x, y = (numbers[0], y) if command == "H" else (x, numbers[0])
            found.append((x, y))
            continue
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        found += points
        x, y = points[-1] if points else (x, y)
    return found


def _lines(painted: list[Painted]) -> Iterator[Line]:
    for order, element, mark in painted:
        if mark.get("class") in _LINES and element.get("fill") == "none" and element.tag == f"{_SVG}path":
            ends = _ends(mark)
            corners = tuple(_corners(element.attrib["d"]))
            points = along(corners) if "C" in element.attrib["d"] else corners
            yield Line(order, points, element.attrib["stroke"], ends)


def _tips(painted: list[Painted]) -> Iterator[Tip]:
    """The first corner of every filled triangle of a call."""
    for _, element, mark in painted:
        if mark.get("class") in _LINES and _HEAD.fullmatch(element.get("d", "")) and element.get("fill") != "none":
            yield Tip(_corners(element.attrib["d"])[0], _ends(mark))


def _bodies(painted: list[Painted]) -> Iterator[Box]:
    """Cards, machines and what else is called; a port's badge on its own line, too."""
    for _, element, mark in painted:
        own = mark.get("class") in _LINES and element.tag == f"{_SVG}rect"
        box = _box(element) if own or mark.get("class") in _BODIES else None
        if box is not None and element.get("fill") != "none":
            yield box


def _ends(mark: Mapping[str, str]) -> frozenset[str]:
    return frozenset(f"{mark['data-from']} {mark['data-to']}".split())
