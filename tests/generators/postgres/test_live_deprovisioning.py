"""How a tenant is shut out and dropped: by a person, who types its name, twice for its data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from postgres_worlds import shop, store_of
from realtools.postgres import Server, newest, serving

GONE = {"tenants": {"north": None}}
ASKED = "Name of the tenant to shut out: "
SHUT = "north is shut out: its logins are closed, its sessions ended. Its data is still there.\n"
ASKED_AGAIN = "To drop its data for ever type the name again, to keep it press Enter: "


@pytest.fixture
def server() -> Iterator[Server]:
    """A server whose tenant ``north`` is no longer in the topology."""
    with serving(newest(), shop()) as running:
        running.receive(shop(**GONE))
        yield running


def roles(server: Server) -> list[str]:
    return server.administer("SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY 1").out.split()


def databases(server: Server) -> list[str]:
    return server.administer("SELECT datname FROM pg_database ORDER BY 1").out.split()


def test_a_tenant_is_shut_out_and_keeps_its_data(server: Server) -> None:
    store = store_of(shop())
    assert server.ask(store, "tenantnorth_migrate", "CREATE TABLE orders (total integer)").code == 0

    ended = server.run("deprovision.sh", "north\n\n")

    assert (ended.code, ended.out, ended.err) == (0, f"{ASKED}{SHUT}{ASKED_AGAIN}Kept.\n", "")
    for login in ("tenantnorth_app", "tenantnorth_migrate", "shop_app"):
        assert server.ask(store, login, "SELECT 1", "tenantnorth").code == 2
    assert server.ask(store, "tenantsouth_east_app", "SELECT 1").out == "1\n"
    assert server.administer("SELECT count(*) FROM orders", "tenantnorth").out == "0\n"


def test_who_comes_back_is_let_in_again_and_finds_everything(server: Server) -> None:
    store = store_of(shop())
    assert server.ask(store, "tenantnorth_migrate", "CREATE TABLE orders (total integer)").code == 0
    assert server.run("deprovision.sh", "north\n\n").code == 0

    server.receive(shop())
    server.provision()

    assert server.ask(store, "tenantnorth_app", "SELECT count(*) FROM orders").out == "0\n"
    assert server.ask(store, "shop_app", "SELECT count(*) FROM orders", "tenantnorth").out == "0\n"


def test_sessions_end_when_a_tenant_is_shut_out(server: Server) -> None:
    with server.session(store_of(shop()), "tenantnorth_app") as session:
        assert server.run("deprovision.sh", "north\n\n").code == 0
        assert session.wait(timeout=10) == 2


def test_data_is_dropped_when_the_name_is_typed_again(server: Server) -> None:
    before = roles(server)

    ended = server.run("deprovision.sh", "north\nnorth\n")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out == f"{ASKED}{SHUT}{ASKED_AGAIN}The data of north is gone.\n"
    assert databases(server) == ["postgres", "shop_central", "template0", "template1", "tenantsouth-east"]
    assert sorted(set(before) - set(roles(server))) == [
        *("tenantnorth_app", "tenantnorth_migrate", "tenantnorth_owner", "tenantnorth_ro", "tenantnorth_rw")
    ]
    assert server.run("deprovision.sh", "north\n").error == "this server keeps nothing of a tenant called north"


REFUSED = [
    ("south-east\n", 1, "south-east is in topology.yaml: remove it there and run kmtopo build first.\n"),
    ("office\n", 1, "office is in topology.yaml: remove it there and run kmtopo build first.\n"),
    ("North\n", 2, "That is no name of a tenant: lower-case letters, digits and dashes.\n"),
    ("n' OR true --\n", 2, "That is no name of a tenant: lower-case letters, digits and dashes.\n"),
    ("\n", 2, "That is no name of a tenant: lower-case letters, digits and dashes.\n"),
    ("", 2, "That is no name of a tenant: lower-case letters, digits and dashes.\n"),
]


def test_nothing_happens_to_anybody_else(server: Server) -> None:
    before = roles(server), databases(server)

    for typed, code, said in REFUSED:
        ended = server.run("deprovision.sh", typed)
        assert (ended.code, ended.out, ended.err) == (code, ASKED, said)

    assert (roles(server), databases(server)) == before


def test_the_name_is_typed_even_where_it_is_an_argument(server: Server) -> None:
    before = roles(server), databases(server)

    for typed, said in (("west\n", "That is not north: nothing is done.\n"), ("\n", REFUSED[-1][2])):
        ended = server.run("deprovision.sh", typed, "north")
        assert (ended.out, ended.err) == (ASKED, said)
        assert ended.code != 0
    assert (roles(server), databases(server)) == before

    assert server.run("deprovision.sh", "north\n\n", "north").out == f"{ASKED}{SHUT}{ASKED_AGAIN}Kept.\n"


def test_a_stranger_is_not_found(server: Server) -> None:
    for stranger in ("nobody", "central", "shop"):
        ended = server.run("deprovision.sh", f"{stranger}\n{stranger}\n")

        assert ended.code == 3
        assert ended.error == f"this server keeps nothing of a tenant called {stranger}"


def test_a_schema_is_dropped_and_its_neighbours_stay() -> None:
    schemas: dict[str, Any] = {"tenancy": {"stores": {"postgres": "schema"}}}
    with serving(newest(), shop(**schemas)) as server:
        store = store_of(shop(**schemas))
        for role in ("tenantnorth", "tenantsouth_east"):
            assert server.ask(store, f"{role}_migrate", "CREATE TABLE orders (total integer)").code == 0
        server.receive(shop(**schemas, **GONE))

        ended = server.run("deprovision.sh", "north\nnorth\n")

        assert (ended.code, ended.err) == (0, "")
        assert [role for role in roles(server) if "north" in role] == []
        assert server.ask(store, "tenantsouth_east_app", "SELECT count(*) FROM orders").out == "0\n"
        assert server.administer("SELECT to_regclass('tenantnorth.orders') IS NULL", "shop_central").out == "t\n"
