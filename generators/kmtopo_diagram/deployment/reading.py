"""Graph -> Picture: everything that the deployment view says, in the topology's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from kmtopo.plugin import Container, Deployment, Graph, Vps
from kmtopo_diagram.calls import pairs
from kmtopo_diagram.dedicated import folded
from kmtopo_diagram.deployment.captions import PART
from kmtopo_diagram.deployment.content import card_of, front_port
from kmtopo_diagram.deployment.picture import Arrow, Bar, Card, Gate, NetworkBox, Picture, Pill, VpsBox
from kmtopo_diagram.protocols import protocol
from kmtopo_diagram.quantities import decimal, gibibytes, price
from kmtopo_diagram.tiers import entries, is_public, network_order, shelves
from kmtopo_diagram.words import Words, words_for

ORIGIN = "@internet"  # no slug can be called so
CLIENTS = "@clients"


def read(graph: Graph) -> Picture:
    """Returns the deployment view of a graph; every network's residents stand in one row, not yet arranged."""
    whole, words = graph.deployment, words_for(graph.deployment.project.locale)
    graph = folded(graph, words)
    deployment = graph.deployment
    order = {name: place for place, name in enumerate(network_order(graph))}
    doors = entries(graph)
    arrows = tuple(_arrows(graph, order, words))
    cards = {c.name: card_of(c, deployment, order, doors, words) for c in deployment.containers.values()}
    machines = tuple(_machines(graph, whole, order, cards, words))
    placed = {card.name for machine in machines for shelf in machine.shelves for box in shelf for card in box.rows[0]}
    return Picture(
        words=words,
        name=f"deployment-{deployment.environment.name}",
        project=deployment.project.title,
        title=f"{words.view} · {deployment.environment.title}",
        subtitle=_subtitle(whole, words),
        description=_description(graph, whole, order, arrows, words),
        origin=_origin(doors, words),
        clients=_clients(deployment, doors, words),
        gates=tuple(_gate(door, deployment, words) for door in doors),
        machines=machines,
        outside=tuple(card for name, card in cards.items() if name not in placed),
        arrows=arrows,
        unhoused=tuple(_unhoused(graph, order)),
    )


