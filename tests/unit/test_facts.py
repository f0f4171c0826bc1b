"""What holds for the design's topologies, as their facts say: what runs, who reaches whom, what fails, what it costs."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from kmtopo import pipeline
from kmtopo.diagnostics import Severity
from kmtopo.graph.cost import environment_cost, savings, total
from kmtopo.graph.ends import INTERNET, chosen
from kmtopo.graph.graph import Graph
from kmtopo.graph.impact import Impact, impact, weak_points
from kmtopo.graph.load import loads
from kmtopo.graph.matrix import matrix
from kmtopo.graph.reach import Reach
from kmtopo.pipeline import Build, Request
from kmtopo.reading import read
from kmtopo.source import Project
from topologies import DATA, UNDRAWN, built, checked

FILES = ("kmmotos", "saas-dos-vps", "sitio", "agencia-wordpress", "clinicas-tres-vps", "leaflet", "estudio")
FACTS: dict[str, Any] = {name: json.loads((DATA / f"{name}.facts.json").read_text(encoding="utf-8")) for name in FILES}
WORLDS = [(name, environment) for name in FILES for environment in sorted(FACTS[name]["environments"])]

World = tuple[Graph, dict[str, Any]]


@cache
def text(name: str) -> str:
    return (DATA / f"{name}.yaml").read_text(encoding="utf-8")


def project(name: str) -> Project:
    """The files of a topology; one that includes others has a folder."""
    folder = DATA / name
    return read(folder if folder.is_dir() else DATA / f"{name}.yaml")


@cache
def compiled(name: str) -> Build:
    return pipeline.run(pipeline.CHECKING, pipeline.start(project(name)))


def made(name: str, *generators: str) -> Build:
    return pipeline.run(pipeline.BUILDING, pipeline.start(project(name), Request(generators=generators)))


@pytest.fixture(params=WORLDS, ids="-".join)
def world(request: pytest.FixtureRequest) -> World:
    name, environment = request.param
    return compiled(name).graphs[environment], FACTS[name]["environments"][environment]


def answers(kind: str) -> list[Any]:
    """Every answer of a kind, with the topology that it is about, as parameters of a test."""
    found = [(name, a) for name in FILES for a in FACTS[name]["answers"] if a["kind"] == kind]
    return [pytest.param(name, a, id=f"{name}-{index}") for index, (name, a) in enumerate(found)]


@pytest.mark.parametrize("name", FILES)
def test_a_topology_is_as_sound_as_it_should_be(name: str) -> None:
    found = [d for d in compiled(name).diagnostics if d.severity is not Severity.INFO]

    assert sum(d.severity is Severity.ERROR for d in found) == FACTS[name]["check"]["errors"]
    concerned = {str(d.subject) for d in found if d.severity is Severity.WARNING}
    assert set(FACTS[name]["check"].get("warnings_about", [])) <= concerned
    if FACTS[name]["check"].get("exit_strict") == 0:
        assert found == []


def test_containers(world: World) -> None:
    graph, facts = world
    found = {
        c.name: {"vps": c.vps, "networks": list(c.networks), "image": c.image, "instances": c.replicas}
        for c in graph.deployment.containers.values()
    }
    assert found == facts["containers"]


def test_networks(world: World) -> None:
    graph, facts = world
    for name, stated in facts["networks"].items():
        network = graph.deployment.networks[name]
        assert list(graph.members[name]) == stated["members"]
        assert network.internal == stated.get("internal", network.internal)
        assert list(network.vps if network.spans else ()) == stated.get("spans", [])
    assert set(facts["networks"]) <= set(graph.deployment.networks)


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
    assert facts["volumes"].items() <= found.items()


def test_calls(world: World) -> None:
    graph, facts = world
    found = {(e.source.name, e.target.name, e.optional) for e in graph.calls()}
    assert found == {(c["from"], c["to"], c["optional"]) for c in facts["calls"]}


def test_reach(world: World) -> None:
    graph, facts = world
    names, reach = list(graph.deployment.containers), Reach(graph)
    assert [n for n in names if reach.path(INTERNET, n)] == facts["internet_reaches"]
    assert [n for n in names if reach.path(n, INTERNET)] == facts["reaches_internet"]
    assert {a: [b for b in names if b != a and reach.path(a, b)] for a in names} == facts["reaches"]


def test_pairs_without_a_call(world: World) -> None:
    graph, facts = world
    called = {(e.source.name, e.target.name) for e in graph.calls()}
    names, table = list(graph.deployment.containers), matrix(graph)
    found = [
        [a, b]
        for a, b in combinations(names, 2)
        if not {(a, b), (b, a)} & called and "unreachable" not in (table.between(a, b), table.between(b, a))
    ]
    assert all(pair in found for pair in facts["pairs_without_a_call"])


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


def test_capacity(world: World) -> None:
    graph, facts = world
    for name, wanted in facts["capacity"].items():
        assert_load(loads([graph.deployment])[name], wanted)


@pytest.mark.parametrize("name", FILES)
def test_capacity_of_all_environments(name: str) -> None:
    found = loads(graph.deployment for graph in compiled(name).graphs.values())
    for vps, wanted in FACTS[name]["capacity_all_environments"].items():
        assert_load(found[vps], wanted)


def assert_load(load: Any, wanted: dict[str, Any]) -> None:
    assert load.cpu == Decimal(str(wanted["cpu"]))
    assert load.memory == wanted["memory_mib"] * 2**20
    if "volumes_gib" in wanted:
        assert load.disk / 2**30 == pytest.approx(wanted["volumes_gib"])


def test_hosts(world: World) -> None:
    graph, facts = world
    assert sorted(graph.deployment.tenants) == facts.get("tenants", [])
    found: dict[str, list[str]] = {}
    for host in graph.deployment.hosts:
        found.setdefault(host.tenant or host.site or "", []).append(host.name)
    assert {name: sorted(hosts) for name, hosts in facts["server_names"].items()} == found


def test_stores_of_tenants(world: World) -> None:
    graph, facts = world
    tenancy = graph.deployment.tenancy
    found = {s.container: s.kind for s in tenancy.stores} if tenancy else {}
    assert found == {name: stated["kind"] for name, stated in facts.get("tenant_stores", {}).items()}


def test_cost(world: World) -> None:
    graph, facts = world
    assert sum(cost.high for cost in environment_cost(graph.deployment)) == facts["cost_usd_month"]


@pytest.mark.parametrize("name", FILES)
def test_cost_of_all_environments(name: str) -> None:
    machines = [vps for graph in compiled(name).graphs.values() for vps in graph.deployment.vps.values()]
    assert sum(cost.high for cost in total(machines)) == FACTS[name]["cost_usd_month_total"]


@pytest.mark.parametrize(("name", "answer"), answers("cost"))
def test_an_answer_about_cost(name: str, answer: dict[str, Any]) -> None:
    machines = [vps for graph in compiled(name).graphs.values() for vps in graph.deployment.vps.values()]
    found = savings(machines)
    assert {str(s.vps.address): [s.alternative.cost.low, s.alternative.cost.high] for s in found} == answer[
        "expect"
    ].get("alternatives", {})
    assert [bound for s in found for bound in (s.cost.low, s.cost.high)] == answer["expect"].get("saving", [])


def told(result: Impact) -> dict[str, list[str]]:
    return {
        "down": list(result.down),
        "degraded": list(result.degraded),
        "cut_off": list(result.cut_off),
        "tenants_down": list(result.tenants_down),
        "tenants_degraded": list(result.tenants_degraded),
    }


@pytest.mark.parametrize(("name", "answer"), answers("impact"))
def test_an_answer_about_impact(name: str, answer: dict[str, Any]) -> None:
    graph = compiled(name).graphs[answer["environment"]]
    assert answer["expect"].items() <= told(impact(graph, chosen(graph, [answer["of"]]))).items()


@pytest.mark.parametrize(("name", "answer"), answers("reach"))
def test_an_answer_about_reach(name: str, answer: dict[str, Any]) -> None:
    graph = compiled(name).graphs[answer["environment"]]
    path = Reach(graph, breached=answer.get("breached", [])).path(answer["from"], answer["to"])
    assert (path is not None) == (answer["expect"] == "reachable")
    if "hops" in answer:
        assert path is not None
        assert len(path) == len(answer["hops"])


@pytest.mark.parametrize(("name", "answer"), answers("starts_after"))
def test_what_a_container_waits_for(name: str, answer: dict[str, Any]) -> None:
    container = compiled(name).graphs[answer["environment"]].deployment.containers[answer["container"]]
    waits = {d.on: d.condition for d in container.dependencies}
    assert answer["expect"].items() <= waits.items()


@pytest.mark.parametrize(("name", "answer"), answers("variables"))
def test_what_a_process_sees(name: str, answer: dict[str, Any]) -> None:
    container = compiled(name).graphs[answer["environment"]].deployment.containers[answer["container"]]
    seen = {v.name: v.literal for v in container.variables}
    assert answer["expect"].items() <= seen.items()


@pytest.mark.parametrize(("name", "answer"), answers("instances"))
def test_how_many_of_it_run(name: str, answer: dict[str, Any]) -> None:
    found = {e: g.deployment.containers[answer["container"]].replicas for e, g in compiled(name).graphs.items()}
    assert found == answer["expect"]


@pytest.mark.parametrize(("name", "answer"), answers("derived_containers"))
def test_which_copies_there_are(name: str, answer: dict[str, Any]) -> None:
    found = compiled(name).graphs[answer["environment"]].deployment.containers
    assert len(found) == answer["expect"]["count"]
    assert set(answer["expect"]["present"]) <= set(found)
    assert not set(answer["expect"]["absent"]) & set(found)


@pytest.mark.parametrize(("name", "answer"), answers("common_networks"))
def test_what_networks_two_share(name: str, answer: dict[str, Any]) -> None:
    one, other = (compiled(name).graphs[answer["environment"]].deployment.containers[n] for n in answer["pair"])
    assert sorted(set(one.networks) & set(other.networks)) == answer["expect"]


@pytest.mark.parametrize(("name", "answer"), answers("secrets"))
def test_whose_secrets_are_whose(name: str, answer: dict[str, Any]) -> None:
    containers = compiled(name).graphs[answer["environment"]].deployment.containers
    one, other = (set(containers[n].secrets) for n in answer["containers"])
    assert one
    assert other
    assert not one & other


@pytest.mark.parametrize(("name", "answer"), answers("provisioned"))
def test_what_is_provisioned(name: str, answer: dict[str, Any]) -> None:
    files = made(name, "mongo", "postgres", "redis").artifacts.get(answer["environment"], ())
    assert [str(a.path) for _, a in files if answer["store"] in str(a.path)] == answer["expect"]


@pytest.mark.parametrize(("name", "answer"), answers("folders"))
def test_which_machines_have_a_folder(name: str, answer: dict[str, Any]) -> None:
    found = {
        e: sorted({a.path.parts[0] for _, a in files if a.path.name == "compose.yaml"})
        for e, files in made(name, "compose").artifacts.items()
    }
    assert found == answer["expect"]


@pytest.mark.parametrize(("name", "answer"), answers("bound"))
def test_what_is_bound_for_calls_between_machines(name: str, answer: dict[str, Any]) -> None:
    containers = compiled(name).graphs[answer["environment"]].deployment.containers.values()
    found = {c.name: {"host_ip": b.host_ip, "port": b.host_port} for c in containers for b in c.bindings}
    assert found == answer["expect"]


@pytest.mark.parametrize(("name", "answer"), answers("after_edit"))
def test_what_an_edit_does(name: str, answer: dict[str, Any]) -> None:
    edited = text(name)
    for edit in answer["edits"]:
        assert edited.count(edit["old"]) == 1
        edited = edited.replace(edit["old"], edit["new"])
    build, expected = checked(edited), answer["expect"]

    assert build.ok == (expected["exit"] == 0)
    if expected.get("tenants"):
        assert {e: len(d.tenants) for e, d in build.deployments.items()} == expected["tenants"]
    for environment in expected.get("environments_unchanged", []):
        assert contents(edited, environment) == contents(text(name), environment)


def contents(topology: str, environment: str) -> dict[str, str]:
    """The files of an environment but for where each line comes from: an edit above moves those."""
    files = built(topology, generators=UNDRAWN).artifacts[environment]
    return {str(artifact.path): artifact.content for _, artifact in files if artifact.path.name != "trace.json"}
