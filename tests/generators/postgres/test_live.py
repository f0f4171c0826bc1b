"""Every PostgreSQL of this machine, provisioned by the generated folder: who gets at what, and who does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kmtopo.pipeline import Build
from kmtopo.plugin import DataStore
from kmtopo_postgres.quoting import quoted
from postgres_worlds import HOSTILE, shop, store_of
from realtools.postgres import Server, programs, serving

SERVERS = programs()
NORTH = "tenantnorth"
EAST = "tenantsouth-east"


@pytest.fixture(scope="module")
def build() -> Build:
    titles = dict(zip(("office", "north", "south-east"), HOSTILE, strict=False))
    return shop(tenants={name: {"title": title} for name, title in titles.items()})


@pytest.fixture(scope="module")
def store(build: Build) -> DataStore:
    return store_of(build)


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, build: Build) -> Iterator[Server]:
    with serving(SERVERS[request.param], build) as running:
        yield running


@pytest.fixture(scope="module")
def orders(server: Server, store: DataStore) -> None:
    """A table in each of the two tenants' databases, made as migrations make one."""
    for role in ("tenantnorth", "tenantsouth_east"):
        made = server.ask(store, f"{role}_migrate", "CREATE TABLE orders (id serial PRIMARY KEY, total integer)")
        assert made.error == ""


def test_an_application_reads_and_writes_what_a_migration_has_made(
    server: Server, store: DataStore, orders: None
) -> None:
    written = server.ask(store, "tenantnorth_app", "INSERT INTO orders (total) VALUES (7) RETURNING id, total")

    assert (written.error, written.out) == ("", "1|7\n")
    assert server.ask(store, "tenantnorth_app", "UPDATE orders SET total = 8").error == ""
    assert server.ask(store, "tenantnorth_app", "SELECT total FROM orders").out == "8\n"
    assert server.ask(store, "tenantnorth_app", "DELETE FROM orders").error == ""


def test_what_a_migration_makes_belongs_to_nobody_who_logs_in(server: Server, store: DataStore, orders: None) -> None:
    owner = "SELECT tableowner, current_user, session_user FROM pg_tables WHERE tablename = 'orders'"

    told = server.ask(store, "tenantnorth_migrate", owner).out

    assert told == "tenantnorth_owner|tenantnorth_owner|tenantnorth_migrate\n"


@pytest.mark.parametrize(
    ("sql", "refusal"),
    [
        ("CREATE TABLE x ()", "permission denied for schema public"),
        ("ALTER TABLE orders ADD note text", "must be owner of table orders"),
        ("DROP TABLE orders", "must be owner of table orders"),
        ("TRUNCATE orders", "permission denied for table orders"),
        ("CREATE SCHEMA x", "permission denied for database tenantnorth"),
        ("CREATE DATABASE x", "permission denied to create database"),
        ("CREATE ROLE x", "permission denied to create role"),
        ("SET ROLE tenantnorth_owner", 'permission denied to set role "tenantnorth_owner"'),
        ("SELECT pg_read_file('/etc/passwd')", "permission denied for function pg_read_file"),
        ("COPY orders TO PROGRAM 'id'", "COPY to or from an external program"),
        ("SELECT rolpassword FROM pg_authid", "permission denied for table pg_authid"),
    ],
)
def test_an_application_changes_no_structure(
    server: Server, store: DataStore, orders: None, sql: str, refusal: str
) -> None:
    assert refusal in server.ask(store, "tenantnorth_app", sql).error


@pytest.mark.parametrize("login", ["tenantnorth_app", "tenantnorth_migrate"])
def test_nobody_but_the_administrator_lets_others_in(server: Server, store: DataStore, login: str) -> None:
    asked = server.ask(store, login, "GRANT CONNECT ON DATABASE tenantnorth TO PUBLIC")

    assert asked.err == 'WARNING:  no privileges were granted for "tenantnorth"\n'
    assert server.ask(store, "tenantsouth_east_app", "SELECT 1", NORTH).error != ""


def test_migrations_may_make_schemas_and_the_application_gets_at_them(server: Server, store: DataStore) -> None:
    made = "CREATE SCHEMA audit; CREATE TABLE audit.log (line text)"
    assert server.ask(store, "tenantnorth_migrate", made).error == ""

    assert server.ask(store, "tenantnorth_app", "INSERT INTO audit.log VALUES ('x')").error == ""
    assert server.ask(store, "shop_app", "SELECT line FROM audit.log", NORTH).out == "x\n"
    assert server.ask(store, "tenantnorth_migrate", "DROP SCHEMA audit CASCADE").error == ""


@pytest.mark.parametrize("login", ["tenantnorth_app", "tenantnorth_migrate"])
@pytest.mark.parametrize("database", [EAST, "shop_central", "postgres", "template1"])
def test_a_tenant_enters_its_own_database_only(server: Server, store: DataStore, login: str, database: str) -> None:
    assert server.ask(store, login, "SELECT 1").out == "1\n"
    assert server.ask(store, login, "SELECT 1", database).error.endswith(f'permission denied for database "{database}"')


@pytest.mark.parametrize("login", ["shop_app", "shop_app_migrate"])
@pytest.mark.parametrize("database", [NORTH, EAST])
def test_the_central_tenant_reads_all(
    server: Server, store: DataStore, orders: None, login: str, database: str
) -> None:
    assert server.ask(store, login, "SELECT count(*) FROM orders", database).out == "0\n"


