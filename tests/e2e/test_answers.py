"""What the graph answers before anything is deployed is what real containers do: pair by pair, and outage by outage."""

from __future__ import annotations

import pytest

import kmtopo
from e2e import python313
from e2e.connections import INTERNET, Pair, tried
from e2e.outages import Outage, noticed, stopped
from e2e.stack import Stack
from kmtopo.graph.answers import Answers

pytestmark = pytest.mark.e2e

WITHOUT = () if python313.found() else ("mongo",)
HOST = "{}.kmmotos.hn"
SEEN = {"nginx", "frontend", "backend"}


def asked(stack: Stack) -> Answers:
    """The answers about the topology that was built and started."""
    return kmtopo.compile(stack.project.folder / "topology.yaml").environment(stack.project.environment)


def foretold(answers: Answers, pairs: set[Pair]) -> dict[Pair, set[bool]]:
    """Whether each pair connects by itself: of what proxies hand on, no connection goes past the proxy."""
    return {(a, b): {len(answers.reach(a, b).hops) == 1} for a, b in pairs}


def running(stack: Stack) -> set[str]:
    return {c["Service"] for c in stack.containers() if c["State"] == "running"}


@pytest.fixture(scope="module")
def in_production(produccion):
    return tried(produccion)


@pytest.fixture(scope="module")
def where_it_leaks(pruebas):
    return tried(pruebas)


def test_every_pair_is_tried(in_production, produccion):
    ends = {INTERNET, *running(produccion)}

    assert {*in_production} == {(a, b) for a in ends for b in ends if a != b}
    assert len(ends) == 9 - len(WITHOUT)


def test_what_connects_in_production_is_what_reach_says(in_production, produccion):
    assert in_production == foretold(asked(produccion), {*in_production})


def test_what_connects_where_the_topology_leaks_is_what_reach_says(where_it_leaks, pruebas):
    assert where_it_leaks == foretold(asked(pruebas), {*where_it_leaks})


def test_a_leak_shows_in_both(in_production, where_it_leaks):
    leaks = {pair for pair in in_production if where_it_leaks[pair] != in_production[pair]}

    assert {("frontend", "postgres"), ("postgres", "frontend"), ("postgres", INTERNET)} <= leaks


def test_the_table_says_what_connects_or_is_handed_on(in_production, produccion):
    table, answers = asked(produccion).matrix(), asked(produccion)

    reached = {pair for pair in in_production if table.between(*pair) != "unreachable"}
    connected = {pair for pair, outcomes in in_production.items() if True in outcomes}

    handed_on = {pair for pair in reached - connected if len(answers.reach(*pair).hops) > 1}
    assert reached == connected | handed_on
    assert handed_on == {(INTERNET, "backend"), (INTERNET, "frontend")}


@pytest.mark.parametrize("service", sorted({"backend", "frontend", "mongo", "nginx", "postgres", "redis"} - {*WITHOUT}))
def test_what_fails_with_a_container_is_what_impact_says(produccion, service):
    said = asked(produccion).impact(service)

    with stopped(produccion, service, HOST):
        seen = noticed(produccion, HOST)

    assert seen == Outage(
        frozenset(said.down) & SEEN,
        frozenset(said.degraded) & SEEN,
        frozenset(said.tenants_down),
        frozenset(said.tenants_degraded),
    )
