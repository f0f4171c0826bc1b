"""What fails with what: who goes down, who degrades, who is cut off, and which tenants notice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from kmtopo.graph.graph import Graph
from kmtopo.graph.reach import published
from kmtopo.resolve.deployment import Container, Route, chosen_routes
from kmtopo.values import frozen

_Way = tuple[str, Route]
"""A proxy, and the route that a request takes there."""


@frozen
class Impact:
    """What happens when ``failed`` containers are gone. All names are sorted.

    ``down``: they, whatever calls something down that it cannot do without, and proxies all of whose routes
    lead to something down. ``degraded`` is up and calls something down that is optional, or is a proxy some of
    whose routes lead to something down; that is not passed on. ``cut_off`` is up, but no route from outside leads
    to it any more. ``because`` gives, for each that is down or degraded, what it misses.
    """

    failed: tuple[str, ...]
    down: tuple[str, ...]
    degraded: tuple[str, ...]
    cut_off: tuple[str, ...]
    tenants_down: tuple[str, ...]
    tenants_degraded: tuple[str, ...]
    because: Mapping[str, tuple[str, ...]]


@frozen
class WeakPoint:
    """A single point of failure: it stops the entry, or takes half of the environment's containers down with it.

    ``down`` of the ``of`` containers that the environment runs go down; what others run is none of them.
    """

    impact: Impact
    stops_entry: bool
    down: int
    of: int

    @property
    def name(self) -> str:
        """The container."""
        return self.impact.failed[0]


def impact(graph: Graph, failed: Collection[str]) -> Impact:
    """Works out what happens when containers fail; the impact of a one-shot is that of its failure at the start."""
    return _Failure(graph).of(failed)


def impacts(graph: Graph, failures: Iterable[Collection[str]]) -> Iterator[Impact]:
    """Works out several failures, each by itself; what they have in common is worked out once."""
    failure = _Failure(graph)
    yield from map(failure.of, failures)


def weak_points(graph: Graph) -> tuple[WeakPoint, ...]:
    """The single points of failure, the worst first: by tenants down, containers down, tenants degraded, then name."""
    failure = _Failure(graph)
    ours = {name for name, container in graph.deployment.containers.items() if not container.is_external}
    found = []
    for name in graph.deployment.containers:
        lost = failure.down((name,))
        stops, down = failure.stops_entry(lost), len(ours & lost)
        if stops or (down and 2 * down >= len(ours)):
            found.append(WeakPoint(failure.of((name,)), stops, down, len(ours)))
    return tuple(sorted(found, key=_harm))


def _harm(point: WeakPoint) -> tuple[int, int, int, str]:
    result = point.impact
    return -len(result.tenants_down), -point.down, -len(result.tenants_degraded), point.name


class _Failure:
    """One graph's calls, turned round once, so that each failure is followed in time linear in what it touches."""

    def __init__(self, graph: Graph) -> None:
        self._containers = graph.deployment.containers
        self._tenants = graph.deployment.tenants
        self._needed_by: dict[str, list[str]] = {}
        self._wanted_by: dict[str, list[str]] = {}
        self._routed_by: dict[str, list[str]] = {}
        for container in self._containers.values():
            for call in container.calls:
                (self._wanted_by if call.optional else self._needed_by).setdefault(call.to, []).append(container.name)
            for name in dict.fromkeys(route.to for route in container.routes):
                self._routed_by.setdefault(name, []).append(container.name)
        self._entries = tuple(c.name for c in self._containers.values() if published(c))
        self._routed = self._reached_by_routes(frozenset())
        self._proxies = frozenset(c.name for c in self._containers.values() if c.is_proxy)
        self._ways = _ways(graph)
        self._proxied_by = _owners(self._ways, lambda way: way[0])
        self._served_by = _owners(self._ways, lambda way: way[1].to)

    def of(self, failed: Collection[str]) -> Impact:
        because: dict[str, set[str]] = {}
        down = self.down(failed, because)
        degraded = self._degraded(down, because)
        cut_off = self._cut_off(down)
        lost, hurt = self._tenants_hit(down, degraded)
        return Impact(
            failed=tuple(sorted(failed)),
            down=tuple(sorted(down)),
            degraded=tuple(sorted(degraded)),
            cut_off=tuple(sorted(cut_off)),
            tenants_down=lost,
            tenants_degraded=hurt,
            because={name: tuple(sorted(missing)) for name, missing in sorted(because.items())},
        )

    def _cut_off(self, down: Collection[str]) -> set[str]:
        """What no route from outside leads to any more: as long as all proxies are up, nothing."""
        if self._proxies.isdisjoint(down):
            return set()
        return self._routed.difference(self._reached_by_routes(down), down)

    def stops_entry(self, down: Collection[str]) -> bool:
        """Whether no way in is left that was there before: of proxies, where any of the entries is one."""
        proxies = [name for name in self._entries if self._containers[name].is_proxy]
        entries = proxies or self._entries
        return bool(entries) and all(name in down for name in entries)

    def down(self, failed: Collection[str], because: dict[str, set[str]] | None = None) -> set[str]:
        """What fails with them; ``because`` is filled with what each of it misses."""
        because = {} if because is None else because
        down = set(failed)
        queue = sorted(down)
        for name in queue:
            lost = list(self._needed_by.get(name, ()))
            lost += [proxy for proxy in self._routed_by.get(name, ()) if self._leads_nowhere(proxy, down)]
            for other in lost:
                if other not in down:
                    down.add(other)
                    queue.append(other)
                if other not in failed:
                    because.setdefault(other, set()).add(name)
        return down

    def _leads_nowhere(self, proxy: str, down: Collection[str]) -> bool:
        return all(route.to in down for route in self._containers[proxy].routes)

    def _degraded(self, down: Collection[str], because: dict[str, set[str]]) -> set[str]:
        degraded: set[str] = set()
        for name in down:
            for other in (*self._wanted_by.get(name, ()), *self._routed_by.get(name, ())):
                if other not in down:
                    degraded.add(other)
                    because.setdefault(other, set()).add(name)
        return degraded

    def _reached_by_routes(self, down: Collection[str]) -> set[str]:
        """What a route from outside leads to, over proxies that are up."""
        reached: set[str] = set()
        queue = [name for name in self._entries if name not in down]
        seen = set(queue)
        for name in queue:
            for route in self._containers[name].routes:
                reached.add(route.to)
                if route.to not in seen and route.to not in down:
                    seen.add(route.to)
                    queue.append(route.to)
        return reached

    def _tenants_hit(self, down: Collection[str], degraded: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        hit = {owner for name in down for owner in self._proxied_by.get(name, ())}
        hit.update(owner for name in (*down, *degraded) for owner in self._served_by.get(name, ()))
        fates = {owner: _fate(self._ways[owner], down, degraded) for owner in hit}
        # Pooled tenants go the same ways; what befalls one befalls all of them.
        others = [t for t in self._tenants if t not in self._ways] if fates.get("") else []
        found = fates | dict.fromkeys(others, fates.get("", ""))
        lost, hurt = (sorted(t for t, fate in found.items() if t and fate == wanted) for wanted in ("lost", "hurt"))
        return tuple(lost), tuple(hurt)


def _fate(ways: Iterable[_Way], down: Collection[str], degraded: Collection[str]) -> str:
    """What becomes of whoever goes these ways: ``lost`` where all are gone, ``hurt`` where some are, or one degrades."""
    ways = tuple(ways)
    gone = [proxy in down or route.to in down for proxy, route in ways]
    if ways and all(gone):
        return "lost"
    return "hurt" if any(gone) or any(route.to in degraded for _, route in ways) else ""


def _ways(graph: Graph) -> dict[str, tuple[_Way, ...]]:
    """The routes that each tenant's requests take, with the proxy; under ``""`` those of pooled tenants."""
    deployment = graph.deployment
    proxies = [_Proxy(container) for container in deployment.containers.values() if container.is_proxy]
    own = {name: tuple(_routes(proxies, name)) for name, tenant in deployment.tenants.items() if tenant.dedicated}
    return {**own, "": tuple(_routes(proxies, None))}


class _Proxy:
    """A proxy, its routes put apart by tenant once: one that all share has some for each of thousands."""

    def __init__(self, container: Container) -> None:
        self.container = container
        self._routes: dict[str | None, list[Route]] = {}
        for route in container.routes:
            self._routes.setdefault(route.tenant, []).append(route)

    def routes_of(self, tenant: str | None) -> tuple[Route, ...]:
        """The routes that a tenant's requests take."""
        return chosen_routes(*(self._routes.get(owner, ()) for owner in (None, tenant)))


def _routes(proxies: Iterable[_Proxy], tenant: str | None) -> Iterator[_Way]:
    """The ways of one tenant's requests: over proxies of its own where it has them, else over those that all share."""
    own = [proxy for proxy in proxies if tenant and proxy.container.tenant == tenant]
    elsewhere = {proxy.container.original for proxy in own}
    shared = [p for p in proxies if p.container.tenant is None and p.container.name not in elsewhere]
    for proxy in sorted((*own, *shared), key=lambda p: p.container.name):
        yield from ((proxy.container.name, route) for route in proxy.routes_of(tenant) if route.site is None)


def _owners(ways: Mapping[str, Iterable[_Way]], station: Callable[[_Way], str]) -> dict[str, set[str]]:
    """Whose requests come by each container."""
    found: dict[str, set[str]] = {}
    for owner, passed in ways.items():
        for way in passed:
            found.setdefault(station(way), set()).add(owner)
    return found
