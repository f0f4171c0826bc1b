"""Graph -> Fleet: machines, and what crosses from one to another, in the topology's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kmtopo.plugin import Container, Graph, answers
from kmtopo_diagram.deployment.capacity import capacities, neighbours
from kmtopo_diagram.deployment.content import front_port
from kmtopo_diagram.deployment.fleet.picture import Convoy, Fleet, Ship
from kmtopo_diagram.deployment.picture import Pill
from kmtopo_diagram.deployment.reading import ORIGIN, carriers
from kmtopo_diagram.subject.calls import Pair, pairs
from kmtopo_diagram.subject.dedicated import folded
from kmtopo_diagram.subject.protocols import protocol
from kmtopo_diagram.subject.quantities import amount, price
from kmtopo_diagram.subject.tiers import entries, is_public, network_order
from kmtopo_diagram.subject.words import Words, words_for

_OUTSIDE = "@outside"
_MOST_OUTSIDE = 3  # beyond that, systems of others are one


def read(graph: Graph) -> Fleet:
    """Returns the view of all machines of a graph."""
    deployment, words = graph.deployment, words_for(graph.deployment.project.locale)
    order = {name: place for place, name in enumerate(network_order(folded(graph, words)))}
    outside = _outside(graph, words)
    convoys = (*_entering(graph, words), *_crossing(graph, order, outside, words))
    ships = tuple(_ships(graph, order, words))
    used = {convoy.index for convoy in convoys} | {tap for ship in ships for tap in ship.taps}
    return Fleet(
        words=words,
        name=f"deployment-{deployment.environment.name}",
        project=deployment.project.title,
        title=f"{words.view} · {deployment.environment.title}",
        subtitle=_subtitle(graph, words),
        description=_description(graph, ships, convoys, words),
        origin=_origin(graph, words),
        ships=ships,
        outside=tuple(dict.fromkeys(outside.values())),
        convoys=convoys,
        networks=tuple((place, deployment.networks[name].title) for name, place in order.items() if place in used),
    )


def _origin(graph: Graph, words: Words) -> Pill | None:
    doors = entries(graph)
    if any(map(is_public, doors)):
        return Pill(ORIGIN, words.internet, "", "globe")
    return Pill(ORIGIN, words.developer, words.same_machine, "laptop") if doors else None


def _outside(graph: Graph, words: Words) -> Mapping[str, Pill]:
    """Who stands for each system of others: itself, or all of them together where they are many."""
    systems = [c for c in graph.deployment.containers.values() if c.is_external]
    if len(systems) <= _MOST_OUTSIDE:
        return {system.name: Pill(system.name, system.title, system.host, "cloud") for system in systems}
    together = Pill(_OUTSIDE, words.outside_system.counted(len(systems)), "", "cloud")
    return dict.fromkeys((system.name for system in systems), together)


def _ships(graph: Graph, order: Mapping[str, int], words: Words) -> Iterator[Ship]:
    deployment, bars = graph.deployment, capacities(graph, words)
    for name in carriers(graph):
        vps, residents = deployment.vps[name], deployment.containers_on(name)
        address = vps.public_ip or vps.private_ip or ""
        details = [words.container.counted(len(residents)), address, neighbours(graph, name, words)]
        yield Ship(
            name=name,
            title=vps.title,
            detail=" · ".join(filter(None, details)),
            cost=amount(vps.cost, words) if vps.cost and vps.cost.high else "",
            bars=bars[name],
            taps=tuple(sorted({order[n] for c in residents for n in c.networks if n in order})),
        )


def _entering(graph: Graph, words: Words) -> Iterator[Convoy]:
    """From outside to each machine that lets somebody in."""
    deployment = graph.deployment
    doors: dict[str, list[Container]] = {}
    for door in entries(graph):
        doors.setdefault(door.vps, []).append(door)
    for vps, here in sorted(doors.items()):
        spoken = Counter(
            "HTTPS" if deployment.tls.is_ours and front_port(door) == 443 else protocol(door) for door in here
        )
        tip = f"{words.listed([door.title for door in here])} · {deployment.vps[vps].title}"
        yield Convoy(f"gate:{vps}", ORIGIN, vps, "", None, len(here), optional=False, label=_label(spoken), tip=tip)


def _crossing(graph: Graph, order: Mapping[str, int], outside: Mapping[str, Pill], words: Words) -> Iterator[Convoy]:
    """What one machine's containers call on another, or outside, network by network."""
    containers = graph.deployment.containers
    merged: dict[tuple[str, str, str], list[Pair]] = {}
    for pair in pairs(graph):
        client, server = containers[pair.source], containers[pair.target]
        target = outside[server.name].name if server.is_external else server.vps
        if client.vps != target:
            merged.setdefault((client.vps, target, pair.network), []).append(pair)
    for place, ((source, target, network), calls) in enumerate(sorted(merged.items())):
        spoken = Counter(protocol(containers[pair.target]) for pair in calls)
        said = [f"{containers[pair.source].title} → {containers[pair.target].title}" for pair in calls]
        yield Convoy(
            f"e{place}",
            source,
            target,
            network,
            order.get(network),
            len(calls),
            optional=all(pair.optional for pair in calls),
            label=_label(spoken),
            tip=words.listed(said),
        )


def _label(spoken: Mapping[str, int]) -> str:
    """``SQL ×6``; of several protocols each."""
    counted = sorted((kind, number) for kind, number in spoken.items() if kind)
    return " · ".join(f"{kind} \N{MULTIPLICATION SIGN}{number}" if number > 1 else kind for kind, number in counted)


def _subtitle(graph: Graph, words: Words) -> str:
    deployment = graph.deployment
    counts = [
        f"{len(carriers(graph))} VPS",
        words.container.counted(sum(not c.is_external for c in deployment.containers.values())),
        words.network.counted(len(deployment.networks)),
        words.tenant.counted(len(deployment.tenants)) if deployment.tenants else "",
        *(price(cost, words) for cost in answers(graph).cost() if cost.high),
    ]
    return f"{deployment.project.title} — {', '.join(filter(None, counts))}"


def _description(graph: Graph, ships: Sequence[Ship], convoys: Sequence[Convoy], words: Words) -> str:
    """The picture in sentences, for whoever cannot see it."""
    deployment, titles = graph.deployment, {ship.name: ship.title for ship in ships}
    said = [f"{ship.title}: {ship.detail}." for ship in ships]
    doors = entries(graph)
    if doors:
        who = words.internet if any(map(is_public, doors)) else words.developer
        said.append(words.says_enters.format(who=who, entries=words.listed([door.title for door in doors])))
    for convoy in (convoy for convoy in convoys if convoy.source in titles):
        target = titles.get(convoy.target) or getattr(deployment.containers.get(convoy.target), "title", "")
        if target:
            said.append(words.says_merged.format(caller=titles[convoy.source], callee=target, calls=convoy.tip))
    return " ".join(said)