def _unhoused(graph: Graph, order: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    """The networks that only lead from one home to another."""
    homes = {container.home for container in graph.deployment.containers.values()}
    for name, place in order.items():
        if name not in homes and graph.members.get(name):
            yield place, graph.deployment.networks[name].title


def _subtitle(deployment: Deployment, words: Words) -> str:
    counts = [
        f"{len(deployment.vps)} VPS",
        words.container.counted(sum(not c.is_external for c in deployment.containers.values())),
        words.network.counted(len(deployment.networks)),
        *([words.tenant.counted(len(deployment.tenants))] if deployment.tenants else []),
    ]
    return f"{deployment.project.title} — {', '.join(counts)}"


def _origin(doors: Sequence[Container], words: Words) -> Pill | None:
    if any(map(is_public, doors)):
        return Pill(ORIGIN, words.internet, "", "globe")
    return Pill(ORIGIN, words.developer, words.same_machine, "laptop") if doors else None


def _clients(deployment: Deployment, doors: Sequence[Container], words: Words) -> Pill | None:
    """Who comes over the Internet: the tenants' people, or simply clients."""
    if not any(map(is_public, doors)):
        return None
    if not deployment.tenants:
        return Pill(CLIENTS, words.clients, "", "users")
    zones = {tenant.zone for tenant in deployment.tenants.values() if tenant.zone}
    counts = [words.tenant.counted(len(deployment.tenants)), *([words.zone.counted(len(zones))] if zones else [])]
    return Pill(CLIENTS, words.clients_of_tenants, " · ".join(counts), "store")


def _gate(door: Container, deployment: Deployment, words: Words) -> Gate:
    """The tab where visitors cross the machine's border: what they speak, and the ports that are open to them."""
    open_ports = [p for p in door.publications if not p.is_loopback] or list(door.publications)
    encrypted = deployment.tls.is_ours and front_port(door) == 443
    spoken = "HTTPS" if encrypted else protocol(door)
    if open_ports[0].is_loopback:
        places = words.listed([f"{p.host_ip}:{p.host_port}" for p in open_ports])
    else:
        places = f"{words.publishes} {words.listed([str(p.host_port) for p in open_ports])}"
    leads = ", ".join(f"{p.host_ip}:{p.host_port} → {p.container_port}/{p.transport}" for p in open_ports)
    return Gate(
        door.name, " · ".join(filter(None, [spoken, places])), "lock" if encrypted else "plug", f"{door.title}: {leads}"
    )


def _machines(
    graph: Graph, whole: Deployment, order: Mapping[str, int], cards: Mapping[str, Card], words: Words
) -> Iterator[VpsBox]:
    """The machines from the top: first the one that holds the network nearest to the way in."""
    deployment = graph.deployment
    homes = {
        name: [order[c.home] for c in deployment.containers_on(name) if c.home in order] for name in deployment.vps
    }
    for name in sorted((name for name in homes if homes[name]), key=lambda name: (min(homes[name]), name)):
        bars = tuple(_bars(deployment.vps[name], whole.containers_on(name), whole, words))
        yield _machine(deployment.vps[name], bars, graph, order, cards, words)


def _machine(
    vps: Vps,
    bars: tuple[Bar, ...],
    graph: Graph,
    order: Mapping[str, int],
    cards: Mapping[str, Card],
    words: Words,
) -> VpsBox:
    deployment = graph.deployment
    residents = deployment.containers_on(vps.name)
    lived_in = [network for network in order if any(c.home == network for c in residents)]
    return VpsBox(
        name=vps.name,
        origin=vps.address,
        title=vps.title,
        detail=" · ".join(filter(None, [vps.os, _engine(vps.engine, words), vps.location])),
        ip=vps.public_ip or vps.private_ip or "",
        cost=price(vps.cost, words) if vps.cost and vps.cost.high else "",
        bars=bars,
        shelves=tuple(
            tuple(_network(name, residents, deployment, order, cards, words) for name in shelf)
            for shelf in shelves(lived_in, graph)
        ),
    )


def _engine(engine: str | None, words: Words) -> str:
    if not engine:
        return ""
    at_least = engine.removeprefix(">=").strip()
    return words.engine_from.format(version=at_least) if at_least != engine else f"Docker Engine {engine}"


def _network(
    name: str,
    residents: Sequence[Container],
    deployment: Deployment,
    order: Mapping[str, int],
    cards: Mapping[str, Card],
    words: Words,
) -> NetworkBox:
    network = deployment.networks[name]
    note = PART.join(filter(None, [network.subnet, words.internal if network.internal else ""]))
    return NetworkBox(
        name,
        network.address,
        network.title,
        note,
        order[name],
        (tuple(cards[c.name] for c in residents if c.home == name),),
    )


def _bars(vps: Vps, residents: Sequence[Container], deployment: Deployment, words: Words) -> Iterator[Bar]:
    """What this environment's limits add up to; memory over the capacity less the reserve does not fit."""
    capacity, reserve = vps.capacity, vps.reserve
    if capacity.cpu:
        cpu = sum((c.cpu * c.replicas for c in residents if c.cpu is not None), Decimal())
        value = f"{decimal(cpu, words)} / {decimal(capacity.cpu, words)}"
        yield Bar(words.cpu_limits, value, *_share(cpu, capacity.cpu, capacity.cpu, 2 * capacity.cpu))
    if capacity.memory:
        memory = sum(c.memory * c.replicas for c in residents if c.memory is not None)
        usable = capacity.memory - (reserve.memory or 0)
        value = f"{gibibytes(memory, words)} / {gibibytes(capacity.memory, words)} GiB"
        yield Bar(words.memory_limits, value, *_share(memory, capacity.memory, usable * 0.85, usable))
    if capacity.disk:
        disk = sum(v.size for v in deployment.volumes.values() if v.vps == vps.name and v.size is not None)
        value = f"{gibibytes(disk, words)} / {gibibytes(capacity.disk, words)} GiB"
        yield Bar(words.disk_in_volumes, value, *_share(disk, capacity.disk, capacity.disk * 0.8, capacity.disk))


def _share(used: Decimal | int, whole: Decimal | int, tight: Decimal | float, full: Decimal | int) -> tuple[float, str]:
    colour = "bad" if used > full else "warn" if used > tight else "ink2"
    return min(float(used) / float(whole), 1.0), colour


def _arrows(graph: Graph, order: Mapping[str, int], words: Words) -> Iterator[Arrow]:
    """One arrow for all calls of a pair."""
    containers = graph.deployment.containers
    for place, pair in enumerate(pairs(graph)):
        client, server = containers[pair.source], containers[pair.target]
        yield Arrow(
            key=f"e{place}",
            source=pair.source,
            target=pair.target,
            index=order.get(pair.network),
            network=pair.network,
            optional=pair.optional,
            label="" if server.is_store else protocol(server),
            tip=_call_tip(graph, client, server, pair.network, pair.optional, words),
        )


def _call_tip(graph: Graph, client: Container, server: Container, network: str, optional: bool, words: Words) -> str:
    listening = f"{protocol(server)} {server.port.number}" if server.port else ""
    paths = [route.path for route in client.routes if route.to == server.name]
    title = graph.deployment.networks[network].title if network in graph.deployment.networks else ""
    facts = [listening, words.listed(paths), title, words.optional if optional else ""]
    return f"{client.title} → {server.title}: {' · '.join(filter(None, facts))}"


def _description(
    graph: Graph, whole: Deployment, order: Mapping[str, int], arrows: Sequence[Arrow], words: Words
) -> str:
    """The picture in sentences, for whoever cannot see it."""
    deployment = graph.deployment
    doors = entries(graph)
    titles = {c.name: _said(c, words) for c in deployment.containers.values()}
    who = words.internet if any(map(is_public, doors)) else words.developer
    said = [words.says_enters.format(who=who, entries=words.listed([c.title for c in doors]))] if doors else []
    for vps in deployment.vps.values():
        counts = words.container.counted(len(whole.containers_on(vps.name)))
        networks = words.network.counted(len(whole.networks))
        said.append(words.says_runs.format(machine=vps.title, containers=counts, networks=networks))
    for name in order:
        members = [titles[member] for member in graph.members.get(name, ()) if member in titles]
        if members:
            said.append(
                words.says_network.format(network=deployment.networks[name].title, members=words.listed(members))
            )
    said.extend(_calls_said(arrows, titles, words))
    return " ".join(said)


def _said(container: Container, words: Words) -> str:
    if container.tenant is None:
        return container.title
    return words.says_dedicated.format(container=container.title, owner=container.kind)


def _calls_said(arrows: Sequence[Arrow], titles: Mapping[str, str], words: Words) -> Iterator[str]:
    for source in dict.fromkeys(arrow.source for arrow in arrows):
        callees = [
            words.says_optional.format(callee=titles[arrow.target]) if arrow.optional else titles[arrow.target]
            for arrow in arrows
            if arrow.source == source
        ]
        yield words.says_calls.format(caller=titles[source], callees=words.listed(callees))
