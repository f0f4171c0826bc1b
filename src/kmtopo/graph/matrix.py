"""The whole table of who talks to whom: declared, possible though nobody declares it, impossible."""

from __future__ import annotations

from typing import Literal

from kmtopo.graph.ends import INTERNET
from kmtopo.graph.graph import Graph
from kmtopo.graph.reach import Reach, published
from kmtopo.values import frozen

Relationship = Literal["declared", "undeclared", "unreachable"]


@frozen
class Matrix:
    """Rows call, columns are called; both are ``names``, ``internet`` first. ``cells`` are in the order of the names."""

    names: tuple[str, ...]
    cells: tuple[tuple[Relationship, ...], ...]

    def between(self, source: str, target: str) -> Relationship:
        """What holds from one name to another."""
        return self.cells[self.names.index(source)][self.names.index(target)]


def matrix(graph: Graph) -> Matrix:
    """Works out the table of an environment; a container and itself count as unreachable."""
    names = (INTERNET, *graph.deployment.containers)
    reach = Reach(graph)
    calls = {(edge.source.name, edge.target.name) for edge in graph.calls() if edge.network is not None}
    calls |= {(INTERNET, c.name) for c in graph.deployment.containers.values() if published(c)}
    return Matrix(names, tuple(_row(source, names, set(reach.reached(source)), calls) for source in names))


def _row(
    source: str, names: tuple[str, ...], reached: set[str], calls: set[tuple[str, str]]
) -> tuple[Relationship, ...]:
    return tuple(
        "declared" if (source, name) in calls else "undeclared" if name in reached else "unreachable" for name in names
    )
