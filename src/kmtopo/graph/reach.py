"""Who can talk to whom: networks carry, proxies forward, every other container ends a path."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from kmtopo.graph.ends import INTERNET
from kmtopo.graph.graph import Graph
from kmtopo.resolve.deployment import Container
from kmtopo.values import frozen

__all__ = ["ALL", "INTERNET", "Cut", "Reach", "published"]

ALL = "all"
_NOBODY: frozenset[str] = frozenset()


@frozen
class Cut:
    """Why there is no path: what the source does reach, and which of those stand before the target and forward nothing.

    ``ends`` maps each of them to the networks on which the way would go on.
    """

    reached: tuple[str, ...]
    ends: Mapping[str, tuple[str, ...]]


def published(container: Container) -> bool:
    """Whether something outside the machine can connect to the container."""
    return any(not p.is_loopback for p in container.publications)


class Reach:
    """The relation "can talk to" in one graph; made once and asked often, each answer in time linear in the graph.

    ``declared`` follows only calls that the file declares. ``breached`` names containers that forward, too, as
    an intruder there would; ``all`` stands for every one.
    """

    def __init__(self, graph: Graph, *, declared: bool = False, breached: Collection[str] = ()) -> None:
        self.graph = graph
        self._containers = graph.deployment.containers
        # By the graph's members: a rule asks what would be if a container joined a network.
        self._networks: dict[str, list[str]] = {name: [] for name in self._containers}
        self._bridges: dict[tuple[str, str], list[str]] = {}
        for network, members in graph.members.items():
            for name in members:
                self._networks[name].append(network)
                self._bridges.setdefault((network, self._containers[name].vps), []).append(name)
        self._outside = frozenset(name for name, c in self._containers.items() if c.is_external)
        self._outer = self._outside | {INTERNET}
        callees = _callees(graph)
        self._calls = callees if declared else None
        self._distant = _elsewhere(self._containers, callees)
        self._breached = frozenset(self._containers if ALL in breached else breached)

    def path(self, source: str, target: str) -> tuple[str, ...] | None:
        """A shortest path; the first by name among equally short ones, None where there is none."""
        return self.shortest((source,), (target,))

    def shortest(self, sources: Iterable[str], targets: Collection[str]) -> tuple[str, ...] | None:
        """The shortest path from any of the sources to any other of the targets."""
        ways = (way for source in sources for way in self._ways(source, targets))
        return min(ways, key=lambda way: (len(way), way), default=None)

    def reached(self, source: str) -> tuple[str, ...]:
        """Everything that a container, or ``internet``, reaches, sorted."""
        found = set(self._search(source)) - {source}
        for name in self._doors(source):
            called = self._calls.get(name, _NOBODY) & self._outside if self._calls is not None else self._outer
            found |= called if self._open_networks(name) else _NOBODY
        return tuple(sorted(found))

    def cut(self, sources: Iterable[str], targets: Iterable[str]) -> Cut:
        """What keeps sources from targets that none of them reaches."""
        reached = {name for source in sources for name in self._search(source) if name not in (source, INTERNET)}
        # Backwards from the targets, through all that is not reached: where that meets what is, there is the cut.
        ends: dict[str, set[str]] = {}
        for target in targets:
            for name, networks in self._met(target, reached).items():
                ends.setdefault(name, set()).update(networks)
        return Cut(tuple(sorted(reached)), {name: tuple(sorted(found)) for name, found in sorted(ends.items())})

    def _ways(self, source: str, targets: Collection[str]) -> Iterator[tuple[str, ...]]:
        found = self._search(source)
        near = next((name for name in found if name != source and name in targets), None)
        if near is not None:
            yield _back(found, near)
        outer = sorted(self._outer & set(targets))
        doors = self._doors(source) if outer else {}
        for target in outer:
            last = next((name for name in doors if self._leads(name, target)), None)
            if last is not None:
                yield (*doors[last], target)

    def _doors(self, source: str) -> dict[str, tuple[str, ...]]:
        """From where the source may get out, with the shortest path there: what forwards inwards only helps nothing out."""
        if source in self._outer:
            return {}
        found = self._search(source, outward=True)
        return {name: _back(found, name) for name in found if name == source or name in self._breached}

    def _leads(self, name: str, target: str) -> bool:
        """Whether a container gets out by itself; where only declared calls count, to a system that it calls."""
        if self._calls is not None and target not in self._calls.get(name, _NOBODY):
            return False
        return bool(self._open_networks(name))

    def _search(self, source: str, *, outward: bool = False) -> dict[str, str | None]:
        """What the source reaches, in order of distance, each with the one before it."""
        found: dict[str, str | None] = {source: None}
        queue = [source]
        meshed: set[tuple[str, str]] = set()
        for name in queue:
            if name in self._outside or (name != source and not self._forwards(name, outward=outward)):
                continue
            for other in sorted(self._next(name, meshed)):
                if other not in found:
                    found[other] = name
                    queue.append(other)
        return found

    def _forwards(self, name: str, *, outward: bool) -> bool:
        # A proxy hands on what comes in; nothing gets out of it by that.
        return name in self._breached or (not outward and name in self._containers and self._containers[name].is_proxy)

    def _next(self, name: str, meshed: set[tuple[str, str]]) -> Iterator[str]:
        if name == INTERNET:
            yield from (n for n, c in self._containers.items() if published(c))
        elif self._calls is not None:
            yield from self._calls.get(name, _NOBODY) - self._outside
        else:
            # A bridge is a full mesh: once one member forwards onto it, all its members are reached.
            for bridge in self._joined(name):
                if bridge not in meshed:
                    meshed.add(bridge)
                    yield from self._bridges[bridge]
            # Between machines only what is declared crosses.
            yield from self._distant.get(name, ())

    def _open_networks(self, name: str) -> tuple[str, ...]:
        networks = self.graph.deployment.networks
        return tuple(n for n in self._networks[name] if n in networks and not networks[n].internal)

    def _met(self, target: str, reached: Collection[str]) -> dict[str, set[str]]:
        """Who of what is reached stands before the target, with the networks on which the way would go on."""
        if target in self._outer:
            return {name: set(self._open_networks(name)) for name in reached if self._leads(name, target)}
        found: dict[str, set[str]] = {}
        seen = {target}
        queue = [target]
        for name in queue:
            for before, network in self._previous(name):
                if before in reached:
                    found.setdefault(before, set()).add(network)
                elif before not in seen:
                    seen.add(before)
                    queue.append(before)
        # Where it stands right beside the target, nobody wants to hear of detours.
        beside = set(self._networks[target])
        return {name: networks & beside or networks for name, networks in found.items()}

    def _previous(self, name: str) -> Iterator[tuple[str, str]]:
        for network, vps in self._joined(name):
            for before in self._bridges[network, vps]:
                if before != name and (self._calls is None or name in self._calls.get(before, ())):
                    yield before, network
            for before in self.graph.members.get(network, ()):
                if name in self._distant.get(before, ()):
                    yield before, network

    def _joined(self, name: str) -> Iterator[tuple[str, str]]:
        """The bridges that a container is on: a network has one on each machine."""
        return ((network, self._containers[name].vps) for network in self._networks[name])


def _callees(graph: Graph) -> dict[str, set[str]]:
    callees: dict[str, set[str]] = {}
    for edge in graph.calls():
        if edge.network is not None:
            callees.setdefault(edge.source.name, set()).add(edge.target.name)
    return callees


def _elsewhere(containers: Mapping[str, Container], callees: Mapping[str, set[str]]) -> dict[str, list[str]]:
    """Who calls whom on another machine."""
    crossing = {
        name: sorted(other for other in called if containers[other].vps not in ("", containers[name].vps))
        for name, called in callees.items()
    }
    return {name: called for name, called in crossing.items() if called}


def _back(found: Mapping[str, str | None], name: str) -> tuple[str, ...]:
    path: list[str] = []
    here: str | None = name
    while here is not None:
        path.append(here)
        here = found[here]
    return tuple(reversed(path))
