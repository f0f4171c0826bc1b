"""Graph -> Fleet: machines, and what crosses from one to another, in the topology's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kmtopo.plugin import Container, Graph, answers
from kmtopo_diagram.deployment.capacity import capacities, neighbours
from kmtopo_diagram.deployment.content import front_port
from kmtopo_diagram.deployment.fleet.gathering import Groups, gathered
from kmtopo_diagram.deployment.fleet.picture import Berth, Convoy, Fleet, Ship
from kmtopo_diagram.deployment.picture import Bar, Pill
from kmtopo_diagram.deployment.reading import ORIGIN, carriers
from kmtopo_diagram.subject.calls import Pair, pairs
from kmtopo_diagram.subject.dedicated import folded
from kmtopo_diagram.subject.naming import shared_title
from kmtopo_diagram.subject.protocols import protocol
from kmtopo_diagram.subject.quantities import amount, price, summed
from kmtopo_diagram.subject.tiers import entries, is_public, network_order
from kmtopo_diagram.subject.words import Words, words_for

_OUTSIDE = "@outside"
_MOST_OUTSIDE = 3  # beyond that, systems of others are one
_MOST_BERTHS = 12  # lines for machines that are drawn as one
_MOST_NAMES = 24  # in a tip


def read(graph: Graph, most: int) -> Fleet:
    """Returns the view of all machines of a graph, those that stand alike as one where there are more than ``most``."""
    deployment, words = graph.deployment, words_for(graph.deployment.project.locale)
    order = {name: place for place, name in enumerate(network_order(folded(graph, words)))}
    calls = tuple(pairs(graph))
    groups = gathered(graph, calls, most)
    heads = {name: head for head, names in groups.items() for name in names}
    outside = _outside(graph, words)
    crossing = tuple(_crossing(graph, calls, order, heads, outside, words))
    convoys = (*_entering(graph, heads, words), *(convoy for convoy in crossing if convoy.source != convoy.target))
    inner = Counter[str]()
    for convoy in crossing:
        inner[convoy.source] += convoy.calls if convoy.source == convoy.target else 0
    ships = tuple(_ships(graph, groups, inner, order, words))
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


def _ships(
    graph: Graph, groups: Groups, inner: Mapping[str, int], order: Mapping[str, int], words: Words
) -> Iterator[Ship]:
    bars = capacities(graph, words)
    for head, names in groups.items():
        single = [_ship(graph, name, bars[name], order, words) for name in names]
        yield single[0] if len(single) == 1 else _together(graph, single, inner[head], words)


def _ship(graph: Graph, name: str, bars: tuple[Bar, ...], order: Mapping[str, int], words: Words) -> Ship:
    vps, residents = graph.deployment.vps[name], graph.deployment.containers_on(name)
    address = vps.public_ip or vps.private_ip or ""
    details = [words.container.counted(len(residents)), address, neighbours(graph, name, words)]
    return Ship(
        name=name,
        title=vps.title,
        detail=" · ".join(filter(None, details)),
        cost=amount(vps.cost, words) if vps.cost and vps.cost.high else "",
        bars=bars,
        taps=tuple(sorted({order[n] for c in residents for n in c.networks if n in order})),
        names=(name,),
    )


def _together(graph: Graph, ships: Sequence[Ship], inner: int, words: Words) -> Ship:
    """Several machines as one: a line for each, with a sum of what they cost and how many containers they carry."""
    deployment = graph.deployment
    names = tuple(ship.name for ship in ships)
    containers = sum(len(deployment.containers_on(name)) for name in names)
    within = words.says_within.format(calls=words.call.counted(inner)) if inner else ""
    costs = summed(filter(None, (deployment.vps[name].cost for name in names)))
    return Ship(
        name=names[0],
        title=shared_title([ship.title for ship in ships], words.machine),
        detail=" · ".join(filter(None, [words.container.counted(containers), within])),
        cost=" + ".join(amount(cost, words) for cost in costs if cost.high),
        bars=(),
        taps=tuple(sorted({tap for ship in ships for tap in ship.taps})),
        names=names,
        berths=tuple(_berths(ships, words)),
        inner_calls=inner,
    )


def _berths(ships: Sequence[Ship], words: Words) -> Iterator[Berth]:
    """A line for each machine; where they are very many, one for the rest of them, with the fullest of each capacity."""
    shown = len(ships) if len(ships) <= _MOST_BERTHS else _MOST_BERTHS - 1
    yield from (Berth(ship.names, ship.title, ship.detail, ship.bars) for ship in ships[:shown])
    rest = ships[shown:]
    if rest:
        fullest: dict[str, Bar] = {}
        for bar in (bar for ship in rest for bar in ship.bars):
            fullest[bar.short] = max(fullest.get(bar.short, bar), bar, key=_fullness)
        title = words.rest_at_most.format(count=len(rest))
        yield Berth(
            tuple(ship.name for ship in rest), title, words.listed([s.title for s in rest]), (*fullest.values(),)
        )


def _fullness(bar: Bar) -> tuple[int, float]:
    return int(bar.percent.split()[0]), bar.share


def _entering(graph: Graph, heads: Mapping[str, str], words: Words) -> Iterator[Convoy]:
    """From outside to each machine that lets somebody in."""
    deployment = graph.deployment
    doors: dict[str, list[Container]] = {}
    for door in entries(graph):
        doors.setdefault(heads[door.vps], []).append(door)
    for vps, here in sorted(doors.items()):
        spoken = Counter(
            "HTTPS" if deployment.tls.is_ours and front_port(door) == 443 else protocol(door) for door in here
        )
        machines = dict.fromkeys(deployment.vps[door.vps].title for door in here)
        tip = f"{_named([door.title for door in here], words)} · {_named(list(machines), words)}"
        yield Convoy(f"gate:{vps}", ORIGIN, vps, "", None, len(here), optional=False, label=_label(spoken), tip=tip)


def _crossing(
    graph: Graph,
    calls: Sequence[Pair],
    order: Mapping[str, int],
    heads: Mapping[str, str],
    outside: Mapping[str, Pill],
    words: Words,
) -> Iterator[Convoy]:
    """What one machine's containers call on another, or outside, network by network; those drawn as one call themselves."""
    containers = graph.deployment.containers
    merged: dict[tuple[str, str, str], list[Pair]] = {}
    for pair in calls:
        client, server = containers[pair.source], containers[pair.target]
        if client.vps != server.vps:
            target = outside[server.name].name if server.is_external else heads[server.vps]
            merged.setdefault((heads[client.vps], target, pair.network), []).append(pair)
    for place, ((source, target, network), own) in enumerate(sorted(merged.items())):
        spoken = Counter(protocol(containers[pair.target]) for pair in own)
        said = [f"{containers[pair.source].title} → {containers[pair.target].title}" for pair in own]
        yield Convoy(
            f"e{place}",
            source,
            target,
            network,
            order.get(network),
            len(own),
            optional=all(pair.optional for pair in own),
            label=_label(spoken),
            tip=_named(said, words),
        )


def _named(titles: Sequence[str], words: Words) -> str:
    rest = len(titles) - _MOST_NAMES
    return words.listed([*titles[:_MOST_NAMES], *([words.more.format(count=rest)] if rest > 0 else [])])


def _label(spoken: Mapping[str, int]) -> str:
    """``SQL ×6``; of several protocols each."""
    counted = sorted((kind, number) for kind, number in spoken.items() if kind)
    return " · ".join(f"{kind} \N{MULTIPLICATION SIGN}{number}" if number > 1 else kind for kind, number in counted)


def _subtitle(graph: Graph, words: Words) -> str:
    deployment = graph.deployment
    carrying = len(carriers(graph))
    idle = len(deployment.vps) - carrying
    counts = [
        words.machine.counted(carrying),
        words.idle.counted(idle) if idle else "",
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
