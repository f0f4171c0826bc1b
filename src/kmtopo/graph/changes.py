"""What a change of the topology changes in one environment: what is said, who reaches whom, what it costs and needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.graph.cost import environment_cost
from kmtopo.graph.ends import INTERNET
from kmtopo.graph.graph import Graph
from kmtopo.graph.likeness import Difference, differences
from kmtopo.graph.load import Load, loads
from kmtopo.graph.particulars import particulars
from kmtopo.graph.reach import Reach
from kmtopo.types.runtime import Cost
from kmtopo.values import frozen

Pair = tuple[str, str]


@frozen
class Changes:
    """One environment before and after; ``opened`` and ``closed`` are pairs that can and can no longer talk.

    ``loads`` are those of machines on either side, before and after; None where the environment is not on it.
    """

    said: tuple[Difference, ...]
    opened: tuple[Pair, ...]
    closed: tuple[Pair, ...]
    cost: tuple[tuple[Cost, ...], tuple[Cost, ...]]
    loads: Mapping[str, tuple[Load | None, Load | None]]

    @property
    def is_none(self) -> bool:
        """Whether both sides are the same."""
        return not (self.said or self.opened or self.closed)


def changes(before: Graph, after: Graph) -> Changes:
    """Compares an environment with what it was."""
    was, now = _pairs(before), _pairs(after)
    both = set(before.deployment.containers) & set(after.deployment.containers) | {INTERNET}
    old, new = loads([before.deployment]), loads([after.deployment])
    return Changes(
        said=said(before, after),
        # Who comes or goes reaches others, of course: told are those that stay, and what the new ones lay open.
        opened=tuple(sorted(p for p in now - was if both >= set(p) or INTERNET in p)),
        closed=tuple(sorted(p for p in was - now if both >= set(p))),
        cost=(environment_cost(before.deployment), environment_cost(after.deployment)),
        loads={name: (old.get(name), new.get(name)) for name in sorted({*old, *new})},
    )


def said(before: Graph, after: Graph) -> tuple[Difference, ...]:
    """Returns what is said otherwise, by address; who reaches whom is not looked at."""
    return tuple(sorted(_said(before, after), key=lambda each: (str(each.address), each.aspect)))


def _said(before: Graph, after: Graph) -> Iterator[Difference]:
    found = [*differences(before, after), *particulars(before.deployment, after.deployment)]
    # Where the port of a machine is told, whether it leads in from outside needs no line of its own.
    told = {each.address for each in found if each.aspect == "ports"}
    yield from (each for each in found if each.aspect == "ports" or each.address not in told)


def _pairs(graph: Graph) -> set[Pair]:
    reach = Reach(graph)
    return {(a, b) for a in (INTERNET, *graph.deployment.containers) for b in reach.reached(a)}
