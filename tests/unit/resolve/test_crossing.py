"""Calls between machines: who is bound where, who finds whom, and that nothing else crosses."""

from __future__ import annotations

import pytest

from kmtopo.graph.reach import Reach
from kmtopo.report.words import help_text, summary
from topologies import DATA, built, checked, told

TWO = (DATA / "saas-dos-vps.yaml").read_text(encoding="utf-8")


def test_a_callee_is_bound_to_its_private_address_and_its_callers_know_it() -> None:
    containers = checked(TWO).deployments["production"].containers

    assert {c.name: [(b.host_ip, b.host_port) for b in c.bindings] for c in containers.values() if c.bindings} == {
        "postgres": [("10.0.0.20", 5432)],
        "redis": [("10.0.0.20", 6379)],
    }
    assert {c.name: [(n.name, n.ip) for n in c.neighbours] for c in containers.values() if c.neighbours} == {
        "web": [("postgres", "10.0.0.20"), ("redis", "10.0.0.20")],
        "worker": [("postgres", "10.0.0.20"), ("redis", "10.0.0.20")],
    }


def test_on_one_machine_nothing_is_bound() -> None:
    containers = checked(TWO).deployments["staging"].containers

    assert not any(c.bindings or c.neighbours for c in containers.values())


@pytest.mark.parametrize(
    ("source", "target", "path"),
    [
        ("web", "postgres", ("web", "postgres")),
        ("postgres", "web", None),
        ("worker", "web", ("worker", "web")),
        ("postgres", "redis", ("postgres", "redis")),
        ("nginx", "postgres", None),
    ],
)
def test_exactly_the_declared_calls_cross(source: str, target: str, path: tuple[str, ...] | None) -> None:
    assert Reach(checked(TWO).graphs["production"]).path(source, target) == path


def test_a_proxy_on_another_machine_is_told_the_address() -> None:
    moved = TWO.replace(
        "    type: generic\n    image: *app\n    vps: app\n", "    type: generic\n    image: *app\n    vps: data\n"
    )
    moved = moved.replace("networks: [edge]\n    publish", "networks: [edge, backplane]\n    publish")
    # Folded onto one machine, as in staging, nginx would be beside the data.
    moved = moved.replace("  - {deny: {from: internet, to: [postgres, redis]}, why: Customer data}\n", "")
    files = {str(a.path): a.content for _, a in built(moved, generators=("nginx", "compose")).artifacts["production"]}

    assert "server 10.0.0.20:3000 max_fails=3 fail_timeout=10s;" in files["app/nginx/nginx.conf"]
    assert 'extra_hosts: {web: "10.0.0.20"}' in files["app/compose.yaml"]
    assert '- {target: 3000, published: "3000", host_ip: "10.0.0.20", protocol: tcp}' in files["data/compose.yaml"]


def test_a_network_over_machines_is_not_internal_to_docker() -> None:
    files = {str(a.path): a.content for _, a in built(TWO, generators=("compose",)).artifacts["production"]}

    assert "backplane:\n    internal: false" in files["data/compose.yaml"]


def test_a_private_port_that_two_callees_want_is_a_conflict() -> None:
    twice = TWO.replace(
        "  redis:\n",
        "  other:\n    extends: postgres\n    volumes: {postgres-data: null, other-data: 1GiB}\n  redis:\n",
    )
    twice = twice.replace("uses: {postgres: {}, redis", "uses: {postgres: {}, other: {}, redis")

    assert [code for code, _, _ in told(checked(twice)) if code == "KM503"] == ["KM503"]


def test_each_machine_without_an_address_is_told_once() -> None:
    bare = TWO.replace("    private_address: 10.0.0.20  # no public address at all\n", "").replace(
        "    private_address: 10.0.0.10\n", ""
    )

    assert told(checked(bare)) == [("KM323", 12, 3), ("KM323", 20, 3)]


