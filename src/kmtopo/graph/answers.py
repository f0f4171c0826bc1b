"""One environment, asked from Python: the same answers as on the command line, as values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from kmtopo.diagnostics import did_you_mean
from kmtopo.graph import cost as costs
from kmtopo.graph.changes import Changes, changes, said
from kmtopo.graph.ends import INTERNET, chosen, names
from kmtopo.graph.graph import Graph
from kmtopo.graph.impact import Impact, WeakPoint, impact, impacts, weak_points
from kmtopo.graph.likeness import Difference, differences
from kmtopo.graph.load import Load, loads
from kmtopo.graph.matrix import Matrix, matrix
from kmtopo.graph.proof import Reached, proven
from kmtopo.graph.reach import ALL
from kmtopo.resolve.deployment import Deployment
from kmtopo.types.runtime import Cost
from kmtopo.values import frozen


@frozen
class Answers:
    """What one environment answers before anything is deployed.

    Ends are words as on the command line: a container, network, machine or tenant, ``internet``, a glob, or an address
    such as ``networks.comando``. A word that names nothing raises LookupError.
    """

    graph: Graph

    @property
    def deployment(self) -> Deployment:
        """Everything that is resolved: containers, networks, tenants, machines."""
        return self.graph.deployment

    def reach(self, source: str, target: str, *, declared: bool = False, breached: Collection[str] = ()) -> Reached:
        """Says whether ``source`` reaches ``target``.

        ``declared`` follows only declared calls; ``breached`` (or ``["all"]``) hand on, too, as an intruder there would.
        """
        lost = [ALL] if ALL in breached else self._named(breached)
        return proven(self.graph, self._named([source]), self._named([target]), declared=declared, breached=lost)

    def impact(self, *of: str) -> Impact:
        """Says what goes down, degrades or is cut off when these fail together; ``internet`` is not ours to fail."""
        if INTERNET in of:
            raise LookupError(f"{INTERNET!r} is not ours to fail")
        return impact(self.graph, self._named(of))

    def impacts(self, failures: Iterable[str]) -> Iterator[Impact]:
        """Says the same of each of several failures by itself; of thousands, in a fraction of the time."""
        return impacts(self.graph, (self._named([word]) for word in failures))

    def weak_points(self) -> tuple[WeakPoint, ...]:
        """The single points of failure, the worst first."""
        return weak_points(self.graph)

    def matrix(self) -> Matrix:
        """Who talks to whom: declared, possible, impossible."""
        return matrix(self.graph)

    def cost(self) -> tuple[Cost, ...]:
        """The price of its machines a month, one sum for each currency."""
        return costs.environment_cost(self.deployment)

    def savings(self) -> tuple[costs.Saving, ...]:
        """What each of its machines saves a month against each way to run the same."""
        return costs.savings(self.deployment.vps.values())

    def shares(self, split: str = "equal") -> dict[str, Cost]:
        """What each tenant bears of it; ``split`` is ``equal``, ``companies`` or ``branches``."""
        return costs.shares(self.graph, split)

    def capacity(self) -> Mapping[str, Load]:
        """What its machines have to carry: its own share, and that of each other environment there."""
        return {
            name: load
            for name, load in loads((self.deployment, *self.graph.beside)).items()
            if name in self.deployment.vps
        }

    def compare(self, other: Answers) -> tuple[Difference, ...]:
        """How another environment differs in what runs."""
        return differences(self.graph, other.graph)

    def changes(self, before: Answers) -> Changes:
        """What became of it since ``before``: what is said otherwise, who can talk now or no longer, cost and load."""
        return changes(before.graph, self.graph)

    def said_since(self, before: Answers) -> tuple[Difference, ...]:
        """What is said otherwise than ``before``: of the changes the part that asks nobody whom he reaches."""
        return said(before.graph, self.graph)

    def _named(self, words: Iterable[str]) -> tuple[str, ...]:
        found: set[str] = set()
        for word in words:
            meant = chosen(self.graph, [word])
            if not meant:
                close = did_you_mean(word, names(self.graph))
                raise LookupError(f"nothing is called {word!r}" + (f"; did you mean {close!r}?" if close else ""))
            found.update(meant)
        return tuple(sorted(found))
