from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kmtopo.types import mongodb, postgres, redis
from kmtopo.types.runtime import Folder, Healthcheck, Runtime, Secret, Setting, Tmpfs, Variable
from kmtopo.types.stores import Group
from tests.unit.types.accounts import clients

MIB = 1024**2
GIB = 1024**3

REDIS_START = """\
set -eu
umask 077
head -c 32 /dev/urandom | sha256sum | cut -c 1-64 > /run/redis/probe
sh /etc/kmtopo/redis/users.sh write
exec $(command -v docker-entrypoint.sh) redis-server --aclfile /run/redis/users.acl "$@"
"""


def test_postgres_is_sized_to_its_memory_and_provisioned_from_its_folder(setting: Callable[..., Setting]) -> None:
    assert postgres.runtime(
        setting(name="postgres", memory=8 * GIB, store=postgres.keep(clients("postgres")), folder="postgres/main")
    ) == Runtime(
        command=(
            "postgres",
            *("-c", "shared_buffers=2048MB"),
            *("-c", "effective_cache_size=4915MB"),
            *("-c", "max_connections=100"),
            *("-c", "hba_file=/etc/kmtopo/postgres/pg_hba.conf"),
        ),
        user="postgres",
        capabilities=(),
        read_only=True,
        tmpfs=(Tmpfs("/run/postgresql", 8 * MIB, 0o3777), Tmpfs("/tmp", 64 * MIB, 0o1777)),
        folders=(
            Folder("postgres/main", "/etc/kmtopo/postgres"),
            Folder("postgres/main/initdb", "/docker-entrypoint-initdb.d"),
        ),
        variables=(
            Variable("POSTGRES_DB", ("postgres",), "database"),
            Variable("POSTGRES_INITDB_ARGS", ("--auth-host=scram-sha-256 --data-checksums",), "database"),
            Variable("POSTGRES_PASSWORD", (Secret("postgres_password"),), "database", file=True),
            Variable("POSTGRES_USER", ("km_motos_admin",), "database"),
        ),
        secrets=(
            "postgres_password",
            "postgres_backend_password",
            "postgres_backend_migrate_password",
            "all_in_one_postgres_password",
            "all_in_one_postgres_migrate_password",
        ),
        secret_folders=("migrations", "tenants"),
        healthcheck=Healthcheck(
            ("CMD", "pg_isready", "-q", "-h", "127.0.0.1", "-U", "km_motos_admin", "-d", "postgres"),
            interval=10,
            timeout=5,
            retries=6,
            start_period=60,
        ),
        pids=512,
        stop_signal="SIGINT",
        stop_grace=60,
        shm_size=256 * MIB,
    )


def test_postgres_without_a_limit_keeps_its_own_sizes(setting: Callable[..., Setting]) -> None:
    command = postgres.runtime(setting(name="postgres")).command or ()

    assert [word for word in command if "=" in word] == [
        "max_connections=100",
        "hba_file=/etc/kmtopo/postgres/pg_hba.conf",
    ]


@pytest.mark.parametrize(
    ("workers", "connections"),
    [(0, 100), (45, 100), (46, 150), (70, 150), (71, 200)],
)
def test_postgres_takes_what_its_callers_may_need_in_steps(
    setting: Callable[..., Setting], workers: int, connections: int
) -> None:
    store = postgres.keep(clients("postgres", groups=(Group("web", None, migrates=False, workers=workers),)))

    assert store.demand == 2 * workers
    assert f"max_connections={connections}" in (postgres.runtime(setting(name="postgres", store=store)).command or ())


@pytest.mark.parametrize(
    ("image", "path"),
    [
        ("postgres:17.6", "/var/lib/postgresql/data"),
        ("postgres:18", "/var/lib/postgresql"),
        ("postgres:18.1-alpine3.22", "/var/lib/postgresql"),
        ("postgres:9.6", "/var/lib/postgresql/data"),
        ("registry.example:5000/db/postgres:18@sha256:0a1b", "/var/lib/postgresql"),
        ("registry.example:5000/postgres", "/var/lib/postgresql/data"),
        ("pgvector/pgvector:pg18", "/var/lib/postgresql"),
        ("timescale/timescaledb:2.22.0-pg17", "/var/lib/postgresql/data"),
        ("postgres:bookworm", "/var/lib/postgresql/data"),
        ("postgres", "/var/lib/postgresql/data"),
        (None, "/var/lib/postgresql/data"),
    ],
)
def test_postgres_keeps_its_data_where_its_version_does(image: str | None, path: str) -> None:
    assert postgres.volume_path(image) == path


