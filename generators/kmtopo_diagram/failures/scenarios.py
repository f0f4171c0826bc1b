"""The scenarios of an environment: each machine and each container, with what its failure does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kmtopo.plugin import Address, Deployment, Graph, answers, frozen
from kmtopo_diagram.signs.states import State
from kmtopo_diagram.subject.tiers import entries


@frozen
class Scenario:
    """A failure and what follows. ``states`` holds who is touched; ``because`` what each of them misses.

    ``key`` is the address of what fails. ``is_weak``: it is a single point of failure.
    """

    key: Address
    title: str
    failed: tuple[str, ...]
    states: Mapping[str, State]
    because: Mapping[str, tuple[str, ...]]
    tenants_down: tuple[str, ...]
    tenants_degraded: tuple[str, ...]
    is_weak: bool

    @property
    def is_machine(self) -> bool:
        """Whether a whole machine fails."""
        return self.key.steps[0] == "vps"

    @property
    def reach(self) -> int:
        """How many containers are touched, those that fail included."""
        return len(self.states)

    def those(self, state: State) -> tuple[str, ...]:
        """The containers in a state, sorted."""
        return tuple(name for name, found in self.states.items() if found is state)


def scenarios(graph: Graph) -> tuple[Scenario, ...]:
    """Returns every scenario, the farthest-reaching first: by containers touched, those down, tenants down, then name."""
    return tuple(sorted(_all(graph), key=_rank))


def _rank(scenario: Scenario) -> tuple[int, int, int, int, bool, str]:
    return (
        -scenario.reach,
        -len(scenario.those(State.DOWN)),
        -len(scenario.tenants_down),
        -len(scenario.tenants_degraded),
        not scenario.is_machine,
        str(scenario.key),
    )


def _all(graph: Graph) -> Iterator[Scenario]:
    weak = {point.name for point in answers(graph).weak_points()}
    titles = dict(_that_fail(graph.deployment))
    results = answers(graph).impacts(map(str, titles))
    for (key, title), result in zip(titles.items(), results, strict=True):
        states = dict.fromkeys(result.degraded, State.DEGRADED)
        states |= dict.fromkeys(result.cut_off, State.CUT_OFF) | dict.fromkeys(result.down, State.DOWN)
        yield Scenario(
            key=key,
            title=title,
            failed=result.failed,
            states=dict(sorted(states.items())),
            because=result.because,
            tenants_down=result.tenants_down,
            tenants_degraded=result.tenants_degraded,
            # Whoever takes a single point of failure along is one.
            is_weak=not weak.isdisjoint(result.failed),
        )


def _that_fail(deployment: Deployment) -> Iterator[tuple[Address, str]]:
    """Each machine that carries something, and each container, with its title."""
    for machine in deployment.vps.values():
        if deployment.containers_on(machine.name):
            yield Address.of("vps", machine.name), machine.title
    for container in deployment.containers.values():
        yield Address.of("containers", container.name), container.title


def worth_telling(found: Iterable[Scenario], graph: Graph) -> Scenario:
    """Chooses the scenario to draw: of one container that is no way in, single points of failure first.

    Of those the one that takes most down; where there is nothing but ways in, one of them.
    """
    doors = {container.name for container in entries(graph)}
    single = [scenario for scenario in found if not scenario.is_machine]
    return min(
        single,
        key=lambda s: (
            s.failed[0] in doors,
            not s.is_weak,
            -len(s.those(State.DOWN)),
            -s.reach,
            -len(s.tenants_down),
            str(s.key),
        ),
    )
