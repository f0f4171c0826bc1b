"""What runs, where, and on which ports it listens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.plugin import Code, Container, Graph, Piece, Table, Text
from kmtopo_docs.names import Runs, container_titles, joined, network_titles, port_name, published
from kmtopo_docs.quantities import cores, size
from kmtopo_docs.words import Words, words_for


def containers(graph: Graph, _graphs: Mapping[str, Graph]) -> Iterator[Piece]:
    """A row for each container, one for copies that are alike where they are many; which machine carries it is told where there are several."""
    deployment = graph.deployment
    words = words_for(deployment.project.locale)
    spread = len(deployment.vps) > 1
    head = [words.container, *(["VPS"] if spread else []), words.networks, words.ports, words.resources]
    networks = network_titles(deployment, words)
    told: list[tuple[str, tuple[Text, ...]]] = []
    for each in deployment.containers.values():
        machine = [deployment.vps[each.vps].title if each.vps else ""] if spread else []
        image = Code(each.image) if each.image else _built(each)
        members = networks.listed(each.networks, each.tenant)
        ports = _ports(each, published([each], deployment.vps), words)
        told.append((each.name, (image, *machine, members, ports, _resources(each, words))))
    if told:
        rows = container_titles(deployment, words).rows(told)
        yield Table(tuple(head), tuple((_with_image(name, image), *rest) for name, image, *rest in rows))


def _with_image(name: Text, image: Text) -> Text:
    """Both in one cell: a page of usual width has no room for a column of images, which nothing may break."""
    return joined(name, " ", image) if image else name


def _ports(container: Container, leading: Runs, words: Words) -> Runs:
    """Where it listens, and which ports of the machine lead there."""
    own = port_name(container.port)
    return (*own, f"{'; ' if own else ''}{words.publishes} ", *leading) if leading else own


def _resources(container: Container, words: Words) -> str:
    """The limits of each replica, and how many there are where it is not one."""
    limits = [cores(container.cpu, words)] * (container.cpu is not None)
    limits += [size(container.memory, words)] * (container.memory is not None)
    each = ", ".join(limits)
    if container.is_external or container.replicas == 1:
        return each
    several = words.replicas.counted(container.replicas)
    return words.of_each.format(several=several, each=each) if each else several


def _built(container: Container) -> Text:
    if container.is_external:
        return Code(container.host)
    return Code(container.build.context) if container.build else ""
