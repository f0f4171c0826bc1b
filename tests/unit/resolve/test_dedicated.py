"""Dedicated tenants: what each has to itself, who joins it, and what all go on sharing."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest

from kmtopo.graph.graph import Graph
from kmtopo.graph.impact import impact
from kmtopo.graph.reach import Reach
from kmtopo.resolve.deployment import Deployment
from topologies import DATA, KMMOTOS, checked, told

AGENCY = (DATA / "agencia-wordpress.yaml").read_text(encoding="utf-8")
FACTS: dict[str, Any] = json.loads((DATA / "agencia-wordpress.facts.json").read_text(encoding="utf-8"))
HELD = FACTS["environments"]["produccion"]

COMPANY = "km-motos: {title: KM Motos, zone: norte}"
MIXED = KMMOTOS.replace(COMPANY, COMPANY[:-1] + ", placement: dedicated, resources: {memory: 256MiB}}")

SHOP = """\
kmtopo: 1
name: shop
vps: {main: {address: 203.0.113.10}}
networks:
  edge: {internal: false}
  inner: {subnet: 10.1.0.0/24}
  data: {}
containers:
  proxy: {type: nginx, image: "nginx:1.29.8", networks: [edge], publish: ["80:80"], routes: {/: web}}
  web:
    type: generic
    image: "shop/web:1"
    port: 8080
    networks: [edge, inner, data]
    uses: [postgres, queue]
    volumes: {files: {path: /files}, code: {bind: ../web, path: /app}}
    env: {WHO: "${tenant.slug} at ${tenant.domain}", SELF: "${containers.web.host}:${containers.web.port}"}
    secrets: [token]
  worker: {extends: web, uses: {web: {}, queue: null}}
  queue: {type: generic, image: "shop/queue:1", port: 5000, networks: [inner]}
  postgres: {type: postgres, image: "postgres:17.6", networks: [data], volumes: {rows: 1GiB}}
tenancy:
  domain: "{tenant}.shop.example"
  stores: {postgres: database}
  placement: dedicated
tenants:
  north: {}
  south: {}
environments:
  production: {tls: false, stage: development}
