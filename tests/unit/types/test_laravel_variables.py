from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from kmtopo.types.laravel_variables import driver, variables
from kmtopo.types.runtime import Peer, Port, Secret, Setting, Variable
from tests.unit.types.accounts import peers, redis_account

MONGO, POSTGRES, REDIS = peers("backend")
MAILPIT = Peer("mailpit", "mailpit", Port(1025, "smtp"), ("mail",), optional=True)

PRODUCTION = """\
# application
APP_NAME=KM Motos: ventas
APP_ENV=production
APP_KEY=<backend_app_key>
APP_PREVIOUS_KEYS=<backend_app_previous_keys>
APP_DEBUG=false
APP_URL=https://central.kmmotos.hn
APP_LOCALE=es
APP_FALLBACK_LOCALE=en
APP_FAKER_LOCALE=es_ES
APP_MAINTENANCE_DRIVER=cache
APP_MAINTENANCE_STORE=redis
BCRYPT_ROUNDS=12
# logging
LOG_CHANNEL=stderr
LOG_LEVEL=info
LOG_DEPRECATIONS_CHANNEL=null
# database
DB_CONNECTION=pgsql
DB_HOST=postgres
DB_PORT=5432
DB_DATABASE=km_motos_central
DB_USERNAME=km_motos_backend
DB_PASSWORD=<postgres_backend_password>
DB_CHARSET=utf8
DB_SSLMODE=prefer
DB_TIMEOUT=3
# mongodb
MONGODB_URI=mongodb://km_motos_backend:<mongo_backend_password>@mongo:27017/km_motos_central\
?authSource=km_motos_central&connectTimeoutMS=3000&serverSelectionTimeoutMS=3000&socketTimeoutMS=30000
MONGODB_DATABASE=km_motos_central
# redis
REDIS_CLIENT=phpredis
REDIS_HOST=redis
REDIS_PORT=6379
REDIS_USERNAME=km_motos_backend
REDIS_PASSWORD=<redis_backend_password>
REDIS_DB=0
REDIS_CACHE_DB=1
REDIS_PREFIX=km-motos:produccion:backend:
HORIZON_PREFIX=km-motos:produccion:backend:horizon:
# cache
CACHE_STORE=redis
CACHE_PREFIX=backend:cache:
# session
SESSION_CONNECTION=default
SESSION_DRIVER=redis
SESSION_LIFETIME=120
SESSION_ENCRYPT=false
SESSION_COOKIE=__Host-km_motos_backend_session
SESSION_PATH=/
SESSION_DOMAIN=
SESSION_SECURE_COOKIE=true
SESSION_HTTP_ONLY=true
SESSION_SAME_SITE=lax
# queue
QUEUE_CONNECTION=redis
QUEUE_FAILED_DRIVER=database-uuids
REDIS_QUEUE=default
REDIS_QUEUE_CONNECTION=default
REDIS_QUEUE_RETRY_AFTER=90
# mail
MAIL_MAILER=log
MAIL_FROM_ADDRESS=no-reply@kmmotos.hn
MAIL_FROM_NAME=KM Motos: ventas
# broadcasting
BROADCAST_CONNECTION=log
# files
FILESYSTEM_DISK=local
VIEW_COMPILED_PATH=/tmp/views
# sanctum
SANCTUM_STATEFUL_DOMAINS=central.kmmotos.hn,*.kmmotos.hn
# tenancy
KMTOPO_TENANTS=/etc/kmtopo/laravel/tenants.php
KMTOPO_TENANTS_LOGIN=use
"""

ALONE_IN_DEVELOPMENT = """\
# application
APP_NAME=Demo
APP_ENV=local
APP_KEY=<app_app_key>
APP_PREVIOUS_KEYS=<app_app_previous_keys>
APP_DEBUG=true
APP_URL=http://localhost:8080
APP_LOCALE=en
APP_FALLBACK_LOCALE=en
APP_FAKER_LOCALE=en_US
APP_MAINTENANCE_DRIVER=cache
APP_MAINTENANCE_STORE=file
BCRYPT_ROUNDS=12
# logging
LOG_CHANNEL=stderr
LOG_LEVEL=debug
LOG_DEPRECATIONS_CHANNEL=null
# cache
CACHE_STORE=file
CACHE_PREFIX=app:cache:
# session
SESSION_DRIVER=file
SESSION_LIFETIME=120
SESSION_ENCRYPT=false
SESSION_COOKIE=demo_app_session
SESSION_PATH=/
SESSION_DOMAIN=
SESSION_SECURE_COOKIE=false
SESSION_HTTP_ONLY=true
SESSION_SAME_SITE=lax
# queue
QUEUE_CONNECTION=sync
# mail
MAIL_MAILER=log
MAIL_FROM_ADDRESS=no-reply@localhost
MAIL_FROM_NAME=Demo
# broadcasting
BROADCAST_CONNECTION=log
# files
FILESYSTEM_DISK=local
VIEW_COMPILED_PATH=/tmp/views
"""


