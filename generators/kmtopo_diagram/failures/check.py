"""What the pictures of this view say, held against what the graph answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kmtopo.plugin import Graph
from kmtopo_diagram.critique.scene import scene
from kmtopo_diagram.failures.rows import TOUCHED
from kmtopo_diagram.failures.scenarios import Scenario, scenarios, worth_telling
from kmtopo_diagram.signs.states import State

Mark = Mapping[str, str]


def misstatements(pages: Iterable[str], graph: Graph) -> tuple[str, ...]:
    """Returns where the pages differ from the answers: scenarios, their numbers and states, and who is drawn how."""
    marks = [mark for page in pages for mark in scene(page).marks]
    found = scenarios(graph)
    expected = {str(scenario.key): scenario for scenario in found}
    told = worth_telling(found, graph)
    rows = [mark for mark in marks if mark.get("class") == "scenario"]
    nodes = [mark for mark in marks if "data-state" in mark]
    return (*_missing(rows, expected), *_wrong_rows(rows, expected), *_wrong_nodes(nodes, told, graph))


def _missing(rows: Iterable[Mark], expected: Mapping[str, Scenario]) -> Iterator[str]:
    """Every scenario is said once."""
    said = Counter(key for row in rows for key in row["data-scenario"].split())
    yield from (f"{key}: {said[key]} times" for key in sorted(said.keys() | expected) if said[key] != (key in expected))


def _wrong_rows(rows: Iterable[Mark], expected: Mapping[str, Scenario]) -> Iterator[str]:
    for row in rows:
        for scenario in (expected[key] for key in row["data-scenario"].split() if key in expected):
            numbers = {state.value: str(len(scenario.those(state))) for state in TOUCHED}
            yield from (
                f"{scenario.key}: {row.get(f'data-{name}')} {name} instead of {number}"
                for name, number in numbers.items()
                if row.get(f"data-{name}") != number
            )
            if scenario.is_weak != ("data-weak" in row):
                yield f"{scenario.key}: wrong about being a single point of failure"


def _wrong_nodes(nodes: Sequence[Mark], told: Scenario, graph: Graph) -> Iterator[str]:
    """Whoever is touched is drawn, in the right state; nobody twice."""
    shown: Counter[State] = Counter()
    for node in nodes:
        shown[State(node["data-state"])] += int(node["data-count"])
        if told.states.get(node["data-node"], State.UP) is not State(node["data-state"]):
            yield f"{node['data-node']} is drawn as {node['data-state']}"
    yield from (
        f"{shown[state]} drawn as {state.value} instead of {len(told.those(state))}"
        for state in TOUCHED
        if shown[state] != len(told.those(state))
    )
    if sum(shown.values()) > len(graph.deployment.containers):
        yield "more are drawn than there are"
