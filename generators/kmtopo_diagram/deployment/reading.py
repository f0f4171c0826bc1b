"""Graph -> Picture: everything that the deployment view says, in the topology's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from kmtopo.plugin import Container, Deployment, Graph, Vps
from kmtopo_diagram.deployment.capacity import capacities, neighbours
from kmtopo_diagram.deployment.captions import PART
from kmtopo_diagram.deployment.content import card_of, front_port
from kmtopo_diagram.deployment.elsewhere import Surroundings, surroundings
from kmtopo_diagram.deployment.picture import Arrow, Bar, Card, Gate, NetworkBox, Picture, Pill, VpsBox
from kmtopo_diagram.subject.calls import pairs
from kmtopo_diagram.subject.dedicated import folded
from kmtopo_diagram.subject.protocols import protocol
from kmtopo_diagram.subject.quantities import price
from kmtopo_diagram.subject.tiers import entries, is_public, network_order, shelves
from kmtopo_diagram.subject.words import Words, words_for

ORIGIN = "@internet"  # no slug can be called so
CLIENTS = "@clients"


def read(graph: Graph, on: str = "") -> Picture:
    """Returns the deployment view of a graph, or of the machine ``on`` alone; residents stand in one row, not yet arranged."""
    whole, words = graph.deployment, words_for(graph.deployment.project.locale)
    bars = capacities(graph, words)
    details = {name: neighbours(graph, name, words) for name in whole.vps}
    graph = folded(graph, words)
    deployment = graph.deployment
    order = {name: place for place, name in enumerate(network_order(graph))}
    doors = tuple(door for door in entries(graph) if on in ("", door.vps))
    around = _around(graph, on, order, words)
    cards = {name: card_of(deployment.containers[name], deployment, order, doors, words) for name in around.shown}
    machines = tuple(
        _machine(deployment.vps[name], bars[name], details[name], graph, order, cards, words)
        for name in carriers(graph)
        if on in ("", name)
    )
    placed = {card.name for machine in machines for box in machine.boxes() for card in box.rows[0]}
    part = f"-{on}" if on else ""
    return Picture(
        words=words,
        name=f"deployment-{deployment.environment.name}{part}",
        project=deployment.project.title,
        title=" · ".join([words.view, deployment.environment.title, *([deployment.vps[on].title] if on else [])]),
        subtitle=_part_subtitle(whole, on, around, words) if on else _subtitle(whole, words),
        description=_description(graph, whole, on, order, around, words),
        origin=_origin(doors, words),
        clients=_clients(deployment, doors, words),
        gates=tuple(_gate(door, deployment, words) for door in doors),
        # Lines of calls from and to other machines would cross what stands in the header and at the foot.
        machines=tuple(replace(each, detail="", ip="", cost="", bars=()) for each in machines) if on else machines,
        outside=(*(cards[name] for name in sorted(around.shown - placed)), *around.callees),
        arrows=around.arrows,
        unhoused=tuple(_unhoused(graph, around.shown, order)),
        callers=around.callers,
        strip=machines[0] if on else None,
    )


def carriers(graph: Graph) -> tuple[str, ...]:
    """Returns the machines that carry something, from the top: first the one that holds the network nearest to the way in."""
    deployment = graph.deployment
    order = {name: place for place, name in enumerate(network_order(graph))}
    homes = {
        name: [order[c.home] for c in deployment.containers_on(name) if c.home in order] for name in deployment.vps
    }
    return tuple(sorted((name for name in homes if homes[name]), key=lambda name: (min(homes[name]), name)))


def _around(graph: Graph, on: str, order: Mapping[str, int], words: Words) -> Surroundings:
    arrows = tuple(_arrows(graph, order, words))
    if on:
        return surroundings(on, arrows, graph.deployment, order)
    return Surroundings(arrows, frozenset(graph.deployment.containers), (), ())


def _unhoused(graph: Graph, shown: Set[str], order: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    """The networks that only lead from one home to another."""
    homes = {graph.deployment.containers[name].home for name in shown}
    for name, place in order.items():
        if name not in homes and shown & set(graph.members.get(name, ())):
            yield place, graph.deployment.networks[name].title


def _subtitle(deployment: Deployment, words: Words) -> str:
    counts = [
        f"{len(deployment.vps)} VPS",
        words.container.counted(sum(not c.is_external for c in deployment.containers.values())),
        words.network.counted(len(deployment.networks)),
        *([words.tenant.counted(len(deployment.tenants))] if deployment.tenants else []),
    ]
    return f"{deployment.project.title} — {', '.join(counts)}"


def _part_subtitle(deployment: Deployment, on: str, around: Surroundings, words: Words) -> str:
    """What one machine has, and how many of the cards around it stand for others."""
    residents = deployment.containers_on(on)
    networks = {network for container in residents for network in container.networks}
    peers = {card.origin for card in (*around.callers, *around.callees)}
    counts = [
        words.container.counted(len(residents)),
        words.network.counted(len(networks)),
        *([words.elsewhere.counted(len(peers))] if peers else []),
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


def _machine(
    vps: Vps,
    bars: tuple[Bar, ...],
    others: str,
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
        detail=" · ".join(filter(None, [vps.os, _engine(vps.engine, words), vps.location, others])),
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
    graph: Graph, whole: Deployment, on: str, order: Mapping[str, int], around: Surroundings, words: Words
) -> str:
    """The picture in sentences, for whoever cannot see it."""
    deployment = graph.deployment
    doors = [door for door in entries(graph) if door.name in around.shown]
    titles = {c.name: _said(c, words) for c in deployment.containers.values()}
    titles |= {card.name: f"{card.title} ({card.kind})" for card in (*around.callers, *around.callees)}
    who = words.internet if any(map(is_public, doors)) else words.developer
    said = [words.says_enters.format(who=who, entries=words.listed([c.title for c in doors]))] if doors else []
    for vps in (vps for vps in deployment.vps.values() if on in ("", vps.name)):
        residents = whole.containers_on(vps.name)
        networks = {n for c in residents for n in c.networks} if on else whole.networks
        counts = words.container.counted(len(residents)), words.network.counted(len(networks))
        said.append(words.says_runs.format(machine=vps.title, containers=counts[0], networks=counts[1]))
    for name in order:
        members = [titles[member] for member in graph.members.get(name, ()) if member in around.shown]
        if members:
            said.append(
                words.says_network.format(network=deployment.networks[name].title, members=words.listed(members))
            )
    said.extend(_calls_said(around.arrows, titles, words))
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