def written(found: Iterable[Variable]) -> str:
    """Shows variables as a file with a heading per group and ``<name>`` for a secret."""
    lines, group = [], ""
    for each in found:
        if each.group != group:
            lines.append(f"# {each.group}")
            group = each.group
        value = "".join(f"<{part.name}>" if isinstance(part, Secret) else str(part) for part in each.parts)
        lines.append(f"{each.name}={value}")
    return "".join(f"{line}\n" for line in lines)


def of_group(found: Iterable[Variable], group: str) -> str:
    return written(each for each in found if each.group == group)


def test_production_has_every_key_and_no_value_of_a_secret(setting: Callable[..., Setting]) -> None:
    assert written(variables(setting(peers=(MONGO, POSTGRES, REDIS)))) == PRODUCTION


def test_an_application_without_stores_or_names_runs_all_the_same(setting: Callable[..., Setting]) -> None:
    alone = setting(
        project="demo",
        title="Demo",
        locale="en",
        stage="development",
        family="app",
        hosts=(),
        host_pattern=None,
        https=False,
        public_port=8080,
        flavor="",
        stores=(),
    )

    assert written(variables(alone)) == ALONE_IN_DEVELOPMENT


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("development", ("local", "true", "debug")),
        ("test", ("staging", "false", "debug")),
        ("production", ("production", "false", "info")),
    ],
)
def test_a_stage_says_how_much_is_told(
    setting: Callable[..., Setting], stage: str, expected: tuple[str, str, str]
) -> None:
    values = {each.name: each.literal for each in variables(setting(stage=stage))}

    assert (values["APP_ENV"], values["APP_DEBUG"], values["LOG_LEVEL"]) == expected


def test_a_process_that_calls_no_redis_uses_the_central_database(setting: Callable[..., Setting]) -> None:
    found = variables(setting(process="migrate", peers=(POSTGRES,)))

    assert of_group(found, "redis") == ""
    assert of_group(found, "cache") == "# cache\nCACHE_STORE=database\nCACHE_PREFIX=backend:cache:\n"
    assert of_group(found, "queue") == (
        "# queue\n"
        "QUEUE_CONNECTION=database\n"
        "QUEUE_FAILED_DRIVER=database-uuids\n"
        "DB_QUEUE_CONNECTION=pgsql\n"
        "DB_QUEUE_RETRY_AFTER=90\n"
    )


@pytest.mark.parametrize(
    ("purposes", "expected"),
    [
        (("cache",), {"cache": "redis", "sessions": "database", "queue": "database"}),
        (("queue", "sessions"), {"cache": "database", "sessions": "redis", "queue": "redis"}),
        ((), {"cache": "redis", "sessions": "redis", "queue": "redis"}),
        (("carts",), {"cache": "database", "sessions": "database", "queue": "database"}),
    ],
)
def test_redis_serves_what_it_is_called_for(
    setting: Callable[..., Setting], purposes: tuple[str, ...], expected: dict[str, str]
) -> None:
    caller = setting(peers=(POSTGRES, Peer("redis", "redis", None, purposes)))

    assert {purpose: driver(caller, purpose) for purpose in expected} == expected


