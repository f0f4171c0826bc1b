"""The forms of containers: what each is, told by the outline of its card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import Enum

from kmtopo.plugin import Box, Container, frozen
from kmtopo_diagram.ink.svg import Element, number, path, rect
from kmtopo_diagram.layout.geometry import grown

ELSEWHERE_DASH = "2 3"  # the outline of what is drawn here and runs elsewhere
STACK = 4.0
_CURVE = 7.0  # how far a cylinder's lid bends


class Shape(Enum):
    """What a container is, told by the form of its card."""

    ENTRY = "entry"
    SERVICE = "service"
    WORKER = "worker"
    JOB = "job"
    STORE = "store"
    OUTSIDE = "outside"
    ELSEWHERE = "elsewhere"


@frozen
class Paint:
    """How a form is painted; ``stroke`` and ``line`` (px) stand in for its own where they are given."""

    fill: str = "card"
    stroke: str = ""
    line: float = 0.0
    dash: str = ""


PLAIN = Paint()

_SHAPES = {
    "worker": Shape.WORKER,
    "job": Shape.JOB,
    "database": Shape.STORE,
    "cache": Shape.STORE,
    "external": Shape.OUTSIDE,
}


def shape_of(container: Container, entries: Iterable[Container]) -> Shape:
    """Chooses the form: what runs once is a job whatever its role; a service without a port is a worker."""
    if container.once:
        return Shape.JOB
    if container in entries:
        return Shape.ENTRY
    shape = _SHAPES.get(container.role, Shape.SERVICE)
    return Shape.WORKER if shape is Shape.SERVICE and container.port is None else shape


def form(shape: Shape, face: Box, paint: Paint = PLAIN, radius: float = 8, stack: float = STACK) -> Iterator[Element]:
    """Draws the form of a container into its box; ``stack`` is how far the second card of a stack stands out of it, px."""
    if shape is Shape.STORE:
        yield from cylinder(face, paint=paint)
    elif shape is Shape.JOB:
        yield ticket(face, paint=paint)
    elif shape is Shape.OUTSIDE:
        yield _plain(face, paint, radius=min(28.0, face.height / 2))
    elif shape is Shape.ELSEWHERE:
        yield _plain(face, replace(paint, dash=paint.dash or ELSEWHERE_DASH), stroke="form", radius=radius)
    elif shape is Shape.ENTRY:
        yield _plain(grown(face, -0.4), paint, stroke="ink", line=1.8, radius=radius)
    elif shape is Shape.WORKER:
        yield _plain(Box(face.x + stack, face.y - stack, face.width, face.height), paint, stroke="form", radius=radius)
        yield _plain(face, paint, stroke="form", radius=radius)
    else:
        yield _plain(face, paint, radius=radius)


def _plain(face: Box, paint: Paint, *, radius: float, stroke: str = "cardline", line: float = 1.2) -> Element:
    return rect(
        face.x,
        face.y,
        face.width,
        face.height,
        fill=paint.fill,
        stroke=paint.stroke or stroke,
        radius=radius,
        line=paint.line or line,
        dash=paint.dash,
    )


def cylinder(face: Box, curve: float = _CURVE, paint: Paint = PLAIN) -> Iterator[Element]:
    """A store: a cylinder as seen from a little above."""
    left, right = number(face.x), number(face.x + face.width)
    top, bottom = face.y + curve, face.y + face.height - curve
    over, under, lid = (number(y) for y in (top - curve * 1.35, bottom + curve * 1.35, top + curve * 1.3))
    stroke, line = paint.stroke or "form", paint.line or 1.2
    yield path(
        f"M{left} {number(top)}V{number(bottom)}C{left} {under} {right} {under} {right} {number(bottom)}"
        f"V{number(top)}C{right} {over} {left} {over} {left} {number(top)}Z",
        fill=paint.fill,
        stroke=stroke,
        line=line,
        dash=paint.dash,
    )
    yield path(f"M{left} {number(top)}C{left} {lid} {right} {lid} {right} {number(top)}", stroke=stroke, line=line)


def ticket(face: Box, cut: float = 14, radius: float = 8, paint: Paint = PLAIN) -> Element:
    """A job: a card with a corner cut off, like a stamped ticket."""
    x, y, right, bottom, r = face.x, face.y, face.x + face.width, face.y + face.height, radius
    return path(
        f"M{number(x + r)} {number(y)}H{number(right - cut)}L{number(right)} {number(y + cut)}V{number(bottom - r)}"
        f"Q{number(right)} {number(bottom)} {number(right - r)} {number(bottom)}H{number(x + r)}"
        f"Q{number(x)} {number(bottom)} {number(x)} {number(bottom - r)}V{number(y + r)}"
        f"Q{number(x)} {number(y)} {number(x + r)} {number(y)}Z",
        fill=paint.fill,
        stroke=paint.stroke or "form",
        line=paint.line or 1.2,
        dash=paint.dash,
    )
