"""What the failures view shows, before anything has a place: a story of one failure, and the rows of a table."""

from __future__ import annotations

from collections.abc import Mapping

from kmtopo.plugin import frozen
from kmtopo_diagram.signs.forms import Shape
from kmtopo_diagram.signs.states import State


@frozen
class Node:
    """A container, or several that stand alike: ``key`` is the first one's name."""

    key: str
    names: tuple[str, ...]
    title: str
    tip: str
    glyph: str
    shape: Shape
    role: str
    state: State
    fails: bool


@frozen
class Arrow:
    """Who needs whom, or is helped by whom; ``gravity`` is the colour of what it hands on: ``edge``, ``warn``, ``bad``."""

    key: str
    source: str
    target: str
    optional: bool
    gravity: str
    tip: str
    network: str = ""


@frozen
class Story:
    """One scenario: from the left who comes in (``origin``, by name and glyph), and everybody by their calls.

    ``levels`` are the columns; ``doors`` where one comes in; ``quiet`` counts containers that are left out, since
    nothing happens to them and nobody who is drawn calls them.
    """

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    levels: Mapping[str, int]
    doors: tuple[str, ...]
    origin: tuple[str, str] | None
    quiet: int


@frozen
class Column:
    """A container in the head of the table."""

    name: str
    title: str
    glyph: str


@frozen
class Row:
    """A scenario in the table, or several with the same effect.

    ``states`` are those of the columns, or of everybody touched besides who fails; ``titles`` names these by state.
    """

    keys: tuple[str, ...]
    title: str
    detail: tuple[str, ...]
    glyph: str
    states: Mapping[str, State]
    others: Mapping[State, tuple[str, ...]]
    weak: bool
    reach: str
    tenants: Mapping[State, int]
    tip: str
    drawn: bool
