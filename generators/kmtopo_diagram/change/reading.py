"""Two graphs -> the deployment picture of both, with what became of each thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kmtopo.plugin import Graph
from kmtopo_diagram.change.fate import Verdict, verdict
from kmtopo_diagram.change.narrowing import narrowed
from kmtopo_diagram.change.union import united
from kmtopo_diagram.change.words import ChangeWords, change_words
from kmtopo_diagram.deployment.picture import Card, NetworkBox, Picture, VpsBox
from kmtopo_diagram.deployment.reading import read
from kmtopo_diagram.signs.fates import Fate
from kmtopo_diagram.subject.calls import pairs
from kmtopo_diagram.subject.naming import told_apart

FATES = (Fate.ADDED, Fate.REMOVED, Fate.CHANGED)
_SIGNS = {Fate.ADDED: "+", Fate.REMOVED: "–", Fate.CHANGED: "~"}


def compared(before: Graph, after: Graph, against: str) -> tuple[Picture, Verdict, int]:
    """Returns the picture of a change, what it says, and how many containers are left out; ``against`` names the other side.

    Capacities are left out: they are of one side only, and what they come to is told by ``kmtopo diff``.
    """
    judged = verdict(before, after)
    words = change_words(after.deployment.project.locale)
    both = united(before, after)
    drawn = narrowed(both, judged)
    picture = read(told_apart(drawn))
    picture = replace(
        picture,
        name=f"change-{after.deployment.environment.name}",
        title=f"{words.view} · {after.deployment.environment.title}",
        machines=tuple(_machine(machine, judged) for machine in picture.machines),
        outside=tuple(_card(card, judged) for card in picture.outside),
        arrows=tuple(replace(arrow, fate=judged.call(arrow.source, arrow.target)) for arrow in picture.arrows),
    )
    said = ", ".join(_counts(both, judged, words)) or words.nothing
    left_out = len(both.deployment.containers) - len(drawn.deployment.containers)
    subtitle = f"{words.against.format(against=against)} — {said}"
    return replace(picture, subtitle=subtitle, description=f"{subtitle}. {picture.description}"), judged, left_out


def _machine(machine: VpsBox, judged: Verdict) -> VpsBox:
    shelves = tuple(tuple(_network(box, judged) for box in shelf) for shelf in machine.shelves)
    return replace(machine, fate=judged.machine(machine.name), shelves=shelves, bars=())


def _network(box: NetworkBox, judged: Verdict) -> NetworkBox:
    rows = tuple(tuple(_card(card, judged) for card in row) for row in box.rows)
    return replace(box, fate=judged.network(box.name), rows=rows)


def _card(card: Card, judged: Verdict) -> Card:
    return replace(card, fate=judged.container(card.name))


def _counts(both: Graph, judged: Verdict, words: ChangeWords) -> Iterator[str]:
    """How many things of each kind have which fate, with the signs of ``kmtopo diff``."""
    deployment = both.deployment
    kinds: tuple[tuple[str, Iterable[Fate]], ...] = (
        (words.machines, map(judged.machine, deployment.vps)),
        (words.containers, map(judged.container, deployment.containers)),
        (words.networks, map(judged.network, deployment.networks)),
        (words.calls, (judged.call(pair.source, pair.target) for pair in pairs(both))),
    )
    for noun, fates in kinds:
        numbers = Counter(fates)
        signs = [f"{_SIGNS[fate]}{numbers[fate]}" for fate in FATES if numbers[fate]]
        if signs:
            yield f"{noun} {' '.join(signs)}"
    before, after = (len(side.deployment.tenants) for side in (judged.before, judged.after))
    if before != after:
        yield f"{words.tenants} {words.formerly.format(after=after, before=before)}"