def test_mongodb_has_a_password_from_the_first_start_and_no_nameless_volume(setting: Callable[..., Setting]) -> None:
    store = mongodb.keep(clients("mongo"))

    assert mongodb.runtime(
        setting(name="mongo", type="mongodb", folder="mongodb", memory=4 * GIB, store=store)
    ) == Runtime(
        command=("mongod", "--bind_ip_all", "--wiredTigerCacheSizeGB", "1.5"),
        user="999",
        capabilities=(),
        read_only=True,
        tmpfs=(Tmpfs("/data/configdb", MIB, 0o1777), Tmpfs("/tmp", 64 * MIB, 0o1777)),
        folders=(Folder("mongo", "/etc/kmtopo/mongo"), Folder("mongo/init", "/docker-entrypoint-initdb.d")),
        variables=(
            Variable("MONGO_INITDB_ROOT_PASSWORD", (Secret("mongo_password"),), "database", file=True),
            Variable("MONGO_INITDB_ROOT_USERNAME", ("km_motos_admin",), "database"),
        ),
        secrets=("mongo_password", "mongo_backend_password", "mongo_backend_all_in_one_password"),
        healthcheck=Healthcheck(
            (
                "CMD-SHELL",
                (
                    'HOME=/nonexistent mongosh --quiet --norc --host "$(hostname)"'
                    ' --eval "quit(db.adminCommand({ping: 1}).ok ? 0 : 1)"'
                ),
            ),
            interval=30,
            timeout=15,
            retries=4,
            start_period=60,
        ),
        pids=1024,
        stop_grace=60,
    )


@pytest.mark.parametrize(
    ("memory", "options"),
    [
        (None, ()),
        (512 * MIB, ("--wiredTigerCacheSizeGB", "0.25")),
        (GIB, ("--wiredTigerCacheSizeGB", "0.25")),
        (2 * GIB, ("--wiredTigerCacheSizeGB", "0.5")),
        (2355 * MIB, ("--wiredTigerCacheSizeGB", "0.64")),
    ],
)
def test_mongodb_caches_half_of_what_is_above_one_gibibyte(
    setting: Callable[..., Setting], memory: int | None, options: tuple[str, ...]
) -> None:
    assert mongodb.runtime(setting(name="mongo", memory=memory)).command == ("mongod", "--bind_ip_all", *options)


REDIS: dict[str, Any] = {
    "name": "redis",
    "folder": "redis",
    "memory": GIB,
    "store": redis.keep(clients("redis", kind="prefix")),
}
KEEPER = Runtime(
    command=(
        *("sh", "-c", REDIS_START, "redis"),
        *("--appendonly", "yes"),
        *("--maxmemory", "716mb"),
        *("--maxmemory-policy", "noeviction"),
    ),
    user="999",
    capabilities=(),
    read_only=True,
    tmpfs=(Tmpfs("/run/redis", 16 * MIB, 0o1777),),
    folders=(Folder("redis", "/etc/kmtopo/redis"),),
    secrets=("redis_password", "redis_backend_password", "redis_backend_all_in_one_password"),
    healthcheck=Healthcheck(
        ("CMD-SHELL", 'REDISCLI_AUTH="$(cat /run/redis/probe)" redis-cli --user probe ping | grep -q PONG'),
        interval=10,
        timeout=5,
        retries=6,
        start_period=30,
    ),
    pids=128,
    stop_grace=30,
)


@pytest.mark.parametrize("served", [("cache", "queue", "sessions"), ("queue",), ("cache", "carts"), ()])
def test_redis_forgets_nothing_that_may_be_needed(setting: Callable[..., Setting], served: tuple[str, ...]) -> None:
    assert redis.runtime(setting(**REDIS, served=served)) == KEEPER


def test_redis_that_only_caches_forgets_the_oldest_and_writes_nothing(setting: Callable[..., Setting]) -> None:
    assert redis.runtime(setting(**REDIS, served=("cache",))) == replace(
        KEEPER,
        command=(
            *("sh", "-c", REDIS_START, "redis"),
            *("--appendonly", "no", "--save", ""),
            *("--maxmemory", "716mb"),
            *("--maxmemory-policy", "allkeys-lru"),
        ),
    )


@pytest.mark.parametrize(("last", "options"), [(14, ()), (16, ("--databases", "32")), (30, ("--databases", "32"))])
def test_redis_has_the_databases_that_are_numbered_and_some_to_spare(
    setting: Callable[..., Setting], last: int, options: tuple[str, ...]
) -> None:
    store = redis.keep(clients("redis", databases={"backend": 0, "backend-all-in-one": last}))
    command = redis.runtime(setting(name="redis", store=store)).command or ()

    assert command[6:] == ("--maxmemory-policy", "noeviction", *options)


def test_several_servers_have_a_folder_each(setting: Callable[..., Setting]) -> None:
    named = setting(name="reports", type="mongodb", folder="mongodb/reports")

    assert [folder.name for folder in mongodb.runtime(named).folders] == ["mongo/reports", "mongo/reports/init"]


def test_mongodb_lets_only_a_family_that_migrates_change_a_structure() -> None:
    groups = (Group("backend", None, migrates=True), Group("reports", None, migrates=False))
    store = mongodb.keep(clients("mongo", companies=(), groups=groups))

    assert [(login.name, login.right) for login in store.logins()] == [
        ("km_motos_backend", "own"),
        ("km_motos_reports", "use"),
    ]
