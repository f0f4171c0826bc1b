"""What a deployment picture shows, before anything has a place: boxes, cards, arrows and words."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Address, frozen
from kmtopo_diagram.signs.fates import Fate
from kmtopo_diagram.signs.forms import Shape
from kmtopo_diagram.subject.words import Words


@frozen
class Chip:
    """A small fact on a card: a glyph, a text, or both; ``tip`` says it in full."""

    text: str = ""
    glyph: str = ""
    tip: str = ""


@frozen
class Card:
    """A container. ``taps`` are the places of its networks in the picture, ``badge`` its port.

    ``is_local``: this machine alone can connect from outside the networks, at the badge's port or at ``loopback``.
    ``count`` is more than 1 where it stands for several, its ``members``, who have ``inner_calls`` among themselves.
    """

    name: str
    origin: Address
    title: str
    kind: str
    glyph: str
    shape: Shape
    role: str
    networks: tuple[str, ...]
    taps: tuple[int, ...]
    chips: tuple[Chip, ...]
    badge: str
    is_local: bool
    loopback: str
    tip: str
    fate: Fate = Fate.SAME
    count: int = 1
    inner_calls: int = 0
    members: tuple[str, ...] = ()


@frozen
class NetworkBox:
    """A network on one machine, with the containers that are at home there, in rows from the top."""

    name: str
    origin: Address
    title: str
    note: str
    index: int
    rows: tuple[tuple[Card, ...], ...]
    fate: Fate = Fate.SAME

    def cards(self) -> Iterator[Card]:
        """Its cards, from the top."""
        return (card for row in self.rows for card in row)


@frozen
class Bar:
    """How much of a capacity is spoken for: ``share`` of at most 1, how grave that is (``ink2``, ``warn``, ``bad``), the per cent.

    ``short`` names it where there is little room.
    """

    label: str
    short: str
    value: str
    share: float
    colour: str
    percent: str


@frozen
class VpsBox:
    """A machine: its networks on shelves from the top, several side by side on one shelf where they are peers."""

    name: str
    origin: Address
    title: str
    detail: str
    ip: str
    cost: str
    bars: tuple[Bar, ...]
    shelves: tuple[tuple[NetworkBox, ...], ...]
    fate: Fate = Fate.SAME

    def boxes(self) -> Iterator[NetworkBox]:
        """Its networks, from the top."""
        return (box for shelf in self.shelves for box in shelf)


@frozen
class Arrow:
    """A call from client to server. ``index`` is the network's place, None for a public way; ``label`` the protocol.

    ``calls`` is more than 1 where it stands for several.
    """

    key: str
    source: str
    target: str
    index: int | None
    network: str
    optional: bool
    label: str
    tip: str
    fate: Fate = Fate.SAME
    calls: int = 1


@frozen
class Pill:
    """Somebody or something outside the machines."""

    name: str
    title: str
    detail: str
    glyph: str


@frozen
class Gate:
    """A way in: the container it leads to, and what the tab on the machine's border says."""

    target: str
    text: str
    glyph: str
    tip: str


@frozen
class Picture:
    """The whole view; ``name`` tells it from other pictures in one document.

    ``clients`` come to ``origin`` (the Internet, or the developer), which leads through the gates. ``unhoused`` are
    the networks in which nobody is at home, by place and title: they have no box. ``callers`` and some of ``outside``
    stand for containers of other machines. ``strip`` has the facts of the only machine, where they stand above it.
    """

    words: Words
    name: str
    project: str
    title: str
    subtitle: str
    description: str
    origin: Pill | None
    clients: Pill | None
    gates: tuple[Gate, ...]
    machines: tuple[VpsBox, ...]
    outside: tuple[Card, ...]
    arrows: tuple[Arrow, ...]
    unhoused: tuple[tuple[int, str], ...] = ()
    callers: tuple[Card, ...] = ()
    strip: VpsBox | None = None

    def boxes(self) -> Iterator[NetworkBox]:
        """All network boxes, from the top."""
        return (box for machine in self.machines for box in machine.boxes())

    def cards(self) -> Iterator[Card]:
        """All cards, from the top: first the callers elsewhere, last whoever is outside."""
        yield from self.callers
        yield from (card for box in self.boxes() for card in box.cards())
        yield from self.outside
