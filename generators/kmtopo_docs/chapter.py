"""Chapter 7 of an arc42 document, the deployment view: the blocks under its headings."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Bullets, Graph, Heading, Paragraph, Picture, Piece, Text, Vps
from kmtopo_docs.blocks import BLOCKS
from kmtopo_docs.names import counts
from kmtopo_docs.quantities import cores, price, size
from kmtopo_docs.words import Words, words_for


def chapter(graph: Graph) -> Iterator[Piece]:
    """The whole chapter of one environment."""
    deployment = graph.deployment
    words = words_for(deployment.project.locale)
    title, amount = deployment.environment.title, counts(deployment, words)
    yield Heading(1, words.chapter.format(environment=title))
    yield Paragraph(words.overview.format(project=deployment.project.title, environment=title, counts=amount))
    yield Heading(2, words.level_1)
    if deployment.containers:
        machines = words.listed([vps.title for vps in deployment.vps.values()])
        caption, alt = words.picture.format(environment=title), words.alt.format(machines=machines, counts=amount)
        yield Picture("diagrams/deployment", caption, alt)
    yield from _level_1(graph, words)
    yield Heading(2, words.level_2)
    yield from _level_2(graph, words)


def _level_1(graph: Graph, words: Words) -> Iterator[Piece]:
    yield Heading(3, words.motivation)
    yield from _shown(graph, "motivation") or [Paragraph(words.motivation_missing)]
    yield Heading(3, words.quality)
    yield from _shown(graph, "quality") or [Paragraph(words.quality_missing)]
    yield from _shown(graph, "capacity")
    yield from _shown(graph, "failures")
    yield Heading(3, words.mapping)
    yield from _shown(graph, "containers")
    yield from _shown(graph, "calls")


def _level_2(graph: Graph, words: Words) -> Iterator[Piece]:
    for vps in graph.deployment.vps.values():
        yield Heading(3, vps.title)
        said = graph.deployment.prose.get(vps.name)
        for words_of_people in (said.motivation, said.quality) if said else ():
            if words_of_people:
                yield Paragraph(words_of_people)
        facts = tuple(_facts(vps, words))
        if facts:
            yield Bullets(facts)
    sections = (
        (words.networks, "networks"),
        (words.tenants, "tenants"),
        (words.costs, "cost"),
        (words.assumptions, "assumptions"),
    )
    for title, block in sections:
        pieces = _shown(graph, block)
        if pieces:
            yield Heading(3, title)
            yield from pieces


def _facts(vps: Vps, words: Words) -> Iterator[Text]:
    capacity = vps.capacity
    sizes = [cores(capacity.cpu, words)] * (capacity.cpu is not None)
    sizes += [size(amount, words) for amount in (capacity.memory, capacity.disk) if amount is not None]
    known = (
        (words.provider, vps.provider),
        (words.location, vps.location),
        (words.system, vps.os),
        (words.engine, vps.engine),
        (words.address, vps.public_ip),
        (words.private_address, vps.private_ip),
        (words.capacity, ", ".join(sizes)),
        (words.cost, price(vps.cost, words) if vps.cost else None),
    )
    return (f"{label}: {value}" for label, value in known if value)


def _shown(graph: Graph, block: str) -> list[Piece]:
    return list(BLOCKS[block](graph, {graph.deployment.environment.name: graph}))
