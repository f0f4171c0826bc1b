"""The deployment view: a graph becomes the best of several layouts, drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kmtopo.plugin import Box, Graph
from kmtopo_diagram.deployment.arrangement import arrangements, network_group, vps_group
from kmtopo_diagram.deployment.captions import NOTE_SIZE, SWATCH
from kmtopo_diagram.deployment.cards import card
from kmtopo_diagram.deployment.frames import network_frame, network_words, pill_frame
from kmtopo_diagram.deployment.gathering import gathered
from kmtopo_diagram.deployment.header import machine_band, network_band
from kmtopo_diagram.deployment.legend import legend
from kmtopo_diagram.deployment.machines import machine_frame, machine_strip, machine_words
from kmtopo_diagram.deployment.picture import Gate, Picture
from kmtopo_diagram.deployment.reading import read
from kmtopo_diagram.deployment.score import score
from kmtopo_diagram.deployment.sheet import Sheet, sheet
from kmtopo_diagram.deployment.sizes import FOOT, PILL_HEIGHT, STRIP, TAB_STEP, TOP
from kmtopo_diagram.deployment.strands import crossing_x, labels, strands, tab, tab_width
from kmtopo_diagram.ink.metrics import widest
from kmtopo_diagram.ink.svg import Drawing, Element, group, path
from kmtopo_diagram.layout.geometry import overlap, straight
from kmtopo_diagram.signs.headings import MARGIN, heading
from kmtopo_diagram.signs.strokes import curve, head

_MUCH = 60.0  # two crossings and a little: for less a picture that somebody knows does not change its rows


def deployment(graph: Graph, on: str = "") -> Drawing:
    """Draws the deployment of one environment, or of the machine ``on`` alone."""
    return drawn(best_sheet(gathered(read(graph, on))))


def best_sheet(picture: Picture) -> Sheet:
    """Lays out every arrangement and returns the best: the first one, unless another is much better."""
    first, *others = map(sheet, arrangements(picture))
    best = min(others, key=score, default=first)
    return best if score(best) < score(first) - _MUCH else first


def drawn(sheet: Sheet) -> Drawing:
    """Draws a sheet, from back to front."""
    picture = sheet.picture
    foot, height = legend(sheet, MARGIN, sheet.height + 22, sheet.width - 2 * MARGIN)
    return Drawing(
        name=picture.name,
        width=sheet.width,
        height=sheet.height + 22 + height,
        language=picture.words.language,
        title=f"{picture.project} · {picture.title}",
        description=picture.description,
        elements=(*body(sheet), foot),
    )


def body(sheet: Sheet) -> Iterator[Element]:
    """Draws everything above the legend."""
    picture = sheet.picture
    yield from heading(picture.title, picture.subtitle, sheet.width)
    yield from _strip(sheet)
    yield from _grounds(sheet)
    yield from _outside_line(sheet)
    yield from strands(sheet)
    yield from _headers(sheet)
    yield from (card(content, sheet.cards[content.name]) for content in picture.cards())
    yield from _people(sheet)
    yield from _tabs(sheet)
    yield from labels(sheet, _taken(sheet))


def _strip(sheet: Sheet) -> Iterator[Element]:
    if sheet.picture.strip:
        yield machine_strip(sheet.picture.strip, Box(MARGIN, TOP - 6, sheet.width - 2 * MARGIN, STRIP))


def _grounds(sheet: Sheet) -> Iterator[Element]:
    for machine in sheet.picture.machines:
        yield machine_frame(machine, sheet.groups[vps_group(machine)])
        for box in machine.boxes():
            yield network_frame(box, sheet.groups[network_group(machine, box)])


def _headers(sheet: Sheet) -> Iterator[Element]:
    lines = [limb.points for limb in sheet.limbs()]
    for machine in sheet.picture.machines:
        yield machine_words(machine, sheet.groups[vps_group(machine)], lines)
        for box in machine.boxes():
            name = network_group(machine, box)
            yield network_words(box, sheet.groups[name], sheet.captions[name])


def _people(sheet: Sheet) -> Iterator[Element]:
    picture = sheet.picture
    if picture.origin:
        yield pill_frame(picture.origin, replace(sheet.cards[picture.origin.name], height=PILL_HEIGHT))
    if picture.clients and sheet.clients:
        yield pill_frame(picture.clients, sheet.clients)


def _outside_line(sheet: Sheet) -> Iterator[Element]:
    """The arrow from the clients to the Internet."""
    picture = sheet.picture
    if picture.origin is None or sheet.clients is None or picture.clients is None:
        return
    origin, y = sheet.cards[picture.origin.name], sheet.clients.y + sheet.clients.height / 2
    leftward = sheet.clients.x > origin.x
    start = sheet.clients.x if leftward else sheet.clients.x + sheet.clients.width
    end = origin.x + origin.width if leftward else origin.x
    way = -1 if leftward else 1
    line = path(curve(straight((start, y), (end - way * 7, y))), stroke="edge", line=1.8)
    yield group(
        [line, head((end, y), (way, 0), "edge")],
        kind="way",
        title=f"{picture.clients.title} → {picture.origin.title}",
        **{"from": "clients", "to": "internet"},
    )


def _tabs(sheet: Sheet) -> Iterator[Element]:
    for gate, box in _tab_boxes(sheet):
        yield tab(gate, box.x + box.width / 2, box.y + box.height / 2)


def _tab_boxes(sheet: Sheet) -> Iterator[tuple[Gate, Box]]:
    """Where each way in crosses its machine's upper border; one that would cover another slides up its line."""
    placed: list[Box] = []
    homes = {
        card.name: sheet.groups[vps_group(machine)]
        for machine in sheet.picture.machines
        for box in machine.boxes()
        for card in box.cards()
    }
    for gate in (gate for gate in sheet.picture.gates if gate.target in homes):
        steps = (
            _tab_box(gate, sheet, homes[gate.target].y - step * TAB_STEP) for step in range(len(sheet.picture.gates))
        )
        free = (box for box in steps if not any(overlap(box, other) for other in placed))
        placed.append(next(free, _tab_box(gate, sheet, homes[gate.target].y)))
        yield gate, placed[-1]


def _tab_box(gate: Gate, sheet: Sheet, y: float) -> Box:
    width = tab_width(gate)
    x = crossing_x(sheet.gates[gate.target], y) - width / 2
    return Box(min(max(x, MARGIN / 2), sheet.width - MARGIN / 2 - width), y - 11, width, 22)


def _taken(sheet: Sheet) -> Iterator[Box]:
    """What a label must not cover: cards, tabs, headers."""
    yield from (box for name, box in sheet.cards.items() if not name.startswith("@e"))
    yield from (box for _, box in _tab_boxes(sheet))
    for machine in sheet.picture.machines:
        host = sheet.groups[vps_group(machine)]
        yield machine_band(host)
        yield Box(host.x, host.y + host.height - FOOT, host.width, FOOT)
        for box in machine.boxes():
            at = sheet.captions[network_group(machine, box)]
            band = network_band(sheet.groups[network_group(machine, box)])
            yield Box(at.name_x, band.y, SWATCH + widest(at.name.text, at.name.size, 600), band.height)
            note = widest(at.note, NOTE_SIZE)
            yield Box(at.note_end - note, band.y, note, band.height)
