"""What holds for KMMotos, as its facts say: containers, networks, ports, calls, reach, capacity, hosts."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from kmtopo.graph.graph import Graph
from kmtopo.graph.reach import INTERNET, witness
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


REACHES = [a for a in FACTS["answers"] if a["kind"] == "reach" and "breached" not in a]


@pytest.mark.parametrize("answer", REACHES, ids=lambda a: f"{a['from']}-{a['to']}-{a['environment']}")
def test_an_answer_about_reach(answer: dict[str, Any], graphs: dict[str, Graph]) -> None:
    path = witness(graphs[answer["environment"]], answer["from"], answer["to"])
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
