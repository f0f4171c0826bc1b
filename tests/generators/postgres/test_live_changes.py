"""What provisioning does to a running PostgreSQL when the topology has changed, and what it does where that differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from kmtopo.pipeline import Build
from kmtopo.plugin import DataStore
from postgres_worlds import shop, store_of
from realtools.postgres import Server, newest, programs, serving

Start = Callable[..., tuple[Server, DataStore]]
NOT_IN_ROLE = "permission denied for table"


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a server for the shop, changed as a test says."""
    with ExitStack() as stack:

        def serve(program: Path | None = None, **changes: Any) -> tuple[Server, DataStore]:
            build = shop(**changes)
            return stack.enter_context(serving(program or newest(), build)), store_of(build)

        yield serve


def change(server: Server, **changes: Any) -> DataStore:
    """Builds the shop anew, copies it to the machine and provisions."""
    build: Build = shop(**changes)
    server.receive(build)
    server.provision()
    return store_of(build)


def done(server: Server, store: DataStore, login: str, sql: str, database: str = "") -> str:
    """What comes of a statement that must be allowed."""
    ended = server.ask(store, login, sql, database)
    assert ended.error == ""
    return ended.out.strip()


def structure(server: Server) -> dict[str, set[str]]:
    """What a server is like, line by line: its roles and memberships, and each database with its rights."""
    names = server.administer("SELECT datname FROM pg_database WHERE datallowconn").out.split()
    texts = {name: server.dump("pg_dump", "--create", name) for name in names}
    texts["roles"] = server.dump("pg_dumpall", "--globals-only", "--no-role-passwords")
    return {name: set(text.splitlines()) for name, text in texts.items()}


def test_a_new_tenant_changes_nothing_of_the_others(start: Start) -> None:
    server, store = start()
    done(server, store, "tenantnorth_migrate", "CREATE TABLE orders (total integer)")
    before = structure(server)

    store = change(server, tenants={"west": {"title": "West"}})

    after = structure(server)
    assert done(server, store, "tenantwest_app", "SELECT current_database()") == "tenantwest"
    assert after.keys() - before.keys() == {"tenantwest"}
    assert {name: after[name] for name in before if name != "roles"} == {
        name: lines for name, lines in before.items() if name != "roles"
    }
    assert before["roles"] - after["roles"] == set()
    assert {line for line in after["roles"] - before["roles"] if "tenantwest" not in line} == set()


def test_a_tenant_that_moves_to_containers_of_its_own_takes_its_data_along(start: Start) -> None:
    server, pooled = start()
    done(server, pooled, "tenantnorth_migrate", "CREATE TABLE orders (total integer)")

    own = change(server, tenants={"north": {"placement": "dedicated"}})

    assert done(server, own, "tenantnorth_app", "SELECT count(*) FROM orders") == "0"
    assert done(server, own, "shop_app", "SELECT count(*) FROM orders", "tenantnorth") == "0"
    assert "password authentication failed" in server.ask(pooled, "tenantnorth_app", "SELECT 1").err
    assert done(server, pooled, "tenantsouth_east_app", "SELECT 1") == "1"


