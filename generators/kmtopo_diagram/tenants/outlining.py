"""The tenants' view as an outline: a box for each zone, in it who is served, under which names, and where the data lies."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Graph
from kmtopo_diagram.outline import Form, Frame, Link, Outline, Thing, identifier
from kmtopo_diagram.tenants.picture import Block, Picture, Row
from kmtopo_diagram.tenants.reading import read

MOST = 24  # tenants one by one; above, zones say how many they have


def outline(graph: Graph) -> Outline | None:
    """Returns who is served, and where each one's data lies; None where nobody is."""
    if not graph.deployment.tenants:
        return None
    picture = read(graph)
    is_small = len(list(picture.rows())) <= MOST
    return Outline(
        name="tenants",
        project=picture.project,
        title=picture.title,
        environment=graph.deployment.environment.title,
        frames=tuple(_zone(block, picture, graph, is_small=is_small) for block in picture.blocks),
        things=tuple(_stores(picture, graph, is_small=is_small)),
        links=tuple(_links(picture) if is_small else _shared(picture)),
        across=True,
    )


def _zone(block: Block, picture: Picture, graph: Graph, *, is_small: bool) -> Frame:
    zone = graph.deployment.zones.get(block.name)
    label = f"{block.title} · {block.city}" if block.city else block.title
    if is_small:
        things = tuple(thing for row in block.rows for thing in _tenant(row, picture, graph))
    else:
        counted = picture.words.tenant.counted(block.count)
        things = (Thing(identifier("all", block.name or "@none"), counted, Form.TENANT),)
    return Frame(identifier("zone", block.name or "@none"), label, zone.address if zone else None, things=things)


def _tenant(row: Row, picture: Picture, graph: Graph) -> Iterator[Thing]:
    origin = graph.deployment.tenants[row.name].address
    form = Form.CENTRAL if row.central else Form.TENANT
    yield Thing(identifier("t", row.name), row.title, form, origin, row.detail, row.tip)
    if row.hosts:
        yield Thing(identifier("d", row.name), ", ".join(row.hosts), Form.DOMAIN)
    for column, space in zip(picture.columns, row.spaces, strict=True):
        if space is not None:
            yield Thing(
                identifier("s", column.store, row.name),
                space.name or column.own,
                Form.STORE,
                detail=column.title,
                tip=space.tip,
            )


def _stores(picture: Picture, graph: Graph, *, is_small: bool) -> Iterator[Thing]:
    """What tenants have in common, and of many tenants every store."""
    for place, column in enumerate(picture.columns):
        if picture.shares(place) or not is_small:
            address = graph.deployment.containers[column.store].address
            label = f"{column.title}: {column.common or column.own}"
            yield Thing(identifier("s", column.store), label, Form.STORE, address, tip=column.tip)


def _links(picture: Picture) -> Iterator[Link]:
    for row in picture.rows():
        source = identifier("t", row.name)
        if row.hosts:
            domain = identifier("d", row.name)
            yield Link(source, domain, index=picture.door_index)
            source = domain
        for column, space in zip(picture.columns, row.spaces, strict=True):
            target = identifier("s", column.store, *([] if space is None else [row.name]))
            yield Link(source, target, index=column.index)


def _shared(picture: Picture) -> Iterator[Link]:
    """Each zone's tenants, all at once."""
    for block in picture.blocks:
        for column in picture.columns:
            yield Link(identifier("all", block.name or "@none"), identifier("s", column.store), index=column.index)
