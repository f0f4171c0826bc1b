"""Reach and impact of 500 random topologies against an oracle that follows the words of the language, step by step."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator

import networkx as nx
import pytest
import yaml

from kmtopo.graph.graph import Graph
from kmtopo.graph.impact import impact, weak_points
from kmtopo.graph.proof import hops
from kmtopo.graph.reach import INTERNET, Reach
from topologies import checked

SEEDS = range(500)


def random_topology(seed: int) -> str:
    """Up to seven containers on four networks: several proxies, optional calls, one-shots, ports on and off loopback."""
    dice = random.Random(seed)
    networks = {f"net-{i}": {"internal": dice.random() < 0.6} for i in range(dice.randint(1, 4))}
    names = [f"c{i}" for i in range(dice.randint(2, 7))]
    joined = {name: dice.sample(sorted(networks), dice.randint(1, len(networks))) for name in names}
    containers = {}
    for index, name in enumerate(names):
        near = [other for other in names[:index] if set(joined[name]) & set(joined[other])]
        chosen = [other for other in near if dice.random() < 0.5]
        body: dict[str, object] = {
            "type": "generic",
            "image": f"{name}:1",
            "port": 3000,
            "networks": joined[name],
            "resources": {"cpu": 1, "memory": "64MiB"},
        }
        if chosen and dice.random() < 0.4:
            body["routes"] = {f"/{other}": other for other in chosen}
        else:
            body["uses"] = {other: {"optional": True} if dice.random() < 0.3 else {} for other in chosen}
        if any(not networks[n]["internal"] for n in joined[name]) and dice.random() < 0.4:
            address = "127.0.0.1:" if dice.random() < 0.3 else ""
            body["publish"] = [f"{address}{8000 + index}:3000"]
        containers[name] = body
    document = {
        "kmtopo": 1,
        "name": "random",
        "vps": {"one": {"address": "203.0.113.10"}},
        "networks": networks,
        "containers": containers,
        "tenancy": {"domain": "{tenant}.random.example"},
        "tenants": {"acme": {}},
        "environments": {"world": {"tls": False}},
    }
    return yaml.safe_dump(document, sort_keys=False)


@pytest.fixture(scope="module")
def graphs() -> list[Graph]:
    found = [checked(random_topology(seed)).graphs["world"] for seed in SEEDS]
    assert sum(any(c.is_proxy for c in g.deployment.containers.values()) for g in found) > 200
    assert sum(len(g.calls()) for g in found) > 1000
    return found


def steps(graph: Graph, source: str, *, declared: bool) -> Iterator[str]:
    """Where one step leads, by the words of the language."""
    containers = graph.deployment.containers
    if source == INTERNET:
        for name, container in containers.items():
            if any(not p.host_ip.startswith("127.") for p in container.publications):
                yield name
        return
    here = containers[source]
    called = {call.to for call in here.calls} | {route.to for route in here.routes}
    for name, other in containers.items():
        shared = {a.network for a in here.attachments} & {a.network for a in other.attachments}
        if name != source and shared and (not declared or name in called):
            yield name


def chains(graph: Graph, source: str, breached: Collection[str], *, declared: bool) -> nx.DiGraph[str]:
    """Every step that may stand in a chain from the source: inner hops are proxies or breached."""
    containers = graph.deployment.containers
    found: nx.DiGraph[str] = nx.DiGraph()
    found.add_node(source)
    for name in (INTERNET, *containers):
        forwards = name == source or name in breached or (name in containers and containers[name].is_proxy)
        if forwards and (name != INTERNET or source == INTERNET):
            found.add_edges_from((name, other) for other in steps(graph, name, declared=declared))
    return found


@pytest.mark.parametrize("declared", [False, True])
@pytest.mark.parametrize("breached", [False, True])
def test_reach_is_the_relation_of_the_language(graphs: list[Graph], declared: bool, breached: bool) -> None:
    for seed, graph in enumerate(graphs):
        names = list(graph.deployment.containers)
        lost = random.Random(seed).sample(names, 2) if breached else []
        reach = Reach(graph, declared=declared, breached=lost)
        for source in (INTERNET, *names):
            expected = set(nx.descendants(chains(graph, source, lost, declared=declared), source))
            found = {name for name in names if name != source and reach.path(source, name)}
            assert found == expected - {source}, (seed, source)


def test_a_witness_is_a_shortest_chain_and_each_hop_has_a_line(graphs: list[Graph]) -> None:
    for seed, graph in enumerate(graphs):
        reach = Reach(graph)
        for source in (INTERNET, *graph.deployment.containers):
            possible = chains(graph, source, (), declared=False)
            for target in reach.reached(source):
                path = reach.path(source, target)
                assert path is not None
                if target != INTERNET:
                    assert len(path) == len(nx.shortest_path(possible, source, target)), (seed, path)
                assert [hop.target for hop in hops(graph, path)] == list(path[1:])


def test_a_cut_names_what_stands_between(graphs: list[Graph]) -> None:
    """What stands at the cut, breached, opens the way; where nothing stands there, not even all breached do."""
    for seed, graph in enumerate(graphs):
        reach, names = Reach(graph), list(graph.deployment.containers)
        for source in (INTERNET, *names):
            for target in set(names) - set(reach.reached(source)) - {source}:
                ends = reach.cut([source], [target]).ends
                everyone = Reach(graph, breached=["all"])
                assert bool(everyone.path(source, target)) == bool(ends), (seed, source, target)


def oracle_down(graph: Graph, failed: set[str]) -> set[str]:
    containers, down = graph.deployment.containers, set(failed)
    while True:
        more = {
            c.name
            for c in containers.values()
            if any(call.to in down and not call.optional for call in c.calls)
            or (c.routes and all(route.to in down for route in c.routes))
        }
        if more <= down:
            return down
        down |= more


def routed(graph: Graph, down: set[str]) -> set[str]:
    containers = graph.deployment.containers
    ways: nx.DiGraph[str] = nx.DiGraph()
    ways.add_node(INTERNET)
    for c in containers.values():
        if c.name not in down:
            if any(not p.host_ip.startswith("127.") for p in c.publications):
                ways.add_edge(INTERNET, c.name)
            ways.add_edges_from((c.name, route.to) for route in c.routes)
    entries = set(ways.successors(INTERNET))
    reached = set(nx.descendants(ways, INTERNET))
    return {name for name in reached if name not in entries or any(p in reached for p in ways.predecessors(name))}


def test_impact_is_what_the_language_says(graphs: list[Graph]) -> None:
    for seed, graph in enumerate(graphs):
        containers = graph.deployment.containers
        for name in containers:
            found, down = impact(graph, [name]), oracle_down(graph, {name})
            degraded = {
                c.name
                for c in containers.values()
                if c.name not in down
                and (
                    any(call.to in down and call.optional for call in c.calls)
                    or any(route.to in down for route in c.routes)
                )
            }
            assert set(found.down) == down, (seed, name)
            assert set(found.degraded) == degraded, (seed, name)
            assert set(found.cut_off) == routed(graph, set()) - routed(graph, down) - down, (seed, name)
            assert set(found.because) == (down | degraded) - {name}, (seed, name)


def test_a_single_point_of_failure_stops_the_entry_or_half_of_everything(graphs: list[Graph]) -> None:
    for graph in graphs:
        containers = graph.deployment.containers
        entries = [c for c in containers.values() if any(not p.host_ip.startswith("127.") for p in c.publications)]
        entries = [c for c in entries if c.is_proxy] or entries
        expected = set()
        for name in containers:
            down = oracle_down(graph, {name})
            stops = bool(entries) and all(c.name in down for c in entries)
            if stops or len(down) * 2 >= len(containers):
                expected.add(name)
        assert {point.name for point in weak_points(graph)} == expected