def test_whom_the_network_lets_in_follows_the_topology(start: Start) -> None:
    server, _ = start()
    assert server.knock("shop_admin", "127.0.0.2").startswith("pg_hba.conf rejects connection")

    change(server, environments={"production": {"stage": "development"}})

    assert eventually(lambda: server.knock("shop_admin", "127.0.0.2") == "SCRAM-SHA-256")


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether something comes true soon: a server reloads when it gets to it."""
    until = monotonic() + 10
    while not holds() and monotonic() < until:
        sleep(0.02)
    return holds()


def test_the_image_may_read_the_first_script_into_its_own(start: Start) -> None:
    server, store = start()

    ended = server.read_into("initdb/10-provision.sh", "set -Eeo pipefail", "echo and on")

    assert (ended.code, ended.out, ended.err) == (0, "and on\n", "")
    assert done(server, store, "tenantnorth_app", "SELECT 1") == "1"


def test_a_tenant_that_is_gone_from_the_topology_keeps_all_it_has(start: Start) -> None:
    server, store = start()
    before = structure(server)

    change(server, tenants={"north": None})

    assert structure(server) == before
    assert done(server, store, "tenantnorth_app", "SELECT 1") == "1"


@pytest.mark.parametrize("value", [None, ""])
def test_a_secret_that_is_not_there_stops_it_with_a_word_on_what_to_do(start: Start, value: str | None) -> None:
    server, store = start()
    path = server.folder / "secrets" / "tenants" / "north_postgres_password"
    path.unlink()
    if value is not None:
        path.write_text("\n")

    ended = server.run("provision.sh")

    assert (ended.code, ended.out) == (3, "")
    assert (
        ended.error
        == "the secret tenants/north_postgres_password is missing or empty: tenantnorth_app gets no password"
    )
    assert "HINT:  Make it with `kmtopo secrets init`" in ended.err
    server.set_secret("tenants/north_postgres_password", "back")
    server.provision()
    assert done(server, store, "tenantnorth_app", "SELECT 1") == "1"


def test_another_password_holds_from_the_next_run_on(start: Start) -> None:
    server, store = start()

    server.set_secret("tenants/north_postgres_password", "another")

    assert "password authentication failed" in server.ask(store, "tenantnorth_app", "SELECT 1").err
    server.provision()
    assert done(server, store, "tenantnorth_app", "SELECT 1") == "1"


def test_who_no_longer_reads_all_reads_nothing_of_others(start: Start) -> None:
    server, store = start()
    done(server, store, "tenantnorth_migrate", "CREATE TABLE orders (total integer)")
    assert done(server, store, "shop_app", "SELECT count(*) FROM orders", "tenantnorth") == "0"

    store = change(server, tenants={"office": {"reads": None}})

    assert "permission denied for database" in server.ask(store, "shop_app", "SELECT 1", "tenantnorth").error
    assert server.administer("SELECT count(*) FROM pg_roles WHERE rolname = 'shop_central_overseers'").out == "0\n"


def test_without_migrations_the_application_owns_what_it_makes_until_there_are_some(start: Start) -> None:
    alone = {"migration": None, "app": {"uses": {"migration": None}}}
    server, store = start(containers=alone)
    done(server, store, "tenantnorth_app", "CREATE TABLE orders (total integer)")
    assert done(server, store, "shop_app", "SELECT count(*) FROM orders", "tenantnorth") == "0"
    assert NOT_IN_ROLE in server.ask(store, "shop_app", "DELETE FROM orders", "tenantnorth").error

    store = change(server)

    assert done(server, store, "tenantnorth_app", "INSERT INTO orders VALUES (1) RETURNING total") == "1"
    assert "must be owner" in server.ask(store, "tenantnorth_app", "DROP TABLE orders").error
    done(server, store, "tenantnorth_migrate", "ALTER TABLE orders ADD note text")


def test_schemas_keep_tenants_apart_within_one_database(start: Start) -> None:
    server, store = start(tenancy={"stores": {"postgres": "schema"}})
    done(server, store, "tenantnorth_migrate", "CREATE TABLE orders (total integer)")
    done(server, store, "tenantnorth_app", "INSERT INTO orders VALUES (7)")
    done(server, store, "shop_app_migrate", "CREATE TABLE plans (name text)")

    assert done(server, store, "tenantnorth_app", "SELECT current_schemas(false)") == "{tenantnorth}"
    assert done(server, store, "shop_app", "SELECT total FROM tenantnorth.orders") == "7"
    assert done(server, store, "shop_app_migrate", "SELECT total FROM tenantnorth.orders") == "7"
    assert "permission denied" in server.ask(store, "shop_app", "DELETE FROM tenantnorth.orders").error
    for login in ("tenantsouth_east_app", "tenantsouth_east_migrate"):
        for table in ("tenantnorth.orders", "public.plans"):
            assert "permission denied for schema" in server.ask(store, login, f"SELECT * FROM {table}").error
        assert "permission denied" in server.ask(store, login, "CREATE SCHEMA x").error
        assert "permission denied" in server.ask(store, login, "SELECT 1", "postgres").error


def test_in_schemas_the_central_application_reads_all_though_it_owns_its_own(start: Start) -> None:
    alone = {"migration": None, "app": {"uses": {"migration": None}}}
    server, store = start(tenancy={"stores": {"postgres": "schema"}}, containers=alone)
    done(server, store, "tenantnorth_app", "CREATE TABLE orders (total integer)")

    assert done(server, store, "shop_app", "SELECT count(*) FROM tenantnorth.orders") == "0"
    assert "permission denied" in server.ask(store, "shop_app", "INSERT INTO tenantnorth.orders VALUES (1)").error


def test_a_shared_database_has_the_application_s_roles_only(start: Start) -> None:
    server, store = start(tenancy={"stores": {"postgres": "shared"}})

    assert [login.name for login in store.logins()] == ["shop_app", "shop_app_migrate"]
    done(server, store, "shop_app_migrate", "CREATE TABLE orders (tenant_id text)")
    done(server, store, "shop_app", "INSERT INTO orders VALUES ('north')")


def test_an_application_that_provisions_makes_its_databases_itself(start: Start) -> None:
    server, store = start(tenancy={"provisioning": "application"})

    assert [login.name for login in store.logins()] == ["shop_app"]
    done(server, store, "shop_app", 'CREATE DATABASE "tenantnorth" WITH TEMPLATE=template0')
    done(server, store, "shop_app", "CREATE TABLE orders (total integer); INSERT INTO orders VALUES (1)", "tenantnorth")
    assert "permission denied to create role" in server.ask(store, "shop_app", "CREATE ROLE x").error
    server.provision()


def test_an_application_that_provisions_makes_its_schemas_itself(start: Start) -> None:
    server, store = start(tenancy={"provisioning": "application", "stores": {"postgres": "schema"}})

    done(server, store, "shop_app", 'CREATE SCHEMA "tenantnorth"; CREATE TABLE "tenantnorth".orders (total integer)')


def test_without_tenancy_there_is_one_database(start: Start) -> None:
    server, store = start(tenancy=None, tenants=None, environments={"production": {"domain": "shop.example"}})

    done(server, store, "shop_app_migrate", "CREATE TABLE orders (total integer)")
    assert done(server, store, "shop_app", "SELECT current_database()") == "shop"
    assert "permission denied" in server.ask(store, "shop_app", "SELECT 1", "postgres").error


@pytest.mark.parametrize("kind", ["database", "schema"])
def test_extensions_are_there_for_every_tenant(start: Start, kind: str) -> None:
    options = {"postgres": {"extensions": ["plpgsql"]}}
    server, store = start(tenancy={"stores": {"postgres": kind}}, generators=options)

    assert done(server, store, "tenantnorth_app", "SELECT extname FROM pg_extension") == "plpgsql"
    shown = {"database": "{public}", "schema": "{tenantnorth,public}"}
    assert done(server, store, "tenantnorth_app", "SELECT current_schemas(false)") == shown[kind]


@pytest.mark.parametrize("version", programs())
def test_a_locale_holds_for_databases_that_are_new(start: Start, version: str) -> None:
    server, store = start(programs()[version])
    build = shop(generators={"postgres": {"locale": "es-HN"}}, tenants={"west": {"title": "West"}})
    server.receive(build)

    ended = server.run("provision.sh")

    if not server.knows_languages:
        assert ended.error == "ICU is not supported in this build"
        return
    assert (ended.code, ended.err) == (0, "")
    words = "SELECT string_agg(word, ' ' ORDER BY word) FROM unnest(ARRAY['o', 'ñ', 'n', 'z']) AS word"
    assert done(server, store_of(build), "tenantwest_app", words) == "n ñ o z"
    assert done(server, store, "tenantnorth_app", words) == "n o z ñ"