def test_of_two_redis_the_one_that_must_not_forget_is_the_default(setting: Callable[..., Setting]) -> None:
    peers = (
        Peer("apuntes", "redis", Port(6379, "redis"), ("cache",), account=redis_account("apuntes", 4)),
        Peer("trabajos", "redis", Port(6380, "redis"), ("queue", "sessions"), account=redis_account("trabajos", 2)),
    )

    assert of_group(variables(setting(peers=peers)), "redis") == (
        "# redis\n"
        "REDIS_CLIENT=phpredis\n"
        "REDIS_HOST=trabajos\n"
        "REDIS_PORT=6380\n"
        "REDIS_USERNAME=km_motos_backend\n"
        "REDIS_PASSWORD=<trabajos_backend_password>\n"
        "REDIS_DB=2\n"
        "REDIS_CACHE_DB=5\n"
        "REDIS_PREFIX=km-motos:produccion:backend:\n"
        "HORIZON_PREFIX=km-motos:produccion:backend:horizon:\n"
        "REDIS_CACHE_HOST=apuntes\n"
        "REDIS_CACHE_PORT=6379\n"
        "REDIS_CACHE_USERNAME=km_motos_backend\n"
        "REDIS_CACHE_PASSWORD=<apuntes_backend_password>\n"
    )


def test_in_development_mailpit_takes_the_mail(setting: Callable[..., Setting]) -> None:
    local = setting(hosts=("central.localhost",), host_pattern="*.localhost", peers=(MAILPIT,))

    assert of_group(variables(local), "mail") == (
        "# mail\n"
        "MAIL_MAILER=smtp\n"
        "MAIL_SCHEME=smtp\n"
        "MAIL_HOST=mailpit\n"
        "MAIL_PORT=1025\n"
        "MAIL_FROM_ADDRESS=no-reply@localhost\n"
        "MAIL_FROM_NAME=KM Motos: ventas\n"
    )


@pytest.mark.parametrize(
    ("hosts", "pattern", "https", "port", "url", "domains"),
    [
        (("a.hn",), "*.hn", True, 443, "https://a.hn", "a.hn,*.hn"),
        (("a.hn",), "*.hn", True, 8443, "https://a.hn:8443", "a.hn:8443,*.hn:8443"),
        (("a.hn", "www.a.hn"), None, True, None, "https://a.hn", "a.hn,www.a.hn"),
        (("a.localhost",), None, False, 80, "http://a.localhost", "a.localhost"),
        ((), "*.fieldnote.example", True, 443, "https://fieldnote.example", "*.fieldnote.example"),
    ],
)
def test_the_application_knows_its_own_address(
    setting: Callable[..., Setting],
    hosts: tuple[str, ...],
    pattern: str | None,
    https: bool,
    port: int | None,
    url: str,
    domains: str,
) -> None:
    found = variables(setting(hosts=hosts, host_pattern=pattern, https=https, public_port=port))
    values = {each.name: each.literal for each in found}

    assert (values["APP_URL"], values["SANCTUM_STATEFUL_DOMAINS"]) == (url, domains)


def test_all_processes_of_a_family_share_keys_names_and_passwords(setting: Callable[..., Setting]) -> None:
    peers = (MONGO, POSTGRES, REDIS)

    web = variables(setting(name="backend", process="web", peers=peers))
    worker = variables(setting(name="cola", process="queue", peers=peers))

    assert web == worker


def test_a_dedicated_copy_shares_nothing_but_the_stores(setting: Callable[..., Setting]) -> None:
    copied = "backend-all-in-one"
    pooled = variables(setting(peers=(MONGO, POSTGRES, REDIS)))
    copy = set(variables(setting(name=copied, family=copied, tenant="all-in-one", peers=peers(copied))))

    assert [each.name for each in pooled if each not in copy] == [
        *("APP_KEY", "APP_PREVIOUS_KEYS"),
        *("DB_DATABASE", "DB_USERNAME", "DB_PASSWORD", "MONGODB_URI", "MONGODB_DATABASE"),
        *("REDIS_USERNAME", "REDIS_PASSWORD", "REDIS_DB", "REDIS_CACHE_DB", "REDIS_PREFIX", "HORIZON_PREFIX"),
        *("CACHE_PREFIX", "SESSION_COOKIE"),
        *("KMTOPO_TENANTS", "KMTOPO_TENANTS_LOGIN"),
    ]


def test_the_one_shot_logs_in_as_the_user_that_may_change_the_structure(setting: Callable[..., Setting]) -> None:
    found = {each.name: each.parts for each in variables(setting(process="migrate", peers=(POSTGRES,)))}

    assert found["DB_USERNAME"] == ("km_motos_backend_migrate",)
    assert found["DB_PASSWORD"] == (Secret("postgres_backend_migrate_password"),)
    assert found["KMTOPO_TENANTS_LOGIN"] == ("migrate",)