DEDICATED = """\
kmtopo: 1
name: shop
vps:
  edge: {address: 203.0.113.10, private_address: 10.9.0.1}
  work: {private_address: 10.9.0.2}
networks:
  open: {internal: false}
  inner: {}
defaults: {containers: {resources: {cpu: 0.1, memory: 128MiB}}}
containers:
  nginx: {type: nginx, image: "nginx:1.29.8", vps: edge, networks: [open, inner], publish: ["80:80"], routes: {/: web}}
  web: {type: generic, image: "shop/web:1", vps: work, port: 8080, networks: [inner], uses: [postgres]}
  postgres: {type: postgres, image: "postgres:17.6", vps: work, networks: [inner], volumes: {rows: 1GiB}}
tenancy: {domain: "{tenant}.shop.example", stores: {postgres: database}}
tenants: {north: {placement: dedicated}, south: {}, west: {placement: dedicated}}
environments: {production: {tls: false}}
"""


def test_copies_on_another_machine_than_their_proxy_have_a_port_each_there() -> None:
    build = built(DEDICATED, generators=("nginx",))
    assert build.ok, told(build)
    assert build.lock is not None
    containers = build.deployments["production"].containers
    files = {a.path.name: a.content for _, a in build.artifacts["production"]}

    assert dict(build.lock.ports) == {"production.web-north.8080": 20000, "production.web-west.8080": 20001}
    assert {
        c.name: [(b.host_port, b.container_port) for b in c.bindings] for c in containers.values() if c.bindings
    } == {
        "web": [(8080, 8080)],
        "web-north": [(20000, 8080)],
        "web-west": [(20001, 8080)],
    }
    assert "server 10.9.0.2:8080 max_fails=3" in files["nginx.conf"]
    assert "server 10.9.0.2:20001 max_fails=3" in files["dedicated.conf"]


def test_a_private_address_that_cannot_be_read_is_told_once_and_misses_nobody() -> None:
    assert [code for code, _, _ in told(checked(TWO.replace("10.0.0.20", "10.0.0.300")))] == ["KM209"]


COPIES = """\
kmtopo: 1
name: shop
vps: {front: {address: 203.0.113.10, private_address: 10.0.0.10}, back: {private_address: 10.0.0.20}}
networks: {edge: {internal: false}, data: {}}
defaults: {containers: {resources: {cpu: 1, memory: 1GiB}}}
containers:
  nginx: {type: nginx, image: "nginx:1.29.8", vps: front, networks: [edge], publish: [80, 443], routes: {/: app}}
  app: {image: "shop/app:1", port: 8000, vps: front, networks: [edge, data], uses: [api, postgres]}
  api: {image: "shop/api:1", port: 9000, vps: back, networks: [data], uses: [postgres]}
  postgres: {type: postgres, image: "postgres:17.6", vps: back, networks: [data], volumes: {pg: 10GiB}}
tenancy: {domain: "{tenant}.shop.example", stores: {postgres: database}}
tenants: {east: {}, north: {placement: dedicated}}
environments: {live: {}}
"""


def test_copies_that_applications_call_across_machines_cannot_share_a_port() -> None:
    (diagnostic,) = checked(COPIES).diagnostics

    assert (diagnostic.code, str(diagnostic.subject)) == ("KM503", "containers.app.uses[0]")
    assert summary(diagnostic, "en") == (
        "port 9000 of `back` would let calls from other machines in to several copies of one container"
    )
    assert help_text(diagnostic, "en") == (
        "put the original of `api-north` on the machine of its callers, or let a proxy route to it"
    )


def test_two_callees_of_another_machine_need_a_port_each() -> None:
    two = COPIES.replace("placement: dedicated", "").replace("uses: [api, postgres]", "uses: [api, other, postgres]")
    other = '  other: {image: "shop/other:1", port: 9000, vps: back, networks: [data]}\ntenancy:'
    (diagnostic,) = checked(two.replace("tenancy:", other)).diagnostics

    assert summary(diagnostic, "en") == (
        "port 9000 of `back` would let calls from other machines in to `api` and `other` alike"
    )


def test_a_proxy_whose_networks_are_removed_joins_no_copy() -> None:
    removed = COPIES.replace("vps: front, networks: [edge], publish", "vps: front, networks: null, publish")

    assert "KM306" in {code for code, _, _ in told(checked(removed))}
