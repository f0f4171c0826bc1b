"""Systems that others run: called by their hosts, on no machine, and drawn outside."""

from __future__ import annotations

import pytest

from kmtopo.graph.impact import impact, weak_points
from kmtopo.graph.reach import Reach
from topologies import built, checked, told

SHOP = """\
kmtopo: 1
name: shop
vps: {main: {address: 203.0.113.10}}
networks: {edge: {internal: false}, data: {}}
defaults: {containers: {resources: {cpu: 0.25, memory: 128MiB}}}
containers:
  nginx: {type: nginx, image: "nginx:1.29.8-alpine", networks: [edge], publish: [80], routes: {/: web}}
  web:
    type: generic
    image: shop/web:1.0.0
    port: 3000
    networks: [edge, data]
    uses: {postgres: {}, bank: {}, mail: {optional: true}}
    env: {BANK_URL: "https://${containers.bank.host}:${containers.bank.port}/api"}
  postgres: {type: postgres, image: "postgres:17.6", networks: [data]}
  bank: {type: external, host: api.bank.example, port: 443}
  mail: {type: external, host: 198.51.100.25}
environments: {production: {domain: shop.example, tls: false}}
"""


def test_a_reference_leads_to_the_host_of_an_external_system() -> None:
    web = checked(SHOP).deployments["production"].containers["web"]

    assert {v.name: v.literal for v in web.variables} == {"BANK_URL": "https://api.bank.example:443/api"}


def test_nothing_is_built_for_it() -> None:
    build = built(SHOP)

    assert not any("bank" in a.content for _, a in build.artifacts["production"] if a.path.name == "compose.yaml")
    assert [d for d in build.diagnostics if d.code.startswith("KM5")] == []


@pytest.mark.parametrize(
    ("source", "target", "path"),
    [
        ("web", "bank", ("web", "bank")),
        ("nginx", "bank", ("nginx", "bank")),
        ("postgres", "bank", None),
        ("bank", "web", None),
        ("internet", "bank", None),
    ],
)
def test_it_is_reached_over_a_network_that_leads_out(source: str, target: str, path: tuple[str, ...] | None) -> None:
    assert Reach(checked(SHOP).graphs["production"]).path(source, target) == path


def test_declared_calls_alone_lead_there_where_nothing_else_counts() -> None:
    reach = Reach(checked(SHOP).graphs["production"], declared=True)

    assert reach.path("web", "mail") == ("web", "mail")
    assert reach.path("nginx", "mail") is None


def test_its_failure_is_felt_by_its_callers() -> None:
    graph = checked(SHOP).graphs["production"]

    assert impact(graph, ["bank"]).down == ("bank", "nginx", "web")
    assert impact(graph, ["mail"]).degraded == ("web",)


def test_it_is_a_weak_point_by_those_of_ours_that_it_takes_down() -> None:
    points = weak_points(checked(SHOP).graphs["production"])

    assert [(p.name, p.down, p.of) for p in points] == [
        ("postgres", 3, 3),
        ("bank", 2, 3),
        ("web", 2, 3),
        ("nginx", 1, 3),
    ]


def test_a_policy_that_denies_it_says_which_networks_lead_there() -> None:
    denying = SHOP + "policies: [{deny: {from: nginx, to: bank}, why: Only the shop pays}]\n"
    (found,) = [d for d in checked(denying).diagnostics if d.code == "KM508"]

    assert (found.help, found.values["networks"], found.values["near"]) == ("outward", "edge", "nginx")


def test_nobody_calls_the_internet_itself() -> None:
    graph = checked(SHOP).graphs["production"]
    declared = Reach(graph, declared=True)

    assert declared.path("web", "internet") is None
    assert "internet" not in declared.reached("web")
    assert Reach(graph).path("web", "internet") == ("web", "internet")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("host: api.bank.example, ", "", [("KM203", 16, 3)]),
        ("host: api.bank.example", "host: 'bank; rm -rf /'", [("KM208", 16, 32)]),
        ("port: 443}", "port: 443, publish: [443]}", [("KM325", 16, 61)]),
        ("routes: {/: web}", "routes: {/: web, /bank: bank}", [("KM326", 7, 111)]),
        ("networks: [edge, data]", "networks: [data]", [("KM501", 7, 99), ("KM550", 13, 32), ("KM550", 13, 42)]),
    ],
)
def test_what_it_cannot_be_is_told_at_its_place(old: str, new: str, found: list[tuple[str, int, int]]) -> None:
    assert told(checked(SHOP.replace(old, new))) == found
