"""Inheritance, overlays and tenants: what an environment makes of the file."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from kmtopo.pipeline import Build
from kmtopo.report.words import summary
from kmtopo.resolve.deployment import Deployment
from topologies import checked, told

BASE = """\
kmtopo: 1
name: demo
vps:
  one: {address: 203.0.113.1}
containers:
  web:
    type: generic
    image: demo/web:1
    port: 8000
    title: Web
    uses: {cache: {}, mail: {optional: true}}
    env: {A: base, B: base}
    resources: {cpu: 1, memory: 100MiB}
    publish: [8000]
  worker:
    extends: web
    env: {B: worker}
  cache: {type: redis, image: "redis:7.4.5", resources: {memory: 100MiB}}
  mail: {type: mailpit, image: "axllent/mailpit:v1.27.8", resources: {memory: 100MiB}}
"""


def build(environments: str, base: str = BASE) -> Build:
    return checked(base + "environments:\n" + indent(dedent(environments), "  "))


def deployment(environments: str, base: str = BASE, name: str = "prod") -> Deployment:
    made = build(environments, base)
    assert made.ok, told(made)
    return made.deployments[name]


def env(made: Deployment, container: str) -> dict[str, str | None]:
    return {v.name: v.literal for v in made.containers[container].variables if v.origin is not None}


def test_extends_passes_on_everything_but_title_publish_routes_and_replicas() -> None:
    worker = deployment("prod: {tls: false}").containers["worker"]
    assert (worker.image, worker.memory, worker.family) == ("demo/web:1", 100 * 2**20, "web")
    assert (worker.publications, worker.replicas, worker.title == "Web") == ((), 1, False)


def test_the_item_wins_over_what_it_extends() -> None:
    assert env(deployment("prod: {tls: false}"), "worker") == {"A": "base", "B": "worker"}


def test_an_overlay_of_the_parent_reaches_its_heirs() -> None:
    made = deployment("prod: {tls: false, containers: {web: {env: {A: overlay}}}}")
    assert env(made, "worker") == {"A": "overlay", "B": "worker"}


def test_null_removes_and_stays_removed_when_extends_is_followed() -> None:
    made = deployment("prod: {tls: false, containers: {worker: {uses: {cache: null}, env: {A: null}}}}")
    assert [c.to for c in made.containers["worker"].calls] == ["mail"]
    assert env(made, "worker") == {"B": "worker"}


def test_a_removed_container_takes_the_optional_calls_along() -> None:
    made = deployment("prod: {tls: false, containers: {mail: null}}")
    assert "mail" not in made.containers
    assert [c.to for c in made.containers["web"].calls] == ["cache"]


def test_a_removed_container_that_is_needed_is_an_error_at_the_null() -> None:
    made = build("prod: {tls: false, containers: {cache: null}}")
    assert [code for code, line, _ in told(made)] == ["KM308", "KM308"]
    assert {line for _, line, _ in told(made)} == {BASE.count("\n") + 2}


def test_an_environment_extends_another_but_for_its_title() -> None:
    made = deployment(
        """\
        prod: {title: Production, tls: false, containers: {web: {env: {A: prod}}}}
        test: {extends: prod, stage: test, scale: 0.5, containers: {web: {env: {B: test}, publish: ["8001:8000"]}}}
        """,
        name="test",
    )
    assert (made.environment.title, made.environment.stage, made.tls.mode) == ("test", "test", "off")
    assert env(made, "web") == {"A": "prod", "B": "test"}
    assert made.containers["web"].memory == 50 * 2**20


def test_defaults_lie_under_every_item() -> None:
    base = BASE + "defaults: {containers: {env: {A: default, C: default}, resources: {cpu: 0.5, memory: 10MiB}}}\n"
    made = deployment("prod: {tls: false}", base)
    assert env(made, "web") == {"A": "base", "B": "base", "C": "default"}
    assert made.containers["cache"].memory == 100 * 2**20
    assert str(made.containers["cache"].cpu) == "0.5"


def test_without_networks_there_is_one_with_a_way_out() -> None:
    made = deployment("prod: {tls: false}")
    assert {n.name: n.internal for n in made.networks.values()} == {"default": False}
    assert made.containers["web"].networks == ("default",)


def test_with_one_network_containers_need_not_name_it() -> None:
    made = deployment("prod: {tls: false}", BASE + "networks: {only: {internal: false}}\n")
    assert made.containers["web"].networks == ("only",)


def test_with_several_networks_each_container_names_its_own() -> None:
    made = build("prod: {tls: false}", BASE + "networks: {aa: {internal: false}, bb: {}}\n")
    assert {code for code, _, _ in told(made)} == {"KM306"}


def test_a_machine_by_name_carries_everything() -> None:
    base = BASE.replace(
        "  one: {address: 203.0.113.1}\n", "  one: {address: 203.0.113.1}\n  two: {address: 203.0.113.2}\n"
    )
    made = deployment("prod: {tls: false, vps: two}", base)
    assert {c.vps for c in made.containers.values()} == {"two"}
    assert made.containers["web"].publications[0].host_ip == "203.0.113.2"
    assert list(made.vps) == ["two"]


def test_replicas_of_scale_are_a_ceiling() -> None:
    base = BASE.replace("    publish: [8000]\n", "    replicas: 4\n")
    assert deployment("prod: {tls: false, scale: {replicas: 3}}", base).containers["web"].replicas == 3
    assert deployment("prod: {tls: false}", base).containers["web"].replicas == 4


TENANTS = BASE + "tenancy: {domain: '{tenant}.demo.example'}\ntenants: {red: {}, blue: {domain: blue.example}}\n"


def hosts(made: Deployment) -> dict[str, tuple[str, ...]]:
    return {t.name: t.hosts for t in made.tenants.values()}


def test_a_tenants_own_domain_wins_over_the_pattern() -> None:
    assert hosts(deployment("prod: {tls: false}", TENANTS)) == {"red": ("red.demo.example",), "blue": ("blue.example",)}


def test_an_environments_domain_wins_over_both() -> None:
    made = deployment("prod: {tls: false, domain: '{tenant}.localhost'}", TENANTS)
    assert hosts(made) == {"red": ("red.localhost",), "blue": ("blue.localhost",)}


def test_a_list_of_tenants_is_a_subset_and_a_mapping_an_overlay() -> None:
    assert set(hosts(deployment("prod: {tls: false, tenants: [red]}", TENANTS))) == {"red"}
    made = deployment("prod: {tls: false, tenants: {red: {domain: r.example}, blue: null}}", TENANTS)
    assert hosts(made) == {"red": ("r.example",)}


def test_references_become_values() -> None:
    base = BASE.replace(
        "A: base", 'A: "${containers.cache.host}:${containers.cache.port} $${x} $y ${environment.name}"'
    )
    assert env(deployment("prod: {tls: false}", base), "web")["A"] == "cache:6379 ${x} $y prod"


def test_values_keep_their_text_as_written() -> None:
    base = BASE.replace("A: base", "A: true").replace("B: base", "B: 1.10")
    assert env(deployment("prod: {tls: false}", base), "web") == {"A": "true", "B": "1.10"}


def test_the_host_of_an_application_without_tenants_is_written_as_dns_has_it() -> None:
    made = deployment("prod: {tls: false, domain: Panadería.Example.}")

    assert [host.name for host in made.hosts] == ["xn--panadera-i2a.example"]


@pytest.mark.parametrize("domain", ['"{tenant}.shop.example"', '{office: "{tenant}.shop.example"}'])
def test_a_pattern_without_tenants_names_no_host(domain: str) -> None:
    made = build(f"prod: {{tls: false, domain: {domain}}}")

    assert [code for code, _, _ in told(made)] == ["KM313"]
    assert [summary(d, "en") for d in made.diagnostics] == [
        "`{tenant}.shop.example` names no host: `prod` has no tenants"
    ]
