"""Who has which fate: told from what the comparison of two graphs says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

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
    """What a change says of the two graphs: all of it, by container, what is touched, and who called whom and calls whom."""

    before: Graph
    after: Graph
    told: tuple[Told, ...]
    touched: frozenset[tuple[str, str]]
    told_of: Mapping[str, tuple[Told, ...]]
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
        told = any(_leads(each, pair, (self.before, self.after)) for each in self.told_of.get(source, ()))
        return _fate(pair, old, new, changed=told)

    def _of(self, noun: str, name: str, before: Collection[str], after: Collection[str]) -> Fate:
        return _fate(name, before, after, changed=(noun, name) in self.touched)


def verdict(before: Graph, after: Graph) -> Verdict:
    """Compares the sides of a change."""
    said = answers(after).changes(answers(before)).said
    told = tuple(Told(each.address, each.left, each.right) for each in said)
    touched = frozenset(
        (str(each.address.steps[0]), str(each.address.steps[1])) for each in told if len(each.address.steps) > 1
    )
    told_of: dict[str, tuple[Told, ...]] = {}
    for each in told:
        if each.address.steps[0] == "containers":
            told_of[str(each.address.steps[1])] = (*told_of.get(str(each.address.steps[1]), ()), each)
    return Verdict(before, after, told, touched, told_of, (_pairs(before), _pairs(after)))


def _fate(thing: object, before: Collection[object], after: Collection[object], *, changed: bool) -> Fate:
    if thing not in before:
        return Fate.ADDED
    if thing not in after:
        return Fate.REMOVED
    return Fate.CHANGED if changed else Fate.SAME


def _pairs(graph: Graph) -> frozenset[Pair]:
    return frozenset((edge.source.name, edge.target.name) for edge in graph.calls())


def _leads(told: Told, pair: Pair, sides: Iterable[Graph]) -> bool:
    """Whether a difference lies in what one container says of its calls to another: its use of it, or a route to it."""
    steps = [str(step) for step in told.address.steps]
    if steps[:2] != ["containers", pair[0]] or len(steps) < 4:
        return False
    if steps[2] == "uses":
        return steps[3] == pair[1]
    callers = [side.deployment.containers[pair[0]] for side in sides if pair[0] in side.deployment.containers]
    routes = {(f"{route.site or ''}{route.path}", route.to) for each in callers for route in each.routes}
    return steps[2] == "routes" and (steps[3], pair[1]) in routes
