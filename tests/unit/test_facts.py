"""What holds for KMMotos, as its facts say: containers, networks, ports, calls, reach, capacity, hosts."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest

from kmtopo.graph.ends import INTERNET, chosen
from kmtopo.graph.graph import Graph
from kmtopo.graph.impact import Impact, impact, weak_points
from kmtopo.graph.matrix import matrix
from kmtopo.graph.reach import Reach, witness
from topologies import DATA, KMMOTOS, checked

FACTS: dict[str, Any] = json.loads((DATA / "kmmotos.facts.json").read_text(encoding="utf-8"))
ENVIRONMENTS = sorted(FACTS["environments"])


@pytest.fixture(scope="module")
def graphs() -> dict[str, Graph]:
    return dict(checked(KMMOTOS).graphs)


@pytest.fixture(params=ENVIRONMENTS)
def world(request: pytest.FixtureRequest, graphs: dict[str, Graph]) -> tuple[Graph, dict[str, Any]]:
    return graphs[request.param], FACTS["environments"][request.param]


World = tuple[Graph, dict[str, Any]]


def test_containers(world: World) -> None:
    graph, facts = world
    found = {
        c.name: {"vps": c.vps, "networks": list(c.networks), "image": c.image, "instances": c.replicas}
        for c in graph.deployment.containers.values()
    }
    assert found == facts["containers"]


def test_networks(world: World) -> None:
    graph, facts = world
    found = {
        n.name: {"internal": n.internal, "members": list(graph.members[n.name])}
        for n in graph.deployment.networks.values()
    }
    assert found == facts["networks"]


def test_published_ports(world: World) -> None:
    graph, facts = world
    found = {
        c.name: [
            {
                "host_ip": p.host_ip,
                "host_port": p.host_port,
                "container_port": p.container_port,
                "protocol": p.transport,
            }
            for p in c.publications
        ]
        for c in graph.deployment.containers.values()
        if c.publications
    }
    assert found == facts["published"]


def test_volumes(world: World) -> None:
    graph, facts = world
    extra = {v.name for c in graph.deployment.containers.values() for v in c.runtime.volumes}
    found = {v.name: list(v.mounted_by) for v in graph.deployment.volumes.values() if v.name not in extra}
    assert found == facts["volumes"]


def test_calls(world: World) -> None:
    graph, facts = world
    found = {(e.source.name, e.target.name, e.optional) for e in graph.calls()}
    assert found == {(c["from"], c["to"], c["optional"]) for c in facts["calls"]}


def test_reach(world: World) -> None:
    graph, facts = world
    names = list(graph.deployment.containers)
    assert [n for n in names if witness(graph, INTERNET, n)] == facts["internet_reaches"]
    assert [n for n in names if witness(graph, n, INTERNET)] == facts["reaches_internet"]
    found = {a: [b for b in names if b != a and witness(graph, a, b)] for a in names}
    assert found == facts["reaches"]


def test_capacity(world: World) -> None:
    graph, facts = world
    for name, wanted in facts["capacity"].items():
        containers = graph.deployment.containers_on(name)
        assert sum((c.cpu or Decimal(0)) * c.replicas for c in containers) == Decimal(str(wanted["cpu"]))
        assert sum((c.memory or 0) * c.replicas for c in containers) == wanted["memory_mib"] * 2**20
        volumes = sum(v.size or 0 for v in graph.deployment.volumes.values() if v.vps == name)
        assert volumes / 2**30 == pytest.approx(wanted["volumes_gib"])


def test_hosts(world: World) -> None:
    graph, facts = world
    assert sorted(graph.deployment.tenants) == facts["tenants"]
    assert {t.name: list(t.hosts) for t in graph.deployment.tenants.values()} == facts["server_names"]


def test_impact(world: World) -> None:
    graph, facts = world
    found = {name: told(impact(graph, [name])) for name in graph.deployment.containers}
    assert set(found) == set(facts["impact"])
    for name, stated in facts["impact"].items():
        assert stated.items() <= found[name].items(), name


def test_single_points_of_failure(world: World) -> None:
    graph, facts = world
    if "single_points_of_failure" in facts:
        assert sorted(point.name for point in weak_points(graph)) == facts["single_points_of_failure"]


def test_pairs_without_a_call(world: World) -> None:
    graph, facts = world
    called = {(e.source.name, e.target.name) for e in graph.calls()}
    names = list(graph.deployment.containers)
    table = matrix(graph)
    direct = {a: {b for n in graph.members.values() if a in n for b in n} for a in names}
    found = [
        [a, b]
        for a, b in combinations(names, 2)
        if b in direct[a] and not {(a, b), (b, a)} & called and table.between(a, b) == "undeclared"
    ]
    assert all(pair in found for pair in facts["pairs_without_a_call"])


def told(result: Impact) -> dict[str, list[str]]:
    return {
        "down": list(result.down),
        "degraded": list(result.degraded),
        "cut_off": list(result.cut_off),
        "tenants_down": list(result.tenants_down),
        "tenants_degraded": list(result.tenants_degraded),
    }


IMPACTS = [a for a in FACTS["answers"] if a["kind"] == "impact"]


@pytest.mark.parametrize("answer", IMPACTS, ids=lambda a: f"{a['of']}-{a['environment']}")
def test_an_answer_about_impact(answer: dict[str, Any], graphs: dict[str, Graph]) -> None:
    graph = graphs[answer["environment"]]
    assert answer["expect"].items() <= told(impact(graph, chosen(graph, [answer["of"]]))).items()


REACHES = [a for a in FACTS["answers"] if a["kind"] == "reach"]


@pytest.mark.parametrize("answer", REACHES, ids=lambda a: f"{a['from']}-{a['to']}-{a['environment']}")
def test_an_answer_about_reach(answer: dict[str, Any], graphs: dict[str, Graph]) -> None:
    graph = graphs[answer["environment"]]
    path = Reach(graph, breached=answer.get("breached", [])).path(answer["from"], answer["to"])
    assert (path is not None) == (answer["expect"] == "reachable")
    if "hops" in answer:
        assert path is not None
        assert len(path) == len(answer["hops"])


STARTS = [a for a in FACTS["answers"] if a["kind"] == "starts_after"]


@pytest.mark.parametrize("answer", STARTS, ids=lambda a: a["container"])
def test_what_a_container_waits_for(answer: dict[str, Any], graphs: dict[str, Graph]) -> None:
    container = graphs[answer["environment"]].deployment.containers[answer["container"]]
    waits = {d.on: d.condition for d in container.dependencies}
    assert answer["expect"].items() <= waits.items()


VARIABLES = [a for a in FACTS["answers"] if a["kind"] == "variables"]


@pytest.mark.parametrize("answer", VARIABLES, ids=lambda a: f"{a['container']}-{a['environment']}")
def test_what_a_process_sees(answer: dict[str, Any], graphs: dict[str, Graph]) -> None:
    container = graphs[answer["environment"]].deployment.containers[answer["container"]]
    seen = {v.name: v.literal for v in container.variables}
    assert answer["expect"].items() <= seen.items()
