"""What the topology says of what documents may claim: over all environments, as a document may mean any."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from unicodedata import combining, normalize

from kmtopo.checks.budgets import spendings
from kmtopo.graph.cost import RULES, savings, shares, total
from kmtopo.pipeline import Build
from kmtopo.resolve.deployment import Container, Deployment, Vps
from kmtopo.types.catalogue import catalogue
from kmtopo.types.runtime import ContainerType, Cost
from kmtopo.values import frozen

# Words that are alike so far are taken for the same: `analytical`, `analytics`.
_STEM = 5
_WORD = re.compile(r"[a-z0-9]{3,}")
_STAGES = {
    "development": "development desarrollo local dev",
    "test": "test testing pruebas staging qa",
    "production": "production producción prod live",
}


@frozen
class Technology:
    """A type of the catalogue that has a brand: what it is called, and whether anything of it runs."""

    type: str
    names: tuple[str, ...]
    runs: bool


def folded(text: str) -> str:
    """Words without accents and capitals."""
    return "".join(c for c in normalize("NFKD", text) if not combining(c)).lower()


def singular(text: str) -> frozenset[str]:
    """The words of a text, whatever their number: a name is another where more than that differs."""
    return frozenset(re.sub(r"(?<=\w{3})e?s$", "", word) for word in _WORD.findall(folded(text)))


def stems(text: str) -> frozenset[str]:
    """What the words of a text begin with."""
    return frozenset(word[:_STEM] for word in _WORD.findall(folded(text)))


class Known:
    """A build's deployments, asked about what a sentence claims."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._deployments = tuple(graph.deployment for graph in build.graphs.values())

    @cached_property
    def technologies(self) -> tuple[Technology, ...]:
        """The technologies of the catalogue."""
        types = (each for each in catalogue().values() if each.title)
        return tuple(Technology(t.name, (t.title, *t.aliases), self._runs(t)) for t in types)

    def _runs(self, kind: ContainerType) -> bool:
        words = [folded(name) for name in (kind.title, *kind.aliases)]
        return any(c.type == kind.name or any(w in _said(c) for w in words) for c in self._containers())

    @cached_property
    def costs(self) -> tuple[Cost, ...]:
        """Every monthly price that the topology gives or that follows from it."""
        machines = tuple({vps.name: vps for d in self._deployments for vps in d.vps.values()}.values())
        found = [cost for d in self._deployments for cost in total(d.vps.values())]
        found += [vps.cost for vps in machines if vps.cost]
        found += [other.cost for vps in machines for other in vps.alternatives]
        found += [*total(machines), *(saving.cost for saving in savings(machines)), *self._budgets()]
        for graph in self._build.graphs.values():
            found += [cost for rule in RULES for cost in shares(graph, rule).values()]
        return tuple(dict.fromkeys(found))

    @cached_property
    def prices(self) -> tuple[Cost, ...]:
        """The prices that the topology itself gives."""
        machines: tuple[Vps, ...] = tuple(vps for d in self._deployments for vps in d.vps.values())
        given = [vps.cost for vps in machines if vps.cost]
        given += [other.cost for vps in machines for other in vps.alternatives]
        return tuple(dict.fromkeys(given))

    @cached_property
    def priced(self) -> frozenset[frozenset[str]]:
        """The titles of what has a price, machines and their alternatives, each as the stems of its words."""
        machines = [vps for d in self._deployments for vps in d.vps.values()]
        return frozenset(
            stems(title) for vps in machines for title in (vps.title, *(a.title for a in vps.alternatives))
        )

    def _budgets(self) -> Iterator[Cost]:
        policies = self._build.topology.lists.get("policies", ()) if self._build.topology else ()
        return (each.budget for each in spendings(policies, self._build.graphs))

    @cached_property
    def counts(self) -> dict[str, tuple[int, ...]]:
        """What may be counted, by noun: the numbers that are right of one environment or of all."""
        parts = [_counted(deployment) for deployment in self._deployments]
        found = {noun: {number for part in parts for number in part[noun]} for noun in (parts[0] if parts else {})}
        for noun, named in self.named.items():
            found.setdefault(noun, set()).add(len(named))
        found["environment"] = {len(self._deployments)}
        return {noun: tuple(sorted(numbers - {0})) for noun, numbers in found.items()}

    @cached_property
    def named(self) -> dict[str, dict[str, str]]:
        """Titles by name, for each noun that may be named."""
        found: dict[str, dict[str, str]] = {"network": {}, "tenant": {}, "environment": {}, "vps": {}}
        for d in self._deployments:
            found["network"] |= {n.address.name: n.title for n in d.networks.values()}
            found["tenant"] |= {t.name: t.title for t in d.tenants.values()}
            found["environment"][d.environment.name] = d.environment.title
            found["vps"] |= {v.name: v.title for v in d.vps.values()}
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """The stems of all words of the model."""
        return stems(" ".join(word for d in self._deployments for word in (*_names(d), *_purposes(d))))

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of everything that has a name or a title in the model."""
        return singular(" ".join(word for d in self._deployments for word in _names(d)))

    @cached_property
    def networks(self) -> frozenset[str]:
        """The stems of the words by which the model tells of its networks."""
        found = (network for d in self._deployments for network in d.networks.values())
        return stems(" ".join(f"{each.name} {each.title} {each.purpose or ''}" for each in found))

    def _containers(self) -> Iterator[Container]:
        return (container for d in self._deployments for container in d.containers.values())


def _said(container: Container) -> str:
    return folded(f"{container.name} {container.title} {container.image or ''} {container.host}")


def _counted(deployment: Deployment) -> dict[str, tuple[int, ...]]:
    ours = [each for each in deployment.containers.values() if not each.is_external]
    tenants = deployment.tenants.values()
    return {
        "tenant": (len(tenants), sum(not each.central for each in tenants)),
        "container": (
            len(ours),
            len(deployment.containers),
            sum(each.replicas for each in ours),
            sum(not each.once for each in ours),
            sum(each.replicas for each in ours if not each.once),
            sum(each.tenant is None for each in ours),
        ),
        "network": (len(deployment.networks), sum(each.tenant is None for each in deployment.networks.values())),
        "vps": (len(deployment.vps),),
        "zone": (len(deployment.zones), len({each.zone for each in tenants if each.zone})),
        # A sentence may tell of one tenant's.
        "branch": (sum(len(each.branches) for each in tenants), *(len(each.branches) for each in tenants)),
    }


def _names(deployment: Deployment) -> Iterable[str]:
    yield from (deployment.project.name, deployment.project.title)
    environment = deployment.environment
    yield from (environment.name, environment.title, _STAGES[environment.stage])
    for vps in deployment.vps.values():
        yield from (vps.name, vps.title, vps.provider or "", vps.location or "", vps.os or "")
        yield from (other.title for other in vps.alternatives)
    for network in deployment.networks.values():
        yield from (network.name, network.title)
    for container in deployment.containers.values():
        yield from (_said(container), container.kind, container.type)
    for zone in deployment.zones.values():
        yield from (zone.name, zone.title, zone.city or "")
    for tenant in deployment.tenants.values():
        yield from (tenant.name, tenant.title, *tenant.branches)


def _purposes(deployment: Deployment) -> Iterable[str]:
    yield from (network.purpose or "" for network in deployment.networks.values())
    yield from (container.purpose or "" for container in deployment.containers.values())
