"""Names that join to one: two users never share a password."""

from __future__ import annotations

import pytest

from topologies import KMMOTOS, checked

SHOP = """\
kmtopo: 1
name: shop
vps: {main: {}}
containers:
%s
environments:
  production: {}
"""


def container(name: str, kind: str, *uses: str) -> str:
    return f"  {name}: {{type: {kind}, image: shop/{name}:17.6.0, uses: [{', '.join(uses)}]}}\n"


def collisions(*containers: str) -> list[tuple[str, str]]:
    found = checked(SHOP % "".join(containers)).diagnostics
    return [(str(d.subject), d.values["secret"]) for d in found if d.code == "KM527"]


@pytest.mark.parametrize("kind", ["postgres", "mongodb", "redis"])
def test_a_store_and_a_caller_may_not_be_called_like_another_store(kind: str) -> None:
    stores = container("db", kind), container("db-backend", kind)

    assert collisions(*stores, container("backend", "laravel", "db")) == [
        ("containers.db-backend", "db_backend_password")
    ]
    assert collisions(*stores, container("frontend", "laravel", "db")) == []


def test_a_user_that_changes_the_structure_may_not_be_called_like_an_administrator() -> None:
    stores = container("db", "postgres"), container("db-backend-migrate", "postgres")
    callers = (
        container("backend", "laravel", "db", "job"),
        "  job: {extends: backend, process: migrate, once: true, uses: {job: null}}\n",
    )

    assert collisions(*stores, *callers) == [("containers.db-backend-migrate", "db_backend_migrate_password")]


def test_kmmotos_has_a_secret_for_each_user() -> None:
    assert [d for d in checked(KMMOTOS).diagnostics if d.code == "KM527"] == []
