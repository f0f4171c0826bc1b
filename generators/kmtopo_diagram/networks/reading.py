"""Graph -> Picture: everything that the networks' view says, in the topology's language."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from kmtopo.plugin import Container, Deployment, Graph, Publication
from kmtopo_diagram.networks.picture import Band, Client, Column, Lane, Picture
from kmtopo_diagram.networks.sentences import callers_of
from kmtopo_diagram.networks.words import NetworkWords, network_words
from kmtopo_diagram.signs.forms import Shape, shape_of
from kmtopo_diagram.signs.glyphs import glyph_for
from kmtopo_diagram.subject.calls import Pair, call_order, pairs
from kmtopo_diagram.subject.dedicated import folded, said_of_folding
from kmtopo_diagram.subject.protocols import protocol
from kmtopo_diagram.subject.tiers import entries, is_public, network_order
from kmtopo_diagram.subject.words import Words

INTERNET = "@internet"  # no slug can be called so
DEVELOPER = "@developer"


def read(graph: Graph) -> Picture:
    """Returns the networks of an environment, with all its containers."""
    words = network_words(graph.deployment.project.locale)
    of_several = said_of_folding(graph.deployment, words.general)
    graph = folded(graph, words.general)
    deployment = graph.deployment
    columns = (*_outsiders(deployment, words), *_columns(graph, words))
    bands = tuple(_bands(graph, [column.name for column in columns], words))
    return Picture(
        words=words,
        name=f"networks-{deployment.environment.name}",
        project=deployment.project.title,
        title=f"{words.view} · {deployment.environment.title}",
        folded=of_several,
        columns=columns,
        bands=bands,
    )


def _outsiders(deployment: Deployment, words: NetworkWords) -> Iterator[Column]:
    """Where those come from who enter by published ports: the Internet, and the machine itself."""
    general, containers = words.general, deployment.containers.values()
    if any(map(is_public, containers)):
        yield _outsider(INTERNET, general.internet, "", "globe")
    if any(p.is_loopback for c in containers for p in c.publications):
        yield _outsider(DEVELOPER, general.developer, "", "laptop")


def _outsider(name: str, title: str, detail: str, glyph: str) -> Column:
    tip = " · ".join(filter(None, [title, detail]))
    return Column(name, title, detail, glyph, Shape.OUTSIDE, role="", machine="", tip=tip)


def _columns(graph: Graph, words: NetworkWords) -> Iterator[Column]:
    deployment, doors = graph.deployment, entries(graph)
    for container in map(deployment.containers.__getitem__, call_order(graph)):
        yield Column(
            name=container.name,
            title=container.title,
            detail=_detail(container, deployment, words),
            glyph=glyph_for(container.icon, container.role, container.process),
            shape=shape_of(container, doors),
            role=container.role,
            machine=container.vps,
            tip=_tip(container, deployment, words.general),
            is_away=container.is_external,
        )


def _detail(container: Container, deployment: Deployment, words: NetworkWords) -> str:
    """Whose copy it is, or where it runs if there is a choice."""
    if container.tenant is not None:
        return container.kind
    if container.is_external:
        return words.outside
    return deployment.vps[container.vps].title if len(deployment.vps) > 1 else ""


def _tip(container: Container, deployment: Deployment, words: Words) -> str:
    titles = [deployment.networks[name].title for name in container.networks if name in deployment.networks]
    return " · ".join(filter(None, [container.title, container.purpose or container.kind, words.listed(titles)]))


def _bands(graph: Graph, order: Sequence[str], words: NetworkWords) -> Iterator[Band]:
    """The ways in, then the networks by their distance from there."""
    containers = graph.deployment.containers.values()
    public = [(c, p) for c in containers for p in c.publications if not p.is_loopback]
    loopback = [(c, p) for c in containers for p in c.publications if p.is_loopback]
    if public:
        ports = [str(port) for port in sorted({p.host_port for _, p in public})]
        named = words.published.one if len(ports) == 1 else words.published.many
        yield _entrance(INTERNET, words.public, f"{named} {words.general.listed(ports)}", public, graph, order)
    if loopback:
        yield _entrance(DEVELOPER, words.machine, words.loopback, loopback, graph, order)
    calls = list(pairs(graph))
    for place, name in enumerate(network_order(graph)):
        members = graph.members.get(name, ())
        lanes = tuple(_lanes([call for call in calls if call.network == name], graph, order, words))
        if members or lanes:
            network = graph.deployment.networks[name]
            note = " · ".join(filter(None, [network.subnet, words.no_exit if network.internal else ""]))
            yield Band(name, network.title, note, place, "", network.internal, _sorted(members, order), lanes)
    astray = tuple(_lanes([call for call in calls if not call.network], graph, order, words))
    if astray:
        yield Band("", words.no_network, "", None, "warning", is_internal=False, members=(), lanes=astray)


def _entrance(
    visitor: str,
    title: str,
    note: str,
    published: Sequence[tuple[Container, Publication]],
    graph: Graph,
    order: Sequence[str],
) -> Band:
    lanes = [
        _way_in(visitor, container, publication, graph.deployment)
        for container, publication in sorted(
            published, key=lambda way: (order.index(way[0].name), -way[1].host_port, way[1].transport)
        )
    ]
    members = _sorted({visitor, *(container.name for container, _ in published)}, order)
    glyph = "globe" if visitor == INTERNET else "laptop"
    return Band("", title, note, None, glyph, is_internal=False, members=members, lanes=tuple(lanes))


def _way_in(visitor: str, container: Container, way: Publication, deployment: Deployment) -> Lane:
    spoken = _spoken(container, way, deployment)
    inside = "" if way.host_port == way.container_port else f" → {way.container_port}"
    tip = f"{container.title}: {way.host_ip}:{way.host_port}{inside}/{way.transport}"
    return Lane(container.name, f":{way.host_port}", spoken, (Client(visitor, optional=False),), tip)


def _spoken(container: Container, way: Publication, deployment: Deployment) -> str:
    """What is spoken at a published port, as far as the model knows."""
    if way.transport == "udp":
        return "UDP"
    if way.container_port == 443 and deployment.tls.is_ours:
        return "HTTPS"
    if container.is_proxy or (container.port and container.port.number == way.container_port):
        return protocol(container)
    return "TCP"


def _lanes(calls: Sequence[Pair], graph: Graph, order: Sequence[str], words: NetworkWords) -> Iterator[Lane]:
    """One lane for each server, in the order of the columns."""
    containers = graph.deployment.containers
    titles = {name: container.title for name, container in containers.items()}
    for name in _sorted({call.target for call in calls}, order):
        server = containers[name]
        optional = {call.source: call.optional for call in calls if call.target == name}
        clients = tuple(Client(caller, optional[caller]) for caller in _sorted(optional, order))
        port = f":{server.port.number}" if server.port else ""
        lane = Lane(name, port, protocol(server), clients, tip="")
        callers = words.general.listed(callers_of(lane, titles, words.general))
        spoken = " ".join(filter(None, [lane.protocol, port]))
        yield replace(lane, tip=" · ".join(filter(None, [f"{callers} → {server.title}", spoken])))


def _sorted(names: Collection[str], order: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in order if name in names)
