"""What must not happen in a picture: the part of the critique that a machine can do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from xml.etree.ElementTree import ParseError

from kmtopo.plugin import Box, Graph
from kmtopo_diagram.critique.allowed import foreign
from kmtopo_diagram.critique.grounds import TOUCH, apart, beside, covered, ground_of, lies_on, middle, under, within
from kmtopo_diagram.critique.scene import Line, Scene, scene
from kmtopo_diagram.ink.metrics import FLOOR, Face
from kmtopo_diagram.layout.geometry import clash, grown, overlap, runs_over
from kmtopo_diagram.subject.dedicated import folded
from kmtopo_diagram.subject.words import words_for

_FACES: tuple[Face, ...] = ("inter", "dejavu")
_TEXT_CONTRAST = 4.5
_LINE_CONTRAST = 3.0
_REACH = 3.0  # px from the tip of an arrow to what it leads to


def lint(svg: str, *, may_cut: bool = False) -> tuple[str, ...]:
    """Returns what is wrong with a picture in fixed colours; ``may_cut`` allows texts that end in an ellipsis."""
    try:
        seen = scene(svg)
    except ParseError as error:
        return (f"not well-formed: {error}",)
    found = [*foreign(svg), *_sizes(seen), *_contrasts(seen), *_lines_over(seen), *_in_the_air(seen)]
    found += [*_labels_over(seen), *_words_on_pills(seen)]
    for face in _FACES:
        faults = (*_outside(seen, face), *_overlaps(seen, face), *_across(seen, face))
        found += [f"{fault} ({face})" for fault in faults]
    if not may_cut:
        found += [f"cut: {text.content}" for text in seen.texts if text.content.endswith("…")]
    return tuple(dict.fromkeys(found))


def miscounts(svg: str, graph: Graph, on: str = "") -> tuple[str, ...]:
    """Returns where the numbers of things in a picture of the deployment, or of the machine ``on``, differ from the graph's."""
    expected, shown = _numbers_of(graph, on), _numbers_in(scene(svg))
    return tuple(
        f"{kind}: {shown[kind]} instead of {number}" for kind, number in expected.items() if shown[kind] != number
    )


def missing_tenants(svgs: Iterable[str], graph: Graph) -> tuple[str, ...]:
    """Returns the tenants, hosts and zones of a graph that no picture of the tenants' view shows or counts."""
    marks = [mark for svg in svgs for mark in scene(svg).marks]
    shown = {(mark.get("class"), mark.get("data-node") or mark.get("data-zone")) for mark in marks}
    if any(mark.get("class") == "rest" for mark in marks):
        return ()
    deployment = graph.deployment
    things = {("tenant", tenant.name) for tenant in deployment.tenants.values()}
    things |= {("zone", tenant.zone) for tenant in deployment.tenants.values() if tenant.zone}
    things |= {("domain", host) for tenant in deployment.tenants.values() for host in tenant.hosts[:2]}
    return tuple(sorted(f"{kind} {name}" for kind, name in things - shown))


def _numbers_of(graph: Graph, on: str) -> dict[str, int]:
    graph = folded(graph, words_for(graph.deployment.project.locale))
    containers = graph.deployment.containers
    calls = {(e.source.name, e.target.name) for e in graph.calls() if not containers[e.target.name].once}
    machines = {c.vps for c in containers.values() if c.home}
    if not on and len(machines) > 1:
        crossing = sum(containers[source].vps != containers[target].vps for source, target in calls)
        return {"machines": len(machines), "crossing calls": crossing}
    calls = {call for call in calls if not on or on in (containers[call[0]].vps, containers[call[1]].vps)}
    here = {name for name, c in containers.items() if on in ("", c.vps)}
    here |= {target for _, target in calls if containers[target].is_external}
    residents = [containers[name] for name in here if containers[name].home]
    return {
        "containers": len(here),
        "machines": len({c.vps for c in residents}),
        "networks": len({(c.vps, c.home) for c in residents}),
        "calls": len(calls),
    }


def _numbers_in(seen: Scene) -> dict[str, int]:
    return {
        "containers": sum(int(mark.get("data-count", 1)) for mark in seen.marks if "data-role" in mark),
        "machines": _named_in(seen, "host", "data-host"),
        "networks": _named_in(seen, "network", "data-net"),
        "calls": sum(int(mark.get("data-calls", mark.get("class") == "edge")) for mark in seen.marks),
        "crossing calls": sum(int(m["data-calls"]) for m in seen.marks if m.get("data-calls") and _crosses(m)),
    }


