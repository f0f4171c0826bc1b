"""Who gets what in each kind of data store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kmtopo.types import mongodb, postgres, redis
from kmtopo.types.stores import DataStore
from tests.unit.types.accounts import BACKEND, CENTRAL, COPY, SHOP, clients


def told(store: DataStore) -> str:
    """Writes a store down: a line for each space, its users below it, then the accounts."""
    return "\n".join(_lines(store)) + "\n"


def _lines(store: DataStore) -> Iterator[str]:
    for space in store.spaces:
        yield f"{space.name} in {space.database or '-'} ({space.tenant or 'the application'})"
        for login in space.logins:
            yield f"  {login.name} <{login.secret}> may {login.right}"
    for family, account in store.accounts:
        folders = " ".join((*account.folders, *account.migration_folders))
        migration = f", migrates as {account.migration.name}" if account.migration else ""
        yield f"{family}: {account.login.name} at {account.space.name}{migration} [{folders}]"
    yield f"reads all: {' '.join(login.name for login in store.overseers) or 'nobody'}"


def test_a_tenant_has_a_database_with_roles_of_its_own_in_postgres() -> None:
    assert (
        told(postgres.keep(clients("postgres")))
        == """\
km_motos_central in km_motos_central (central)
  km_motos_backend <postgres_backend_password> may use
  km_motos_backend_migrate <postgres_backend_migrate_password> may migrate
km_motos_all_in_one in km_motos_all_in_one (all-in-one)
  km_motos_all_in_one_app <all_in_one_postgres_password> may use
  km_motos_all_in_one_migrate <all_in_one_postgres_migrate_password> may migrate
km_motos_km_cars in km_motos_km_cars (km-cars)
  km_motos_km_cars_app <tenants/km_cars_postgres_password> may use
  km_motos_km_cars_migrate <migrations/km_cars_postgres_migrate_password> may migrate
backend: km_motos_backend at km_motos_central, migrates as km_motos_backend_migrate [tenants migrations]
backend-all-in-one: km_motos_all_in_one_app at km_motos_all_in_one, migrates as km_motos_all_in_one_migrate []
reads all: km_motos_backend km_motos_backend_migrate
"""
    )


def test_schemas_lie_in_the_applications_database() -> None:
    store = postgres.keep(clients("postgres", kind="schema", companies=(CENTRAL, SHOP), groups=(BACKEND,)))

    assert [(space.name, space.database) for space in store.spaces] == [
        ("km_motos_central", "km_motos_central"),
        ("km_cars", "km_motos_central"),
    ]


@pytest.mark.parametrize(
    ("flavor", "names"),
    [
        ("stancl", ["km_motos_central", "tenantkm-cars"]),
        ("spatie", ["km_motos_landlord", "km_motos_km_cars"]),
        ("custom", ["km_motos_central", "km_motos_km_cars"]),
    ],
)
def test_databases_are_named_as_the_tenancy_package_names_them(flavor: str, names: list[str]) -> None:
    asked = {"flavor": flavor, "companies": (CENTRAL, SHOP), "groups": (BACKEND,)}

    assert [s.name for s in postgres.keep(clients("postgres", **asked)).spaces] == names
    assert [s.name for s in mongodb.keep(clients("mongo", **asked)).spaces] == names


def test_where_nobody_migrates_the_application_owns_its_tables() -> None:
    group = type(BACKEND)("web", None, migrates=False)
    store = postgres.keep(clients("postgres", companies=(SHOP,), groups=(group,)))

    assert [(login.name, login.right) for login in store.logins()] == [
        ("km_motos_web", "own"),
        ("km_motos_km_cars_app", "own"),
    ]


def test_who_serves_everybody_may_hold_a_connection_for_each_worker_and_a_tenant_what_the_topology_says() -> None:
    groups = (replace(BACKEND, workers=40), replace(COPY, workers=12))
    store = postgres.keep(clients("postgres", groups=groups))

    assert {login.name: login.connections for login in store.logins()} == {
        "km_motos_backend": 40,
        "km_motos_backend_migrate": 3,
        "km_motos_all_in_one_app": 12,
        "km_motos_all_in_one_migrate": 3,
        "km_motos_km_cars_app": 10,
        "km_motos_km_cars_migrate": 3,
    }
    assert store.demand == 2 * 40 + 12


def test_an_application_that_makes_databases_has_one_login_and_its_pooled_tenants_nothing() -> None:
    store = postgres.keep(clients("postgres", provisioning="application"))

    assert (
        told(store)
        == """\
km_motos_central in km_motos_central (central)
  km_motos_backend <postgres_backend_password> may own
km_motos_all_in_one in km_motos_all_in_one (all-in-one)
  km_motos_all_in_one_app <all_in_one_postgres_password> may use
  km_motos_all_in_one_migrate <all_in_one_postgres_migrate_password> may migrate
backend: km_motos_backend at km_motos_central []
backend-all-in-one: km_motos_all_in_one_app at km_motos_all_in_one, migrates as km_motos_all_in_one_migrate []
reads all: km_motos_backend
"""
    )
    assert [login.name for login in store.logins() if login.creates] == ["km_motos_backend"]


@pytest.mark.parametrize("keep", [postgres.keep, mongodb.keep])
def test_a_shared_store_has_the_applications_space_only(keep: object) -> None:
    assert callable(keep)
    store = keep(clients("store", kind="shared", companies=(CENTRAL, SHOP), groups=(BACKEND,)))

    assert [space.name for space in store.spaces] == ["km_motos_central"]


def test_without_tenancy_the_only_database_has_the_projects_name() -> None:
    store = postgres.keep(clients("postgres", flavor="", kind=None, companies=(), groups=(BACKEND,)))

    assert [space.name for space in store.spaces] == ["km_motos"]
    assert store.folders == ()


def test_pooled_processes_share_a_user_in_mongodb_and_a_dedicated_copy_has_its_own() -> None:
    assert (
        told(mongodb.keep(clients("mongo")))
        == """\
km_motos_central in km_motos_central (central)
  km_motos_backend <mongo_backend_password> may own
km_motos_all_in_one in km_motos_all_in_one (all-in-one)
  km_motos_backend_all_in_one <mongo_backend_all_in_one_password> may own
km_motos_km_cars in km_motos_km_cars (km-cars)
  km_motos_backend <mongo_backend_password> may own
backend: km_motos_backend at km_motos_central []
backend-all-in-one: km_motos_backend_all_in_one at km_motos_all_in_one []
reads all: km_motos_backend
"""
    )


def test_each_group_of_processes_has_a_user_and_a_prefix_in_redis() -> None:
    assert (
        told(redis.keep(clients("redis", kind="prefix")))
        == """\
km-motos:produccion:backend: in 0 (the application)
  km_motos_backend <redis_backend_password> may own
km-motos:produccion:backend-all-in-one: in 2 (all-in-one)
  km_motos_backend_all_in_one <redis_backend_all_in_one_password> may own
backend: km_motos_backend at km-motos:produccion:backend: []
backend-all-in-one: km_motos_backend_all_in_one at km-motos:produccion:backend-all-in-one: []
reads all: nobody
"""
    )


def test_passwords_of_pooled_tenants_lie_in_folders() -> None:
    store = postgres.keep(clients("postgres"))

    assert store.folders == ("migrations", "tenants")
    assert store.secrets() == (
        "postgres_password",
        "postgres_backend_password",
        "postgres_backend_migrate_password",
        "all_in_one_postgres_password",
        "all_in_one_postgres_migrate_password",
        "tenants/km_cars_postgres_password",
        "migrations/km_cars_postgres_migrate_password",
    )
