"""The deployment view as an outline: machines around networks around containers."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Graph
from kmtopo_diagram.deployment.picture import Card, NetworkBox, Picture, Pill, VpsBox
from kmtopo_diagram.deployment.reading import read
from kmtopo_diagram.outline import Form, Frame, Link, Outline, Thing, identifier


def outline(graph: Graph) -> Outline:
    """Returns what the deployment view shows, without a place."""
    picture = read(graph)
    return Outline(
        name="deployment",
        project=picture.project,
        title=picture.title,
        environment=graph.deployment.environment.title,
        frames=tuple(_machine(machine) for machine in picture.machines),
        things=(*_people(picture), *(_card(card) for card in picture.outside)),
        links=tuple(_links(picture)),
    )


def _people(picture: Picture) -> Iterator[Thing]:
    if picture.clients:
        yield _pill(picture.clients, "clients", Form.PEOPLE)
    if picture.origin:
        yield _pill(picture.origin, "origin", Form.INTERNET)


def _pill(pill: Pill, name: str, form: Form) -> Thing:
    return Thing(name, pill.title, form, detail=pill.detail)


def _machine(machine: VpsBox) -> Frame:
    return Frame(
        identifier("vps", machine.name),
        machine.title,
        machine.origin,
        detail=machine.detail,
        frames=tuple(_network(machine, box) for box in machine.boxes()),
    )


def _network(machine: VpsBox, box: NetworkBox) -> Frame:
    name = identifier("net", machine.name, box.name)  # one network on two machines is two boxes
    label = f"{box.title} · {box.note}" if box.note else box.title
    return Frame(name, label, box.origin, box.index, things=tuple(map(_card, box.cards())))


def _card(card: Card) -> Thing:
    label = f"{card.title} {card.badge}".rstrip()
    tip = card.tip.removeprefix(f"{card.title} · ")
    return Thing(identifier("c", card.name), label, Form(card.shape.value), card.origin, card.kind, tip)


def _links(picture: Picture) -> Iterator[Link]:
    if picture.clients and picture.origin:
        yield Link("clients", "origin")
    for gate in picture.gates:
        yield Link("origin", identifier("c", gate.target), gate.text, tip=gate.tip)
    for arrow in picture.arrows:
        ends = identifier("c", arrow.source), identifier("c", arrow.target)
        yield Link(*ends, arrow.label, arrow.optional, arrow.index, arrow.tip)
