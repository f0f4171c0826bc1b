"""What a tenants' picture shows, before anything has a place: zones, tenants, their hosts and their data."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import frozen
from kmtopo_diagram.subject.words import Words
from kmtopo_diagram.tenants.words import TenantWords


@frozen
class Space:
    """What a tenant has to itself in a store; ``name`` is empty where the application makes it."""

    name: str
    tip: str


@frozen
class Column:
    """A store; ``index`` is its network's place.

    ``common`` is what tenants share there that have nothing to themselves, ``own`` what others have, in words;
    ``is_common`` where all of them share it.
    """

    store: str
    title: str
    note: str
    glyph: str
    index: int | None
    common: str
    own: str
    is_common: bool
    tip: str


@frozen
class Row:
    """A tenant; ``spaces`` has one place for each column, None where it shares what is common there."""

    name: str
    title: str
    detail: str
    central: bool
    dedicated: bool
    reads: bool
    hosts: tuple[str, ...]
    spaces: tuple[Space | None, ...]
    tip: str


@frozen
class Block:
    """A zone with its tenants; ``hidden`` counts those that are not drawn. ``name`` is empty for those without a zone."""

    name: str
    title: str
    city: str
    rows: tuple[Row, ...]
    hidden: int = 0

    @property
    def count(self) -> int:
        """How many tenants lie in it."""
        return len(self.rows) + self.hidden


@frozen
class Picture:
    """All tenants of an environment, or those of one page of it.

    ``door`` is who lets their visitors in, ``door_index`` the place of the network that this happens on. ``networks``
    are those that colours stand for, by place and title. ``more`` says what is not drawn.
    """

    words: Words
    own_words: TenantWords
    name: str
    project: str
    title: str
    subtitle: str
    description: str
    has_zones: bool
    blocks: tuple[Block, ...]
    columns: tuple[Column, ...]
    networks: tuple[tuple[int, str], ...]
    door: str
    door_index: int | None
    encrypted: bool
    more: str = ""

    def rows(self) -> Iterator[Row]:
        """Its tenants, from the top."""
        return (row for block in self.blocks for row in block.rows)

    def owned(self) -> tuple[Column, ...]:
        """The stores in which somebody has something of its own: the first of the columns."""
        return tuple(column for column in self.columns if not column.is_common)

    def commons(self) -> tuple[Column, ...]:
        """The stores that all share: the rest of them."""
        return self.columns[len(self.owned()) :]

    def shares(self, place: int) -> bool:
        """Whether somebody shares what is common in the store of this column."""
        return any(row.spaces[place] is None for row in self.rows())

    def readers(self) -> tuple[Row, ...]:
        """The tenants that read everybody's data, where there is somebody else to read of."""
        found = tuple(row for row in self.rows() if row.reads)
        return found if len(found) < sum(1 for _ in self.rows()) else ()
