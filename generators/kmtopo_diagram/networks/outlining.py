"""The networks' view as an outline: a box for each network, in it whoever is attached, and the calls that it carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kmtopo.plugin import Graph
from kmtopo_diagram.networks.picture import Band, Column
from kmtopo_diagram.networks.reading import read
from kmtopo_diagram.outline import Form, Frame, Link, Outline, Thing, identifier


def outline(graph: Graph) -> Outline:
    """Returns who is attached to which network; who is attached to several stands in each of them."""
    picture = read(graph)
    columns = {column.name: column for column in picture.columns}
    return Outline(
        name="networks",
        project=picture.project,
        title=picture.title,
        environment=graph.deployment.environment.title,
        frames=tuple(_frame(band, columns, graph) for band in picture.bands),
        things=(),
        links=tuple(link for band in picture.bands for link in _links(band)),
        across=True,
    )


def _frame(band: Band, columns: Mapping[str, Column], graph: Graph) -> Frame:
    network = graph.deployment.networks.get(band.name)
    ports: dict[str, list[str]] = {}
    for lane in band.lanes:
        ports.setdefault(lane.server, []).append(lane.port)
    return Frame(
        identifier("net", _slug(band)),
        f"{band.title} · {band.note}" if band.note else band.title,
        network.address if network else None,
        band.index,
        things=tuple(_thing(band, columns[name], ports.get(name, ())) for name in band.present()),
    )


def _thing(band: Band, column: Column, ports: Iterable[str]) -> Thing:
    # It stands in each of its networks, so no single place of the topology is its own.
    label = " ".join(filter(None, [column.title, *ports]))
    return Thing(_place(band, column.name), label, Form(column.shape.value), detail=column.detail, tip=column.tip)


def _links(band: Band) -> Iterator[Link]:
    for lane in band.lanes:
        for client in lane.clients:
            ends = _place(band, client.name), _place(band, lane.server)
            yield Link(*ends, lane.protocol, client.optional, band.index, lane.tip)


def _place(band: Band, name: str) -> str:
    return identifier("c", name, _slug(band))


def _slug(band: Band) -> str:
    # Bands that are no network of the topology have only their titles: the glyph tells one from the other.
    return band.name or f"@{band.glyph}"