@pytest.mark.parametrize("login", ["shop_app", "shop_app_migrate"])
@pytest.mark.parametrize(
    ("sql", "refusal"),
    [
        ("INSERT INTO orders (total) VALUES (1)", "permission denied for table orders"),
        ("UPDATE orders SET total = 0", "permission denied for table orders"),
        ("DELETE FROM orders", "permission denied for table orders"),
        ("SELECT * FROM orders FOR UPDATE", "permission denied for table orders"),
        ("SELECT setval('orders_id_seq', 1)", "permission denied for sequence orders_id_seq"),
        ("CREATE TABLE x ()", "permission denied for schema public"),
        ("CREATE TEMPORARY TABLE x ()", "permission denied to create temporary tables"),
        ("CREATE SCHEMA x", "permission denied for database"),
        ("SELECT lo_create(0)", "permission denied for function lo_create"),
        ("SELECT lo_from_bytea(0, 'x')", "permission denied for function lo_from_bytea"),
        ("SET ROLE tenantnorth_owner", 'permission denied to set role "tenantnorth_owner"'),
        ("SET ROLE tenantnorth_rw", 'permission denied to set role "tenantnorth_rw"'),
    ],
)
def test_the_central_tenant_writes_nothing_of_others(
    server: Server, store: DataStore, orders: None, login: str, sql: str, refusal: str
) -> None:
    assert refusal in server.ask(store, login, sql, NORTH).error


@pytest.mark.parametrize("database", ["postgres", "template1"])
def test_the_central_tenant_enters_no_database_of_the_server(server: Server, store: DataStore, database: str) -> None:
    assert server.ask(store, "shop_app", "SELECT 1", database).error.endswith(
        f'permission denied for database "{database}"'
    )


def test_the_central_tenant_works_in_its_own_database(server: Server, store: DataStore) -> None:
    assert server.ask(store, "shop_app_migrate", "CREATE TABLE plans (name text)").error == ""
    assert server.ask(store, "shop_app", "INSERT INTO plans VALUES ('x')").error == ""
    assert server.ask(store, "shop_app_migrate", "DROP TABLE plans").error == ""


def test_the_administrator_comes_from_inside_only(server: Server) -> None:
    assert server.knock("shop_admin", "127.0.0.1") == "SCRAM-SHA-256"
    assert server.knock("shop_admin", "127.0.0.2").startswith("pg_hba.conf rejects connection")
    assert server.knock("tenantnorth_app", "127.0.0.2") == "SCRAM-SHA-256"


def test_the_socket_believes_the_administrator_alone(server: Server) -> None:
    assert server.administer("SELECT current_user").out == "shop_admin\n"
    assert "no password supplied" in server.administer("SELECT 1", NORTH, user="tenantnorth_app").err


def test_passwords_are_kept_as_scram_and_reach_no_log(server: Server, store: DataStore) -> None:
    names = {login.name for login in store.logins()}
    kept = server.administer("SELECT rolname, left(rolpassword, 14) FROM pg_authid WHERE rolpassword IS NOT NULL").out

    assert set(kept.splitlines()) == {f"{name}|SCRAM-SHA-256$" for name in names}
    assert [secret for secret in store.secrets() if f'it\'s "{secret}"' in server.log()] == []
    assert [secret for secret in store.secrets() if f"it''s \"{secret}\"" in server.log()] == []


def test_limits_hold_for_who_they_are_meant_for(server: Server, store: DataStore) -> None:
    limits = (
        "SELECT rolname || ' ' || rolconnlimit FROM pg_roles WHERE rolcanlogin AND rolname <> 'shop_admin' ORDER BY 1"
    )

    assert server.administer(limits).out.splitlines() == sorted(f"{n.name} {n.connections}" for n in store.logins())
    assert server.ask(store, "tenantnorth_app", "SHOW statement_timeout").out == "30s\n"
    assert server.ask(store, "tenantnorth_migrate", "SHOW statement_timeout").out == "0\n"
    for login in ("tenantnorth_app", "tenantnorth_migrate"):
        assert server.ask(store, login, "SHOW idle_in_transaction_session_timeout").out == "1min\n"


def test_psql_takes_any_value_back_as_it_was(server: Server) -> None:
    values = [*map(chr, range(1, 0x180)), *HOSTILE, "'; \\", "\\'", "\\n\n", ":'x' :x :\"x\" `id` é 😀", "  a  "]
    lines = [f"\\set v {quoted(value)}\nSELECT encode(convert_to(:'v', 'UTF8'), 'hex');" for value in values]

    told = server.administer_by_script("\n".join(lines))

    assert [bytes.fromhex(line).decode() for line in told.out.splitlines()] == values


def test_it_may_be_provisioned_any_number_of_times(server: Server, orders: None) -> None:
    before = structure(server)

    server.provision()

    assert structure(server) == before


def structure(server: Server) -> dict[str, str]:
    """What a server is like: its roles and rights, and each database."""
    names = server.administer("SELECT datname FROM pg_database WHERE datallowconn").out.split()
    databases = {name: server.dump("pg_dump", "--create", name) for name in names}
    return {"roles": server.dump("pg_dumpall", "--globals-only", "--no-role-passwords"), **databases}
