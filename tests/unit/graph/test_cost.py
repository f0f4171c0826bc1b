"""What an environment costs, and who bears it: cent by cent."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kmtopo.graph.cost import environment_cost, savings, shares, total
from kmtopo.graph.graph import Graph
from topologies import KMMOTOS, checked

SHOP = """\
kmtopo: 1
name: shop
vps:
  main: {cost: 100-110 USD/month, alternatives: [{title: Cloud, cost: 300-400 USD/month}]}
containers:
  web: {type: generic, image: shop/web:1.0.0, resources: {cpu: 1, memory: 1GiB}}
tenancy: {domain: "{tenant}.shop.example"}
tenants:
  centre: {central: true}
  north: {branches: [A, B, C]}
  south: {branches: [D]}
environments: {production: {tls: false}}
"""


def graph_of(text: str, environment: str) -> Graph:
    return checked(text).graphs[environment]


@pytest.mark.parametrize(
    ("rule", "borne"),
    [
        ("equal", {"centre": ("33.34", "36.67"), "north": ("33.33", "36.67"), "south": ("33.33", "36.66")}),
        ("companies", {"centre": ("0", "0"), "north": ("50", "55"), "south": ("50", "55")}),
        ("branches", {"centre": ("20", "22"), "north": ("60", "66"), "south": ("20", "22")}),
    ],
)
def test_a_shared_cost_is_split_by_the_rule(rule: str, borne: dict[str, tuple[str, str]]) -> None:
    found = shares(graph_of(SHOP, "production"), rule)

    assert {name: (cost.low, cost.high) for name, cost in found.items()} == {
        name: (Decimal(low), Decimal(high)) for name, (low, high) in borne.items()
    }


@pytest.mark.parametrize("rule", ["equal", "companies", "branches"])
@pytest.mark.parametrize("environment", ["desarrollo", "produccion", "pruebas"])
def test_what_tenants_bear_adds_up_to_the_whole(environment: str, rule: str) -> None:
    graph = graph_of(KMMOTOS, environment)
    (whole,) = environment_cost(graph.deployment)

    assert sum(cost.high for cost in shares(graph, rule).values()) == whole.high


def test_each_machine_counts_once_in_the_total() -> None:
    machines = [vps for graph in checked(KMMOTOS).graphs.values() for vps in graph.deployment.vps.values()]

    assert [(cost.high, cost.currency) for cost in total(machines)] == [(Decimal(250), "USD")]


def test_currencies_are_not_added_up() -> None:
    text = (
        SHOP.replace("vps:\n", "vps:\n  spare: {cost: 10 EUR/month}\n")
        .replace("{type: generic", "{vps: main, type: generic")
        .replace(
            "containers:\n", "containers:\n  extra: {vps: spare, type: generic, image: 'x:1', networks: [other]}\n"
        )
        .replace("image: shop/web:1.0.0", "image: shop/web:1.0.0, networks: [one]")
        .replace("containers:", "networks: {one: {}, other: {}}\ncontainers:")
    )
    graph = graph_of(text, "production")

    assert [(cost.high, cost.currency) for cost in environment_cost(graph.deployment)] == [
        (Decimal(10), "EUR"),
        (Decimal(110), "USD"),
    ]
    assert shares(graph, "equal") == {}


def test_a_saving_is_least_against_the_cheapest_and_most_against_the_dearest() -> None:
    (saving,) = savings(graph_of(SHOP, "production").deployment.vps.values())

    assert (saving.cost.low, saving.cost.high) == (Decimal(190), Decimal(300))
