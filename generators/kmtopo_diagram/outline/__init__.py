"""A view as boxes, things and lines without a place: what tools that draw by themselves are given."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from kmtopo.plugin import Address, frozen


class Form(Enum):
    """What a thing is, told by its shape in every format."""

    PEOPLE = "people"
    INTERNET = "internet"
    ENTRY = "entry"
    SERVICE = "service"
    WORKER = "worker"
    JOB = "job"
    STORE = "store"
    OUTSIDE = "outside"
    TENANT = "tenant"
    CENTRAL = "central"
    DOMAIN = "domain"


@frozen
class Thing:
    """Something that is drawn as one shape; ``detail`` says what it is made of, ``tip`` says it in full.

    ``name`` is an identifier, of letters, digits and ``_``.
    """

    name: str
    label: str
    form: Form
    origin: Address | None = None
    detail: str = ""
    tip: str = ""

    @property
    def is_inside(self) -> bool:
        """Whether it runs here: all but people and what others run."""
        return self.form not in (Form.PEOPLE, Form.INTERNET, Form.OUTSIDE)


@frozen
class Frame:
    """A box around frames and things; ``index`` is the place of the network that it is, None for other frames."""

    name: str
    label: str
    origin: Address | None
    index: int | None = None
    detail: str = ""
    frames: tuple[Frame, ...] = ()
    things: tuple[Thing, ...] = ()

    def paths(self) -> dict[str, str]:
        """Each thing's name with those of the frames around it."""
        found = {thing.name: f"{self.name}.{thing.name}" for thing in self.things}
        for frame in self.frames:
            found |= {name: f"{self.name}.{path}" for name, path in frame.paths().items()}
        return found

    def all_things(self) -> Iterator[Thing]:
        """Everything in it, however deep."""
        for frame in self.frames:
            yield from frame.all_things()
        yield from self.things


@frozen
class Link:
    """A line from one thing to another; ``index`` is the place of the network that carries it."""

    source: str
    target: str
    label: str = ""
    optional: bool = False
    index: int | None = None
    tip: str = ""


@frozen
class Outline:
    """A whole view: ``things`` stand outside of all frames; ``across``: it is read from left to right."""

    name: str
    project: str
    title: str
    environment: str
    frames: tuple[Frame, ...]
    things: tuple[Thing, ...]
    links: tuple[Link, ...]
    across: bool = False

    def paths(self) -> dict[str, str]:
        """Each thing's name with those of the frames around it: ``vps.net.backend``."""
        found = {thing.name: thing.name for thing in self.things}
        for frame in self.frames:
            found |= frame.paths()
        return found

    def all_things(self) -> Iterator[Thing]:
        """Everything that is drawn as one shape, those outside first."""
        yield from self.things
        for frame in self.frames:
            yield from frame.all_things()


def identifier(kind: str, *slugs: str) -> str:
    """Makes slugs a plain word, as all formats want; two never become one."""
    # A slug has no two hyphens in a row.
    return f"{kind}_{'__'.join(slug.replace('-', '_').lstrip('@') for slug in slugs)}"
