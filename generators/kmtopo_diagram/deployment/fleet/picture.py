"""What a fleet's picture shows, before anything has a place."""

from __future__ import annotations

from kmtopo.plugin import frozen
from kmtopo_diagram.deployment.picture import Bar, Pill
from kmtopo_diagram.subject.words import Words


@frozen
class Berth:
    """One of several machines that are drawn as one; ``names`` are more than one where there is no room for a line of each."""

    names: tuple[str, ...]
    title: str
    detail: str
    bars: tuple[Bar, ...]


@frozen
class Ship:
    """A machine, or several that stand alike: then ``berths`` has a line for each, and ``name`` is the first one's.

    ``taps`` are the places of the networks that its containers are on.
    """

    name: str
    title: str
    detail: str
    cost: str
    bars: tuple[Bar, ...]
    taps: tuple[int, ...]
    names: tuple[str, ...]
    berths: tuple[Berth, ...] = ()
    inner_calls: int = 0


@frozen
class Convoy:
    """All calls from one machine (or from outside) to another (or to a system of others) over one network."""

    key: str
    source: str
    target: str
    network: str
    index: int | None
    calls: int
    optional: bool
    label: str
    tip: str


@frozen
class Fleet:
    """The whole view; ``networks`` are those of its arrows and taps, by place and title."""

    words: Words
    name: str
    project: str
    title: str
    subtitle: str
    description: str
    origin: Pill | None
    ships: tuple[Ship, ...]
    outside: tuple[Pill, ...]
    convoys: tuple[Convoy, ...]
    networks: tuple[tuple[int, str], ...]
