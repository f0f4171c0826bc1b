"""Chapter 7 of an arc42 document, the deployment view: the blocks under its headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.plugin import Bullets, Graph, Heading, Paragraph, Picture, Piece, Text, Vps
from kmtopo_docs.blocks import BLOCKS
from kmtopo_docs.names import counts
from kmtopo_docs.quantities import cores, price, size
from kmtopo_docs.words import Words, words_for

Pictures = Mapping[str, Picture]


def chapter(graph: Graph, pictures: Pictures) -> Iterator[Piece]:
    """The whole chapter of one environment, with those of the pictures that were drawn of it."""
    deployment = graph.deployment
    words = words_for(deployment.project.locale)
    title, amount = deployment.environment.title, counts(deployment, words)
    yield Heading(1, words.chapter.format(environment=title))
    yield Paragraph(words.overview.format(project=deployment.project.title, environment=title, counts=amount))
    yield Heading(2, words.level_1)
    yield from _drawn(pictures, "deployment")
    yield from _level_1(graph, words)
    yield Heading(2, words.level_2)
    yield from _level_2(graph, words, pictures)


def _drawn(pictures: Pictures, view: str) -> list[Picture]:
    path = f"diagrams/{view}"
    return [pictures[path]] if path in pictures else []


def _pages(pictures: Pictures, view: str) -> list[Picture]:
    """The picture of a view, and those of its parts."""
    return [*_drawn(pictures, view), *(each for path, each in pictures.items() if path.startswith(f"diagrams/{view}-"))]


def _level_1(graph: Graph, words: Words) -> Iterator[Piece]:
    yield Heading(3, words.motivation)
    yield from _shown(graph, "motivation") or [Paragraph(words.motivation_missing)]
    yield Heading(3, words.quality)
    yield from _shown(graph, "quality") or [Paragraph(words.quality_missing)]
    yield from _shown(graph, "capacity")
    yield Heading(3, words.mapping)
    yield from _shown(graph, "containers")
    yield from _shown(graph, "calls")


def _level_2(graph: Graph, words: Words, pictures: Pictures) -> Iterator[Piece]:
    for vps in graph.deployment.vps.values():
        yield Heading(3, vps.title)
        yield from _machine(graph, vps, words)
        yield from _drawn(pictures, f"deployment-{vps.name}")
    sections = (
        (words.networks, "networks"),
        (words.tenants, "tenants"),
        (words.failures, "failures"),
        (words.costs, "cost"),
        (words.assumptions, "assumptions"),
    )
    for title, name in sections:
        pieces = [*_pages(pictures, name), *_shown(graph, name)]
        if pieces:
            yield Heading(3, title)
            yield from pieces


def _machine(graph: Graph, vps: Vps, words: Words) -> Iterator[Piece]:
    said = graph.deployment.prose.get(vps.name)
    for words_of_people in (said.motivation, said.quality) if said else ():
        if words_of_people:
            yield Paragraph(words_of_people)
    facts = tuple(_facts(vps, words))
    if facts:
        yield Bullets(facts)


def _facts(vps: Vps, words: Words) -> Iterator[Text]:
    capacity = vps.capacity
    sizes = [cores(capacity.cpu, words)] * (capacity.cpu is not None)
    told = ((words.of_memory, capacity.memory), (words.of_disk, capacity.disk))
    sizes += [said.format(size=size(amount, words)) for said, amount in told if amount is not None]
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
