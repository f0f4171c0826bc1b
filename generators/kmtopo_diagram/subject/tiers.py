"""Which network lies above which: the nearer the Internet, the higher."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from heapq import heappop, heappush

from kmtopo.plugin import Container, Graph

COLUMNS = 3  # cards side by side: more would make the picture wider than a document's column
_FAR = 1_000_000
_NOBODY: Counter[str] = Counter()


def entries(graph: Graph) -> tuple[Container, ...]:
    """Returns the containers through which one comes in: from the Internet, or where none is public, from the machine itself.

    On the loopback address only a proxy counts as a way in, if there is one: stores published there are for tools.
    """
    published = [c for c in graph.deployment.containers.values() if c.publications]
    public = [c for c in published if is_public(c)]
    if public:
        return tuple(public)
    proxies = [c for c in published if c.is_proxy]
    return tuple(proxies or [c for c in published if not c.is_store])


def is_public(container: Container) -> bool:
    """Tells whether another machine can connect to it."""
    return any(not publication.is_loopback for publication in container.publications)


def network_order(graph: Graph) -> tuple[str, ...]:
    """Returns all networks from the top: by distance from the way in, callers above those whom they call, then by name.

    Of those equally near the one in which the way in is at home comes first, whoever calls whom.
    """
    first = {container.home for container in entries(graph)}
    distance, called = _distances(graph), _callees(graph)
    # How often those that wait call each network.
    inflow: Counter[str] = Counter()
    for counts in called.values():
        inflow.update(counts)

    def key(name: str) -> tuple[int, bool, int, str]:
        return distance.get(name, _FAR), name not in first, inflow[name], name

    waiting, order = set(graph.deployment.networks), list[str]()
    # A network is offered anew whenever it is called less: of its offers the last is the least, and counts.
    offers = sorted(map(key, waiting))
    while offers:
        name = heappop(offers)[-1]
        if name in waiting:
            waiting.remove(name)
            order.append(name)
            for callee, count in called.get(name, _NOBODY).items():
                inflow[callee] -= count
                heappush(offers, key(callee))
    return tuple(order)


def shelves(names: Iterable[str], graph: Graph) -> tuple[tuple[str, ...], ...]:
    """Puts neighbouring networks side by side that are equally far, small and do not call each other."""
    distance, flows = _distances(graph), _flows(graph)
    homes = Counter(c.home for c in graph.deployment.containers.values())
    rows: list[list[str]] = []
    for name in names:
        row = rows[-1] if rows else []
        fits = row and sum(homes[n] for n in (*row, name)) <= COLUMNS
        peers = all(distance.get(n) == distance.get(name) and not flows[n, name] + flows[name, n] for n in row)
        if fits and peers:
            row.append(name)
        else:
            rows.append([name])
    return tuple(map(tuple, rows))


def _callees(graph: Graph) -> dict[str, Counter[str]]:
    """Counts whom each network's residents call in others."""
    called: dict[str, Counter[str]] = {}
    for (caller, callee), count in _flows(graph).items():
        if caller != callee and {caller, callee} <= graph.deployment.networks.keys():
            called.setdefault(caller, Counter())[callee] = count
    return called


def _flows(graph: Graph) -> Counter[tuple[str, str]]:
    """Counts the calls from one network's residents to another's."""
    containers = graph.deployment.containers
    return Counter(
        (containers[edge.source.name].home, containers[edge.target.name].home)
        for edge in graph.calls()
        if edge.source.name in containers and edge.target.name in containers
    )


def _distances(graph: Graph) -> dict[str, int]:
    """Counts the containers on the way from the outside to each network."""
    containers = graph.deployment.containers
    reached: dict[str, int] = {}
    front = sorted({n for c in entries(graph) for n in c.networks})
    front = front or [n for n, network in graph.deployment.networks.items() if not network.internal]
    steps = 0
    while front:
        reached |= dict.fromkeys(front, steps)
        steps += 1
        inside = {c for name in front for c in graph.members.get(name, ())}
        front = sorted({n for c in inside for n in containers[c].networks} - reached.keys())
    return reached
