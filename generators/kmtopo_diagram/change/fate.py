"""Who has which fate: told from what the comparison of two graphs says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from kmtopo.plugin import Address, Graph, answers, frozen
from kmtopo_diagram.signs.fates import Fate

Pair = tuple[str, str]


@frozen
class Told:
    """One difference: ``left`` and ``right`` are empty on the side where there is nothing, ``-`` where there is no value."""

    address: Address
    left: str
    right: str

    @property
    def fate(self) -> Fate:
        """What became of it."""
        return Fate.CHANGED if self.left and self.right else Fate.REMOVED if self.left else Fate.ADDED


@frozen
class Verdict:
    """What a change says of the two graphs: all of it, what and whose calls it touches, and who called whom and calls whom."""

    before: Graph
    after: Graph
    told: tuple[Told, ...]
    touched: frozenset[tuple[str, str]]
    led: frozenset[Pair]
    calls: tuple[frozenset[Pair], frozenset[Pair]]

    def container(self, name: str) -> Fate:
        """The fate of a container."""
        return self._of("containers", name, self.before.deployment.containers, self.after.deployment.containers)

    def network(self, name: str) -> Fate:
        """The fate of a network."""
        return self._of("networks", name, self.before.deployment.networks, self.after.deployment.networks)

    def machine(self, name: str) -> Fate:
        """The fate of a machine."""
        return self._of("vps", name, self.before.deployment.vps, self.after.deployment.vps)

    def call(self, source: str, target: str) -> Fate:
        """The fate of the calls of one container to another."""
        pair, (old, new) = (source, target), self.calls
        return _fate(pair, old, new, changed=pair in self.led)

    def _of(self, noun: str, name: str, before: Collection[str], after: Collection[str]) -> Fate:
        return _fate(name, before, after, changed=(noun, name) in self.touched)


def verdict(before: Graph, after: Graph) -> Verdict:
    """Compares the sides of a change."""
    said = answers(after).said_since(answers(before))
    told = tuple(Told(each.address, each.left, each.right) for each in said)
    touched = frozenset(
        (str(each.address.steps[0]), str(each.address.steps[1])) for each in told if len(each.address.steps) > 1
    )
    led = frozenset(_led(told, (before, after)))
    return Verdict(before, after, told, touched, led, (_pairs(before), _pairs(after)))


def _fate(thing: object, before: Collection[object], after: Collection[object], *, changed: bool) -> Fate:
    if thing not in before:
        return Fate.ADDED
    if thing not in after:
        return Fate.REMOVED
    return Fate.CHANGED if changed else Fate.SAME


def _pairs(graph: Graph) -> frozenset[Pair]:
    return frozenset((edge.source.name, edge.target.name) for edge in graph.calls())


def _led(told: Iterable[Told], sides: Sequence[Graph]) -> Iterator[Pair]:
    """The calls of which something is otherwise: what one container says of its use of another, or a route to it."""
    routes: dict[tuple[str, str], set[str]] = {}
    for caller in (container for side in sides for container in side.deployment.containers.values()):
        for route in caller.routes:
            routes.setdefault((caller.name, f"{route.site or ''}{route.path}"), set()).add(route.to)
    for _, source, aspect, which in (map(str, each.address.steps[:4]) for each in told if _is_of_a_call(each)):
        ends = {which} if aspect == "uses" else routes.get((source, which), set())
        yield from ((source, target) for target in sorted(ends))


def _is_of_a_call(told: Told) -> bool:
    steps = told.address.steps
    return len(steps) > 3 and steps[0] == "containers" and steps[2] in ("uses", "routes")