"""


def deployed(text: str, environment: str = "production") -> Deployment:
    made = checked(text)
    assert made.ok, told(made)
    return made.deployments[environment]


def members(text: str, environment: str = "production") -> dict[str, tuple[str, ...]]:
    return dict(checked(text).graphs[environment].members)


@pytest.fixture(scope="module")
def agency() -> Graph:
    return checked(AGENCY).graphs["produccion"]


def test_the_agencys_containers_are_those_of_its_facts(agency: Graph) -> None:
    assert {
        c.name: {"vps": c.vps, "networks": list(c.networks), "image": c.image, "instances": c.replicas}
        for c in agency.deployment.containers.values()
    } == HELD["containers"]


def test_a_tenants_networks_have_its_copies_the_proxies_and_what_they_call(agency: Graph) -> None:
    derived = {n.name for n in agency.deployment.networks.values() if n.tenant}

    assert {name: {"members": list(agency.members[name])} for name in sorted(derived)} == HELD["networks"]
    assert {name: agency.members[name] for name in ("datos", "publica")} == {
        "datos": ("mariadb",),
        "publica": ("nginx",),
    }


def test_the_agencys_calls_reach_and_failures_are_those_of_its_facts(agency: Graph) -> None:
    names = list(agency.deployment.containers)
    calls = {(e.source.name, e.target.name, e.optional) for e in agency.calls()}

    assert calls == {(c["from"], c["to"], c["optional"]) for c in HELD["calls"]}
    reach = Reach(agency)

    assert {a: [b for b in names if b != a and reach.path(a, b)] for a in names} == HELD["reaches"]
    for name, wanted in HELD["impact"].items():
        found = impact(agency, (name,))
        assert {key: list(getattr(found, key)) for key in wanted} == wanted


def test_what_a_tenants_process_sees_is_its_own(agency: Graph) -> None:
    copy = agency.deployment.containers["wordpress-tours-roatan"]
    seen = {v.name: v.literal for v in copy.variables}

    assert {name: seen[name] for name in ("WORDPRESS_DB_HOST", "WORDPRESS_DB_NAME", "WORDPRESS_DB_USER")} == {
        "WORDPRESS_DB_HOST": "mariadb",
        "WORDPRESS_DB_NAME": "wp_tours_roatan",
        "WORDPRESS_DB_USER": "wp_tours_roatan",
    }
    assert copy.secrets == ("wordpress_db_password_tours_roatan",)


def test_volumes_of_copies_are_named_after_the_tenant_and_folders_of_the_project_are_shared() -> None:
    copy = deployed(SHOP).containers["web-north"]

    assert [(m.path, m.volume, m.bind) for m in copy.mounts] == [
        ("/app", None, "../web"),
        ("/files", "files-north", None),
    ]


def test_references_in_a_copy_mean_its_tenant_and_its_tenants_copies() -> None:
    seen = {v.name: v.literal for v in deployed(SHOP).containers["worker-south"].variables}

    assert (seen["WHO"], seen["SELF"]) == ("south at south.shop.example", "web-south:8080")


def test_copies_are_told_whose_they_are() -> None:
    seen = {v.name: v.literal for v in deployed(SHOP).containers["web-north"].variables if v.group == "tenant"}

    assert seen == {
        "TENANT_SLUG": "north",
        "TENANT_IDENTIFIER": "north",
        "TENANT_TITLE": "north",
        "TENANT_DOMAIN": "north.shop.example",
    }


def test_what_the_file_says_wins_over_what_a_copy_is_told() -> None:
    text = SHOP.replace("secrets: [token]", "secrets: [token]").replace("env: {WHO:", "env: {TENANT_SLUG: mine, WHO:")
    (slug,) = [v for v in deployed(text).containers["web-north"].variables if v.name == "TENANT_SLUG"]

    assert (slug.literal, slug.group) == ("mine", "topology")


def test_copies_of_one_tenant_call_each_other_and_share_what_is_not_copied() -> None:
    containers = deployed(SHOP).containers

    assert [call.to for call in containers["worker-north"].calls] == ["postgres", "web-north"]
    assert [call.to for call in containers["web-north"].calls] == ["postgres", "queue"]
    assert {c.family for c in containers.values() if c.tenant == "north"} == {"web-north"}


def test_who_serves_no_copy_on_a_network_stays_off_the_tenants_own() -> None:
    found = members(SHOP)

    assert found["inner-north"] == ("queue", "web-north", "worker-north")
    assert found["data-north"] == ("postgres", "web-north", "worker-north")
    assert found["edge-north"] == ("proxy", "web-north", "worker-north")


def test_a_network_on_which_only_copies_lived_is_gone() -> None:
    lonely = SHOP.replace("  data: {}\n", "  data: {}\n  own: {}\n").replace(
        "[edge, inner, data]", "[edge, inner, data, own]"
    )

    assert "own" not in members(lonely)
    assert members(lonely)["own-north"] == ("web-north", "worker-north")


def test_a_tenants_network_is_as_open_as_its_original_and_has_a_range_of_its_own() -> None:
    networks = deployed(SHOP).networks

    assert [networks[name].internal for name in ("edge-north", "inner-north")] == [False, True]
    assert networks["inner"].subnet == "10.1.0.0/24"
    assert len({network.subnet for network in networks.values()}) == len(networks)


def test_where_nobody_needs_to_name_the_only_network_copies_have_one_all_the_same() -> None:
    text = SHOP.replace("networks:\n  edge: {internal: false}\n  inner: {subnet: 10.1.0.0/24}\n  data: {}\n", "")
    for listed in ("[edge]", "[edge, inner, data]", "[inner]", "[data]"):
        text = (
            text.replace(f"networks: {listed}, ", "")
            .replace(f"    networks: {listed}\n", "")
            .replace(f", networks: {listed}", "")
        )

    assert members(text)["default-north"] == ("postgres", "proxy", "queue", "web-north", "worker-north")
    assert members(text)["default"] == ("postgres", "proxy", "queue")


def test_pooled_and_dedicated_tenants_mix() -> None:
    containers = deployed(MIXED, "produccion").containers

    assert sorted(name for name in containers if name.endswith("-km-motos")) == [
        "backend-km-motos",
        "cola-km-motos",
        "migracion-km-motos",
        "programador-km-motos",
    ]
    assert {"backend", "cola", "migracion", "programador"} <= containers.keys()


def test_a_tenants_requests_go_to_its_copies() -> None:
    proxy = deployed(MIXED, "produccion").containers["nginx"]
    paths = {route.path: route.to for route in proxy.routes_of("km-motos")}

    assert paths == {
        "/": "frontend",
        "/api": "backend-km-motos",
        "/sanctum": "backend-km-motos",
        "/storage": "backend-km-motos",
    }
    assert {route.to for route in proxy.routes_of("km-cars")} == {"frontend", "backend"}


def test_a_tenants_limits_are_those_of_each_copy_and_an_environment_scales_them() -> None:
    build = checked(MIXED)
    sizes = {name: made.containers["cola-km-motos"].memory for name, made in build.deployments.items()}

    assert sizes == {"desarrollo": 128 * 2**20, "produccion": 256 * 2**20, "pruebas": 64 * 2**20}
    assert build.deployments["produccion"].containers["cola-km-motos"].replicas == 2


def test_the_stores_know_a_dedicated_tenants_processes_as_its_own() -> None:
    stores = deployed(MIXED, "produccion").data_stores
    accounts = {name: store.account("backend-km-motos") for name, store in stores.items()}

    assert {name: account.space.tenant for name, account in accounts.items() if account} == {
        "mongo": "km-motos",
        "postgres": "km-motos",
        "redis": "km-motos",
    }
    assert len({account.login.secret for account in accounts.values() if account}) == 3


def test_an_environment_may_place_a_tenant_otherwise() -> None:
    text = KMMOTOS.replace(
        "    tenants: [central, km-motos, km-cars]\n", "    tenants: {km-motos: {placement: dedicated}}\n"
    )
    made = checked(text)

    assert {name: sorted(world.placements) for name, world in made.worlds.items()} == {
        "desarrollo": [],
        "produccion": [],
        "pruebas": ["km-motos"],
    }


def test_a_store_that_is_dedicated_keeps_one_tenants_data_only() -> None:
    made = deployed(
        SHOP.replace("  placement: dedicated\n", "  dedicates: [postgres]\n")
        .replace("  north: {}", "  north: {placement: dedicated}")
        .replace("${tenant.slug} at ${tenant.domain}", "x")
    )

    assert made.containers["web-north"].networks == ("data-north", "edge-north", "inner-north")
    assert [call.to for call in made.containers["web-north"].calls] == ["postgres-north", "queue"]
    assert {name: {s.tenant for s in store.spaces if s.tenant} for name, store in made.data_stores.items()} == {
        "postgres": {"south"},
        "postgres-north": {"north"},
    }
    assert [(store.container, store.tenant) for store in made.tenancy.stores] == [  # type: ignore[union-attr]
        ("postgres", None),
        ("postgres-north", "north"),
    ]
    assert "rows-north" in made.volumes


@pytest.mark.parametrize("length", [20, 22, 23, 40])
def test_a_name_too_long_for_a_host_is_cut_and_keeps_apart(length: int) -> None:
    tenant = "t" * length
    original = "c" * 40
    text = (
        SHOP.replace("  web:\n", f"  {original}:\n")
        .replace("extends: web", f"extends: {original}")
        .replace("/: web", f"/: {original}")
    )
    text = (
        text.replace("uses: {web: {}", f"uses: {{{original}: {{}}")
        .replace("containers.web.", f"containers.{original}.")
        .replace("north", tenant)
    )
    whole = f"{original}-{tenant}"
    name = whole if len(whole) <= 63 else f"{whole[:54]}-{sha256(whole.encode()).hexdigest()[:8]}"

    assert deployed(text).containers[name].tenant == tenant
    assert len(name) <= 63


def test_a_mistake_in_what_is_copied_is_told_once() -> None:
    made = checked(
        MIXED.replace("      mongo: {for: [reports], optional: true}", "      mungo: {for: [reports], optional: true}")
    )

    assert [code for code, _, _ in told(made)] == ["KM301"]


def test_a_policy_about_a_container_holds_for_its_copies() -> None:
    denied = MIXED.replace("from: [nginx, frontend], to: [postgres, mongo, redis]", "from: backend, to: postgres")
    named = MIXED.replace(
        "from: [nginx, frontend], to: [postgres, mongo, redis]", "from: backend-km-motos, to: postgres"
    )

    for text, path in ((denied, "backend → postgres"), (named, "backend-km-motos → postgres")):
        (finding,) = [d for d in checked(text).diagnostics if d.code == "KM508"]
        assert finding.values["path"] == path
    (finding,) = [d for d in checked(denied).diagnostics if d.code == "KM508"]
    assert "backend-km-motos → postgres" in finding.values["more"]


def test_limits_of_copies_are_counted_and_told_where_the_tenant_says_them() -> None:
    made = checked(MIXED.replace("resources: {memory: 256MiB}", "resources: {cpu: 9, memory: 20GiB}"))
    found = {(d.code, str(d.subject)) for d in made.diagnostics}

    assert {("KM512", "vps.principal.capacity.memory"), ("KM515", "tenants.km-motos.resources.cpu")} <= found


def test_a_dedicated_central_tenant_has_processes_of_its_own_on_the_applications_database() -> None:
    text = KMMOTOS.replace("central: true, reads: all}", "central: true, reads: all, placement: dedicated}")
    made = deployed(text, "produccion")
    account = made.data_stores["postgres"].account("backend-central")

    assert account is not None
    assert (account.space.database, account.space.tenant) == ("kmmotos_central", "central")
    assert made.containers["nginx"].routes_of("central")[1].to == "backend-central"
