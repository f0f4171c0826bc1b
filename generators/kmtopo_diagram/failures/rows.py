"""The rows of the table: a scenario each, or several together that do the same to the others."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from kmtopo.plugin import Deployment
from kmtopo_diagram.failures.picture import Row
from kmtopo_diagram.failures.scenarios import Scenario
from kmtopo_diagram.failures.words import FailureWords
from kmtopo_diagram.signs.glyphs import glyph_for
from kmtopo_diagram.signs.states import State
from kmtopo_diagram.subject.naming import shared_title

TOUCHED = (State.DOWN, State.CUT_OFF, State.DEGRADED)


def rows(
    found: Iterable[Scenario], told: Scenario, deployment: Deployment, words: FailureWords, *, folded: bool
) -> Iterator[Row]:
    """Makes the rows in the scenarios' order; ``folded`` puts those together that do the same to the others."""
    groups: dict[Hashable, list[Scenario]] = {}
    for scenario in found:
        groups.setdefault(_effect(scenario, deployment) if folded else scenario.key, []).append(scenario)
    for group in groups.values():
        yield _row(group, told, deployment, words)


def _effect(scenario: Scenario, deployment: Deployment) -> Hashable:
    """What a scenario does to others. Copies of one dedicated tenant count as what they are copies of.

    So what each of many tenants has to itself falls together.
    """
    containers = deployment.containers
    owners = {containers[name].tenant for name in scenario.failed}
    owner = next(iter(owners)) if len(owners) == 1 else None

    def named(name: str) -> str:
        container = containers[name]
        return container.original if owner and container.tenant == owner else f"{name} itself"

    others = frozenset((named(name), state) for name, state in scenario.states.items() if name not in scenario.failed)
    whole = scenario.key if scenario.is_machine else None
    return whole, others, scenario.is_weak, len(scenario.tenants_down), len(scenario.tenants_degraded)


def _row(group: Sequence[Scenario], told: Scenario, deployment: Deployment, words: FailureWords) -> Row:
    first = group[0]
    others = {
        state: tuple(
            deployment.containers[n].title for n in first.those(state) if first.is_machine or n not in first.failed
        )
        for state in TOUCHED
    }
    reach = words.of.format(touched=first.reach, all=len(deployment.containers))
    return Row(
        keys=tuple(str(scenario.key) for scenario in group),
        title=_title(group, deployment, words),
        detail=tuple(_owned(scenario, deployment) for scenario in group) if len(group) > 1 else (),
        glyph=_glyph(group, deployment),
        states=first.states,
        others={state: titles for state, titles in others.items() if titles},
        weak=first.is_weak,
        reach=reach,
        tenants={State.DOWN: len(first.tenants_down), State.DEGRADED: len(first.tenants_degraded)},
        tip=_tip(group, reach, deployment, words),
        drawn=told in group,
    )


def _title(group: Sequence[Scenario], deployment: Deployment, words: FailureWords) -> str:
    if len(group) == 1:
        return _owned(group[0], deployment)
    return shared_title([scenario.title for scenario in group], words.container)


def _owned(scenario: Scenario, deployment: Deployment) -> str:
    """What fails, with whose copy it is."""
    container = None if scenario.is_machine else deployment.containers[scenario.failed[0]]
    if container is None or container.tenant is None:
        return scenario.title
    return f"{scenario.title} · {deployment.tenants[container.tenant].title}"


def _glyph(group: Sequence[Scenario], deployment: Deployment) -> str:
    if group[0].is_machine:
        return "server"
    containers = [deployment.containers[scenario.failed[0]] for scenario in group]
    glyphs = {glyph_for(c.icon, c.role, c.process) for c in containers}
    return glyphs.pop() if len(glyphs) == 1 else "box"


def _tip(group: Sequence[Scenario], reach: str, deployment: Deployment, words: FailureWords) -> str:
    names = ", ".join(_owned(scenario, deployment) for scenario in group)
    return f"{words.says_fails.format(names=names)} {effects(group[0], deployment, words)}; {reach}"


def effects(scenario: Scenario, deployment: Deployment, words: FailureWords) -> str:
    """Says in words what a scenario does to others and to tenants."""
    return "; ".join(_effects(scenario, deployment, words)) or words.nothing_else


def _effects(scenario: Scenario, deployment: Deployment, words: FailureWords) -> Iterator[str]:
    said = {State.DOWN: words.says_down, State.DEGRADED: words.says_degraded, State.CUT_OFF: words.says_cut_off}
    for state, sentence in said.items():
        names = [deployment.containers[n].title for n in scenario.those(state) if n not in scenario.failed]
        if names:
            yield sentence.format(names=", ".join(names))
    for count, sentence in (
        (len(scenario.tenants_down), words.says_tenants_down),
        (len(scenario.tenants_degraded), words.says_tenants_degraded),
    ):
        if count:
            yield sentence.format(count=words.tenant.counted(count))


def numbers(row: Row) -> Mapping[str, str]:
    """What a row says in numbers, for whoever reads the picture by machine."""
    return {state.value: str(sum(found is state for found in row.states.values())) for state in TOUCHED}
