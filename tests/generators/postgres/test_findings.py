"""What a topology must not say of a PostgreSQL, and where it is told."""

from __future__ import annotations

from typing import Any

import pytest

from kmtopo.pipeline import Build
from postgres_worlds import compiled


def told(build: Build) -> list[tuple[str, str, str]]:
    """Of every error of this generator: code, which of its texts applies, and the line that it points at."""
    lines = build.source.text.splitlines()
    found = [d for d in build.diagnostics if d.code.startswith("KM62")]
    spans = [(d.code, d.help, d.primary.span) for d in found if d.primary]
    return [(code, help_, lines[span.start.line - 1].strip()) for code, help_, span in spans if span]


def postgres(**says: Any) -> Build:
    return compiled(containers={"postgres": says})


def test_the_shop_is_sound() -> None:
    assert told(compiled()) == []


def test_an_application_must_not_come_out_as_the_administrator() -> None:
    build = compiled(containers={"admin": {"type": "generic", "image": "shop/admin:1.0.0", "uses": {"postgres": {}}}})

    assert told(build) == [("KM620", "administrator", "admin:")]


def test_an_application_must_not_come_out_as_a_tenant() -> None:
    north = {"type": "generic", "image": "shop/north:1.0.0", "uses": {"postgres": {}}}
    build = compiled(tenancy={"flavor": "custom"}, containers={"north-app": north})

    assert told(build) == [("KM620", "", "north:")]


@pytest.mark.parametrize("name", ["central-rw", "central-overseers", "central-owner"])
def test_an_application_must_not_come_out_as_a_group(name: str) -> None:
    build = compiled(containers={name: {"type": "generic", "image": "shop/x:1.0.0", "uses": {"postgres": {}}}})

    assert told(build) == [("KM620", "", f"{name}:")]


def test_a_variable_must_not_name_the_administrator() -> None:
    build = compiled(containers={"app": {"env": {"DB_USERNAME": "shop_admin"}}})

    assert ("KM620", "variable", "DB_USERNAME: shop_admin") in told(build)


def test_the_administrator_may_have_another_name_which_then_counts() -> None:
    build = compiled(
        containers={"postgres": {"env": {"POSTGRES_USER": "root"}}, "app": {"env": {"DB_USERNAME": "shop_admin"}}}
    )

    assert told(build) == []


@pytest.mark.parametrize(
    "command",
    [
        "postgres -c max_connections=10",
        "postgres -cmax_connections=10",
        "postgres --max-connections=10",
        "postgres -N 10",
        "postgres -c 'max_connections=10' -c fsync=off",
        "postgres -c max_connections=500 -c max_connections=10",
    ],
)
def test_a_command_must_leave_room_for_every_process(command: str) -> None:
    assert told(postgres(command=command)) == [("KM621", "", f"command: {command}")]
    assert told(postgres(command=command.split())) != []


@pytest.mark.parametrize("command", ["postgres -c max_connections=12", "postgres", "postgres -N 12"])
def test_a_command_that_leaves_room_is_the_architect_s_own_affair(command: str) -> None:
    assert told(postgres(command=command)) == []


def test_a_command_that_names_no_number_has_the_server_s_own() -> None:
    busy = {"app": {"resources": {"memory": "8GiB"}}, "postgres": {"command": "postgres"}}

    assert told(compiled(containers=busy)) == [("KM621", "", "command: postgres")]


def test_what_could_not_be_read_needs_no_connections() -> None:
    broken = {"app": {"resources": {"memory": "much"}}, "postgres": {"command": "postgres -N 40"}}

    assert told(compiled(containers=broken)) == []


def test_one_tenant_must_leave_connections_to_the_others() -> None:
    assert told(compiled(tenancy={"connections": 101})) == [("KM621", "role", "connections: 101")]
    assert told(compiled(tenancy={"connections": 100})) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("POSTGRES_HOST_AUTH_METHOD", "trust"),
        ("POSTGRES_HOST_AUTH_METHOD", "md5"),
        ("POSTGRES_HOST_AUTH_METHOD", "password"),
        ("POSTGRES_INITDB_ARGS", "--data-checksums --auth-host=trust"),
        ("POSTGRES_INITDB_ARGS", "--auth=md5"),
        ("POSTGRES_INITDB_ARGS", "-A password"),
        ("POSTGRES_INITDB_ARGS", "-Atrust"),
    ],
)
def test_clients_must_prove_their_passwords(name: str, value: str) -> None:
    assert told(postgres(env={name: value})) == [("KM622", "", f"{name}: {value}")]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("POSTGRES_HOST_AUTH_METHOD", "scram-sha-256"),
        ("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256 --auth-local=trust"),
    ],
)
def test_ways_that_prove_them_are_fine(name: str, value: str) -> None:
    assert told(postgres(env={name: value})) == []


@pytest.mark.parametrize(
    ("image", "refused"),
    [
        ("postgres:14.19", True),
        ("postgres:14-alpine", True),
        ("timescale/timescaledb:2.22.0-pg14", True),
        ("postgres:15.1", False),
        ("postgres:bookworm", False),
        ("registry.example:5000/db/postgres", False),
    ],
)
def test_a_language_needs_an_image_that_knows_languages(image: str, refused: bool) -> None:
    build = compiled(generators={"postgres": {"locale": "es-HN"}}, containers={"postgres": {"image": image}})

    assert told(build) == ([("KM623", "", "locale: es-HN")] if refused else [])


@pytest.mark.parametrize(
    ("path", "replaced"),
    [("/docker-entrypoint-initdb.d", True), ("/docker-entrypoint-initdb", False), ("/scripts", False)],
)
def test_scripts_of_one_s_own_must_not_replace_those_of_the_first_start(path: str, replaced: bool) -> None:
    build = postgres(volumes={"scripts": {"path": path, "size": "1GiB"}})

    assert [(d.code, d.severity.value) for d in build.diagnostics if d.code == "KM624"] == (
        [("KM624", "warning")] if replaced else []
    )
