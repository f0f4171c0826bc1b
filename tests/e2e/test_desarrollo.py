"""KMMotos on a developer's machine: the generated tree runs as it is, its code mounted, its stores on loopback."""

from __future__ import annotations

import pytest

from e2e.eventually import eventually
from e2e.proofs_of_networks import published

pytestmark = pytest.mark.e2e

HOSTS = {tenant: f"{tenant}.localhost" for tenant in ("central", "km-motos")}


def test_only_images_are_replaced(desarrollo):
    assert desarrollo.project.differences() == []


def test_everything_that_is_generated_starts(desarrollo, without):
    states = {c["Service"]: (c["State"], c["Health"] or c["ExitCode"]) for c in desarrollo.containers()}

    well = ("running", "healthy")
    assert states == {
        "backend": well,
        "cola": well,
        "frontend": ("running", 0),
        "mailpit": well,
        "migracion": ("exited", 0),
        **({} if "mongo" in without else {"mongo": well}),
        "nginx": well,
        "postgres": well,
        "programador": well,
        "redis": well,
    }


def test_doors_and_stores_are_open_on_loopback_alone(desarrollo, without):
    stores = {"postgres": 5432, "redis": 6379, **({} if "mongo" in without else {"mongo": 27017})}

    assert published(desarrollo, {"nginx": 8080, "mailpit": 8025, **stores}, "127.0.0.1") == []


def test_the_page_comes_from_the_development_server(desarrollo):
    answer = desarrollo.door.ask("km-motos.localhost", "/")

    assert (answer.status, "development of km-motos.localhost:8080" in answer.body) == (200, True)


def test_a_browser_may_switch_to_a_websocket(desarrollo):
    key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13"}
    answer = desarrollo.door.ask("km-motos.localhost", "/hmr", **key, Upgrade="websocket", Connection="Upgrade")

    assert (answer.status, answer.headers["sec-websocket-accept"]) == (101, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")


@pytest.mark.parametrize("tenant", HOSTS)
def test_each_host_reaches_the_application_as_its_tenant(tenant, desarrollo):
    assert desarrollo.door.ask(HOSTS[tenant], "/api/request").json == {
        "environment": "local",
        "host": f"{HOSTS[tenant]}:8080",
        "scheme": "http",
        "named": tenant,
        "tenant": tenant,
    }


def test_each_host_reaches_its_own_database(desarrollo):
    sold = {tenant: desarrollo.door.ask(host, "/api/sales", "POST", tenant).json for tenant, host in HOSTS.items()}

    assert sold == {
        "central": {"database": "kmmotos_central", "role": "kmmotos_backend", "sales": ["central"]},
        "km-motos": {"database": "tenantkm-motos", "role": "tenantkm_motos_app", "sales": ["km-motos"]},
    }


def test_the_application_runs_from_the_mounted_code(desarrollo):
    assert desarrollo.door.ask("km-motos.localhost", "/api/greeting").json == {"greeting": "hello"}

    (desarrollo.project.code / "app/greeting.php").write_text("<?php return ['greeting' => 'edited'];")

    eventually(lambda: desarrollo.door.ask("km-motos.localhost", "/api/greeting").json, {"greeting": "edited"})