def _named_in(seen: Scene, kind: str, data: str) -> int:
    """How many things a picture's frames of a kind stand for: one, or several that are drawn as one."""
    return sum(len(mark.get(data, "").split()) for mark in seen.marks if mark.get("class") == kind)


def _crosses(mark: Mapping[str, str]) -> bool:
    """Whether calls run between machines: along an arrow, or among those that are drawn as one."""
    return "data-net" in mark or mark.get("class") == "host"


def _sizes(seen: Scene) -> Iterator[str]:
    yield from (f"smaller than {FLOOR}: {text.content}" for text in seen.texts if text.size < FLOOR)
    yield from (f"empty at ({text.x:g}, {text.base:g})" for text in seen.texts if not text.content.strip())


def _outside(seen: Scene, face: Face) -> Iterator[str]:
    """Texts off the canvas, or wider than the card, pill or box that they stand in."""
    for text in seen.texts:
        box, ground = text.box(face), ground_of(text, seen)
        if not within(box, seen.canvas):
            yield f"off the canvas: {text.content}"
        elif not within(Box(box.x, ground.y, box.width, 0), ground):
            yield f"over its border: {text.content}"


def _overlaps(seen: Scene, face: Face) -> Iterator[str]:
    boxes = [(text, text.box(face)) for text in seen.texts]
    for (one, box), (other, second) in combinations(boxes, 2):
        if not overlap(box, second, TOUCH):
            continue
        if one.turn or other.turn:
            if clash(one.corners(face), other.corners(face), TOUCH):
                yield f"over each other: {one.content} / {other.content}"
        elif not covered(one, box, seen, before=other.order):
            yield f"over each other: {one.content} / {other.content}"


def _across(seen: Scene, face: Face) -> Iterator[str]:
    """Words that the border of a shape cuts, or that a later shape hides."""
    for text in seen.texts:
        box = text.box(face)
        for ground in seen.grounds:
            if not lies_on(text, ground, face):
                continue
            if ground.order > text.order:
                yield f"hidden: {text.content}"
            elif not within(box, ground.box) and not apart(ground.order, text, box, seen):
                yield f"half on a shape: {text.content}"


def _in_the_air(seen: Scene) -> Iterator[str]:
    """Arrows whose tip touches nothing."""
    for tip in seen.tips:
        if not any(beside(tip.point, body, _REACH) for body in seen.bodies):
            yield f"{' - '.join(sorted(tip.ends))} ends in the air"


def _lines_over(seen: Scene) -> Iterator[str]:
    """Lines through cards that they do not belong to, or through words that have no ground of their own above them."""
    for line in seen.lines:
        for name, card in seen.cards.items():
            if name not in line.ends and runs_over(line.points, grown(card, -1)):
                yield f"{_named(line)} runs through {name}"
        for text in seen.texts:
            box = text.box("dejavu")
            if runs_over(line.points, box) and not apart(line.order, text, box, seen):
                yield f"{_named(line)} runs through the words {text.content}"


def _labels_over(seen: Scene) -> Iterator[str]:
    for label in seen.labels:
        yield from (f"a label lies on {name}" for name, card in seen.cards.items() if overlap(label, card, TOUCH))
    if any(overlap(one, other, TOUCH) for one, other in combinations(seen.labels, 2)):
        yield "a label lies on another"


def _words_on_pills(seen: Scene) -> Iterator[str]:
    """Words on a pill that no ground of their own keeps apart."""
    for text in seen.texts:
        box = text.box()
        for pill in seen.pills:
            if overlap(box, pill.box, TOUCH) and not apart(pill.order, text, box, seen):
                yield f"on a pill: {text.content}"


def _contrasts(seen: Scene) -> Iterator[str]:
    for text in seen.texts:
        ratio = contrast(text.colour, under(text.order, middle(text.box()), seen).colour)
        if ratio < _TEXT_CONTRAST:
            yield f"contrast {ratio:.2f}: {text.content}"
    for line in seen.lines:
        ground = under(line.order, line.points[len(line.points) // 2], seen)
        ratio = contrast(line.colour, ground.colour)
        if ratio < _LINE_CONTRAST:
            yield f"contrast {ratio:.2f}: {_named(line)}"


def contrast(one: str, other: str) -> float:
    """Returns the contrast ratio of two colours ``#RRGGBB``, as WCAG counts it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _named(line: Line) -> str:
    return " - ".join(sorted(line.ends))
