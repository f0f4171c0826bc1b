"""What runs, where, and on which ports it listens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.plugin import Code, Container, Graph, Piece, Table, Text
from kmtopo_docs.names import container_titles, network_titles, port_name, published
from kmtopo_docs.quantities import cores, size
from kmtopo_docs.words import Words, words_for


def containers(graph: Graph, _graphs: Mapping[str, Graph]) -> Iterator[Piece]:
    """A row for each container, one for copies that are alike where they are many; which machine carries it is told where there are several."""
    deployment = graph.deployment
    words = words_for(deployment.project.locale)
    spread = len(deployment.vps) > 1
    head = [words.container, words.image, *(["VPS"] if spread else []), words.networks]
    head += [words.port, words.published, words.replicas, words.limits]
    networks = network_titles(deployment, words)
    told: list[tuple[str, tuple[Text, ...]]] = []
    for each in deployment.containers.values():
        machine = [deployment.vps[each.vps].title if each.vps else ""] if spread else []
        image = Code(each.image) if each.image else _built(each)
        members = networks.listed(each.networks, each.tenant)
        told.append((each.name, (image, *machine, members, *_details(each, words))))
    if told:
        yield Table(tuple(head), tuple(container_titles(deployment, words).rows(told)))


def _details(container: Container, words: Words) -> Iterator[Text]:
    yield Code(port_name(container.port)) if container.port else ""
    yield Code(published(container)) if container.publications else ""
    yield "" if container.is_external else str(container.replicas)
    limits = [cores(container.cpu, words)] * (container.cpu is not None)
    limits += [size(container.memory, words)] * (container.memory is not None)
    yield ", ".join(limits)


def _built(container: Container) -> Text:
    if container.is_external:
        return Code(container.host)
    return Code(container.build.context) if container.build else ""
