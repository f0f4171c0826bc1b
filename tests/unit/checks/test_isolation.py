"""``isolate: tenants``: every kind of way from one tenant to another is found, and clean worlds have none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kmtopo.checks.isolation import leaks
from kmtopo.graph.graph import Graph
from kmtopo.types.runtime import Variable
from topologies import DATA, KMMOTOS, checked

MIXED = """\
kmtopo: 1
name: shop
vps: {main: {address: 203.0.113.10}}
networks: {edge: {internal: false}, data: {}}
containers:
  nginx:
    type: nginx
    image: nginx:1.29.8-alpine
    networks: [edge]
    publish: [80]
    routes: {/: web}
  web:
    type: laravel
    image: shop/web:1.0.0
    networks: [edge, data]
    uses: [postgres, redis]
    volumes: {files: {path: /data}}
    secrets: [mail_password]
  postgres: {type: postgres, image: "postgres:17.6", networks: [data]}
  redis: {type: redis, image: "redis:7.4.5", networks: [data]}
tenancy: {flavor: custom, domain: "{tenant}.shop.example", stores: {postgres: database, redis: prefix}}
tenants:
  east: {}
  north: {placement: dedicated}
  south: {placement: dedicated}
  west: {}
environments: {production: {tls: false}}
"""


@pytest.fixture(scope="module")
def mixed() -> Graph:
    return checked(MIXED).graphs["production"]


def told(graph: Graph) -> list[tuple[str, str, str, str]]:
    return [(leak.kind, leak.one, leak.other, leak.what) for leak in leaks(graph)]


def with_container(graph: Graph, name: str, **values: Any) -> Graph:
    containers = dict(graph.deployment.containers)
    containers[name] = replace(containers[name], **values)
    return replace(graph, deployment=replace(graph.deployment, containers=containers))


def test_pooled_and_dedicated_tenants_are_kept_apart(mixed: Graph) -> None:
    assert told(mixed) == []


@pytest.mark.parametrize("environment", ["desarrollo", "produccion", "pruebas"])
def test_kmmotos_keeps_its_companies_apart(environment: str) -> None:
    assert told(checked(KMMOTOS).graphs[environment]) == []


def test_twelve_copies_of_one_image_are_kept_apart() -> None:
    text = (DATA / "agencia-wordpress.yaml").read_text(encoding="utf-8")

    assert told(checked(text).graphs["produccion"]) == []


def test_a_common_network_is_a_leak(mixed: Graph) -> None:
    joined = tuple(sorted((*mixed.members["data-north"], "web-south", "web")))

    assert told(replace(mixed, members={**mixed.members, "data-north": joined})) == [
        ("network", "web", "north", "data-north"),
        ("network", "web", "south", "data-north"),
        ("network", "north", "south", "data-north"),
    ]


def test_a_proxy_on_everybodys_networks_is_none(mixed: Graph) -> None:
    assert "nginx" in mixed.members["edge-north"]
    assert "nginx" in mixed.members["edge-south"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (", redis: prefix", "", ("store", "east", "north", "redis")),
        ("redis: prefix", "redis: shared", ("shared", "east", "north", "redis")),
        ("  east: {}", '  east: {domain: "*.shop.example"}', ("host", "east", "north", "*.shop.example")),
    ],
)
def test_what_the_file_says_may_be_a_leak(old: str, new: str, expected: tuple[str, ...]) -> None:
    assert expected in told(checked(MIXED.replace(old, new, 1)).graphs["production"])


def test_a_secret_of_two_is_a_leak(mixed: Graph) -> None:
    own = mixed.deployment.containers["web-north"].secrets
    leaked = with_container(mixed, "web-south", secrets=(*mixed.deployment.containers["web-south"].secrets, own[0]))

    assert told(leaked) == [("secret", "north", "south", own[0])]


def test_a_variable_that_names_what_is_anothers_is_a_leak(mixed: Graph) -> None:
    variables = (*mixed.deployment.containers["web-south"].variables, Variable("OTHER", ("http://web-north:9000",)))

    assert told(with_container(mixed, "web-south", variables=variables)) == [("variable", "south", "north", "OTHER")]


def test_a_volume_of_two_is_a_leak(mixed: Graph) -> None:
    mounts = mixed.deployment.containers["web-north"].mounts

    assert told(with_container(mixed, "web-south", mounts=mounts)) == [("volume", "north", "south", "files-north")]


def test_a_user_of_two_is_a_leak(mixed: Graph) -> None:
    store = mixed.deployment.data_stores["postgres"]
    by_tenant = {space.tenant: space for space in store.spaces}
    spaces = tuple(
        replace(space, logins=by_tenant["north"].logins) if space.tenant == "south" else space for space in store.spaces
    )
    stores = {**mixed.deployment.data_stores, "postgres": replace(store, spaces=spaces)}
    leaked = replace(mixed, deployment=replace(mixed.deployment, data_stores=stores))

    assert told(leaked) == [("login", "north", "south", "shop_north_app")]


def test_a_single_tenant_has_nobody_to_be_kept_from() -> None:
    alone = MIXED.replace("  north: {placement: dedicated}\n  south: {placement: dedicated}\n  west: {}\n", "")

    assert told(checked(alone.replace("redis: prefix", "redis: shared")).graphs["production"]) == []
