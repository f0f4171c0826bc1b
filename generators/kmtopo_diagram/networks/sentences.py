"""A picture of the networks in sentences: its counts, and all that it shows for whoever cannot see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo_diagram.networks.picture import Lane, Picture
from kmtopo_diagram.subject.words import Words


def subtitle(picture: Picture) -> str:
    """Counts what is shown, and says how to read it, or where not everything is shown, that."""
    words = picture.words
    calls = (lane.clients for band in picture.bands if not band.is_entrance for lane in band.lanes)
    counts = (
        words.general.container.counted(sum(bool(column.role) and not column.is_away for column in picture.columns)),
        words.general.network.counted(sum(bool(band.name) for band in picture.bands)),
        words.call.counted(sum(map(len, calls))),
    )
    return "; ".join([", ".join(counts), picture.folded or words.rule])


def description(picture: Picture) -> str:
    """Says who is on which network, and who serves whom there."""
    return " ".join(_sentences(picture, {column.name: column.title for column in picture.columns}))


def _sentences(picture: Picture, titles: Mapping[str, str]) -> Iterator[str]:
    words, general = picture.words, picture.words.general
    for band in picture.bands:
        if band.members:
            named = f"{band.title} ({band.note})" if band.note else band.title
            members = general.listed([titles[name] for name in band.members])
            yield general.says_network.format(network=named, members=members)
        for lane in band.lanes:
            server = " ".join(filter(None, [titles[lane.server], lane.protocol, lane.port]))
            yield words.says_serves.format(server=server, clients=general.listed(callers_of(lane, titles, general)))


def callers_of(lane: Lane, titles: Mapping[str, str], words: Words) -> list[str]:
    """Names the clients of a lane, and says whose calls are optional."""
    return [
        words.says_optional.format(callee=titles[client.name]) if client.optional else titles[client.name]
        for client in lane.clients
    ]
