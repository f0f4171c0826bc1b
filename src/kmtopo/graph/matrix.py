"""The whole table of who talks to whom: declared, possible though nobody declares it, impossible."""

from __future__ import annotations

from typing import Literal

from kmtopo.graph.ends import INTERNET
from kmtopo.graph.graph import Graph
from kmtopo.graph.reach import Reach
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
    possible, declared = Reach(graph), Reach(graph, declared=True)
    return Matrix(
        names,
        tuple(_row(names, set(possible.reached(name)), set(declared.reached(name))) for name in names),
    )


def _row(names: tuple[str, ...], possible: set[str], declared: set[str]) -> tuple[Relationship, ...]:
    return tuple(
        "declared" if name in declared else "undeclared" if name in possible else "unreachable" for name in names
    )
