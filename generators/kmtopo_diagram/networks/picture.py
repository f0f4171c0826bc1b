"""What a picture of the networks shows, before anything has a place: columns are services, bands are networks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kmtopo.plugin import frozen
from kmtopo_diagram.networks.words import NetworkWords
from kmtopo_diagram.signs.forms import Shape


@frozen
class Column:
    """A service, or where visitors come from. ``machine`` is empty for what runs on none; ``is_away``: not on this page's."""

    name: str
    title: str
    detail: str
    glyph: str
    shape: Shape
    role: str
    machine: str
    tip: str
    is_away: bool = False


@frozen
class Client:
    """Who calls; ``optional``: it can do without."""

    name: str
    optional: bool


@frozen
class Lane:
    """A server's port and all who call it on one network; ``port`` and ``protocol`` are empty where it has none."""

    server: str
    port: str
    protocol: str
    clients: tuple[Client, ...]
    tip: str

    def ends(self) -> Iterator[str]:
        """Everybody on it."""
        yield self.server
        yield from (client.name for client in self.clients)


@frozen
class Band:
    """A network; ``name`` and ``index`` (its place in all pictures) are of networks that the topology has.

    ``members`` are attached. ``glyph`` stands before the name of a band that is no network of the topology.
    """

    name: str
    title: str
    note: str
    index: int | None
    glyph: str
    is_internal: bool
    members: tuple[str, ...]
    lanes: tuple[Lane, ...]

    @property
    def is_entrance(self) -> bool:
        """Whether published ports lead in through it."""
        return not self.name and bool(self.members)

    def present(self) -> tuple[str, ...]:
        """Who has a pill in it: members, and servers outside that are called through it."""
        return tuple(dict.fromkeys([*self.members, *(end for lane in self.lanes for end in lane.ends())]))


@frozen
class Picture:
    """The whole view, or one machine of it; columns from the left, bands from the top.

    ``folded`` says that one of several dedicated tenants is shown.
    """

    words: NetworkWords
    name: str
    project: str
    title: str
    folded: str
    columns: tuple[Column, ...]
    bands: tuple[Band, ...]


def limited(picture: Picture, machine: str, title: str) -> Picture:
    """Returns the part of a picture that concerns one machine: what runs there, and with whom that speaks elsewhere.

    ``title`` is the machine's.
    """
    own = {column.name for column in picture.columns if column.machine == machine}
    bands = tuple(_limited(band, own) for band in picture.bands)
    bands = tuple(band for band in bands if band.present())
    shown = own.union(*(band.present() for band in bands))
    columns = (_told_on(c, title, own) for c in picture.columns if c.name in shown)
    return replace(
        picture,
        name=f"{picture.name}-{machine}",
        title=f"{picture.title} · {title}",
        columns=tuple(columns),
        bands=bands,
    )


def _told_on(column: Column, title: str, own: Iterable[str]) -> Column:
    """What runs elsewhere is marked, and says where; what runs here need not."""
    if column.name not in own:
        return replace(column, is_away=bool(column.role))
    return replace(column, is_away=False, detail="" if column.detail == title else column.detail)


def _limited(band: Band, own: Iterable[str]) -> Band:
    lanes = tuple(filter(None, (_kept(lane, own) for lane in band.lanes)))
    speaking = {end for lane in lanes for end in lane.ends()}
    members = tuple(name for name in band.members if name in own or name in speaking)
    return replace(band, members=members, lanes=lanes)


def _kept(lane: Lane, own: Iterable[str]) -> Lane | None:
    if lane.server in own:
        return lane
    clients = tuple(client for client in lane.clients if client.name in own)
    return replace(lane, clients=clients) if clients else None
