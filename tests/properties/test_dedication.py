"""Whoever is dedicated, and whatever of: copies keep to themselves and to what they need, and change nobody else."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kmtopo.graph.graph import Graph
from kmtopo.graph.reach import Reach
from kmtopo.pipeline import Build
from kmtopo.testing import topologies
from topologies import checked

# What all tenants share calls what each has to itself: refused, and told.
REFUSED = {"KM331", "KM333"}


def dedicated(text: str, dice: random.Random) -> tuple[str, set[str], set[str]]:
    """The topology with some of its tenants dedicated, who they are, and what they get copies of."""
    data: dict[str, Any] = yaml.safe_load(text)
    names = sorted(data.get("tenants", {}))
    own = set(dice.sample(names, dice.randint(1, len(names)))) if names else set()
    containers = sorted(set(data["containers"]) - {"nginx"})
    originals = set(dice.sample(containers, dice.randint(1, len(containers))))
    for name in own:
        data["tenants"][name]["placement"] = "dedicated"
    if own:
        data["tenancy"]["dedicates"] = sorted(originals)
    return yaml.safe_dump(data, sort_keys=False), own, originals


def tried(text: str, dice: random.Random) -> tuple[Build, Build, set[str], set[str]] | None:
    """Compiles both; None where nobody is dedicated, or something is rightly refused."""
    placed, own, originals = dedicated(text, dice)
    before, after = checked(text), checked(placed)
    assert before.ok
    if not own or not after.ok:
        assert {d.code for d in after.diagnostics if d.severity.value == "error"} <= REFUSED
        return None
    return before, after, own, originals


@settings(max_examples=60)
@given(topologies(), st.randoms(use_true_random=False))
def test_each_dedicated_tenant_has_its_copies_and_the_others_what_they_had(text: str, dice: random.Random) -> None:
    found = tried(text, dice)
    if found is None:
        return
    before, after, own, originals = found
    for name, graph in after.graphs.items():
        first, containers = before.graphs[name].deployment.containers, graph.deployment.containers
        is_pooled = own < set(graph.deployment.tenants)
        kept = first.keys() if is_pooled else first.keys() - originals

        assert containers.keys() == kept | {f"{o}-{t}" for o in originals for t in own}
        for shared in kept - {"nginx"}:
            assert containers[shared].calls == tuple(c for c in first[shared].calls if c.to in kept)
        assert before.lock is not None
        assert after.lock is not None


@settings(max_examples=60)
@given(topologies(), st.randoms(use_true_random=False))
def test_two_dedicated_tenants_meet_at_proxies_alone(text: str, dice: random.Random) -> None:
    found = tried(text, dice)
    if found is None:
        return
    for graph in found[1].graphs.values():
        reach, containers = Reach(graph), graph.deployment.containers
        copies = [c for c in containers.values() if c.tenant]
        for one, other in combinations(copies, 2):
            if one.tenant == other.tenant:
                continue
            assert not set(one.networks) & set(other.networks)
            path = reach.path(one.name, other.name)
            assert path is None or all(containers[hop].is_proxy for hop in path[1:-1])


@settings(max_examples=60)
@given(topologies(), st.randoms(use_true_random=False))
def test_a_copys_calls_are_its_originals_calls(text: str, dice: random.Random) -> None:
    found = tried(text, dice)
    if found is None:
        return
    before, after, _, originals = found
    for name, graph in after.graphs.items():
        called = calls(before.graphs[name])
        for copy in (c for c in graph.deployment.containers.values() if c.tenant):
            expected = {f"{to}-{copy.tenant}" if to in originals else to for to in called[copy.original]}
            assert calls(graph)[copy.name] == expected
        unreachable = [e for e in graph.calls() if e.network is None]
        assert unreachable == []


@settings(max_examples=40)
@given(topologies(), st.randoms(use_true_random=False))
def test_each_tenants_requests_lead_to_what_is_its_own(text: str, dice: random.Random) -> None:
    found = tried(text, dice)
    if found is None:
        return
    _, after, own, originals = found
    for graph in after.graphs.values():
        proxy = graph.deployment.containers["nginx"]
        for tenant in graph.deployment.tenants:
            for route in proxy.routes_of(tenant):
                callee = graph.deployment.containers[route.to]
                assert callee.tenant == (tenant if tenant in own and callee.original in originals else None)


def calls(graph: Graph) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {name: set() for name in graph.deployment.containers}
    for edge in graph.calls():
        found[edge.source.name].add(edge.target.name)
    return found
