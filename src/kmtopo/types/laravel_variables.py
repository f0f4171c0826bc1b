"""The variables of a Laravel application, as its skeleton reads them since version 11."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kmtopo.types.memory import TMP
from kmtopo.types.naming import (
    application_key,
    identifier,
    previous_application_keys,
)
from kmtopo.types.runtime import Peer, Secret, Setting, ValuePart, Variable
from kmtopo.types.stores import Account, Login

# Seconds after which a job that nobody finished is handed to another worker; a worker must give up earlier.
RETRY_AFTER = 90
CONNECT_SECONDS = 3
# Where processes find what kmtopo writes for them: the list of tenants, and whom to believe about a client.
FOLDER = "/etc/kmtopo/laravel"
MONGODB_OPTIONS = "connectTimeoutMS=3000&serverSelectionTimeoutMS=3000&socketTimeoutMS=30000"

# What Laravel's skeleton and the packages that come with it read, of version 11 and later.
_READ = """
APP_DEBUG APP_ENV APP_FAKER_LOCALE APP_FALLBACK_LOCALE APP_KEY APP_LOCALE APP_MAINTENANCE_DRIVER APP_MAINTENANCE_STORE
APP_NAME APP_PREVIOUS_KEYS APP_TIMEZONE APP_URL AUTH_GUARD AUTH_MODEL AUTH_PASSWORD_BROKER AWS_ACCESS_KEY_ID AWS_BUCKET
AWS_DEFAULT_REGION AWS_ENDPOINT AWS_SECRET_ACCESS_KEY AWS_URL AWS_USE_PATH_STYLE_ENDPOINT BCRYPT_ROUNDS
BROADCAST_CONNECTION CACHE_PREFIX CACHE_STORE DB_CACHE_CONNECTION DB_CACHE_TABLE DB_CHARSET DB_COLLATION DB_CONNECTION
DB_DATABASE DB_HOST DB_PASSWORD DB_PORT DB_QUEUE DB_QUEUE_CONNECTION DB_QUEUE_RETRY_AFTER DB_QUEUE_TABLE DB_SOCKET
DB_SSLMODE DB_URL DB_USERNAME FILESYSTEM_DISK HORIZON_PREFIX LOG_CHANNEL LOG_DAILY_DAYS LOG_DEPRECATIONS_CHANNEL
LOG_LEVEL LOG_STACK MAIL_EHLO_DOMAIN MAIL_FROM_ADDRESS MAIL_FROM_NAME MAIL_HOST MAIL_LOG_CHANNEL MAIL_MAILER
MAIL_PASSWORD MAIL_PORT MAIL_SCHEME MAIL_URL MAIL_USERNAME MONGODB_DATABASE MONGODB_URI PAPERTRAIL_PORT PAPERTRAIL_URL
POSTMARK_TOKEN QUEUE_CONNECTION QUEUE_FAILED_DRIVER REDIS_CACHE_CONNECTION REDIS_CACHE_DB REDIS_CACHE_LOCK_CONNECTION
REDIS_CLIENT REDIS_CLUSTER REDIS_DB REDIS_HOST REDIS_PASSWORD REDIS_PERSISTENT REDIS_PORT REDIS_PREFIX REDIS_QUEUE
REDIS_QUEUE_CONNECTION REDIS_QUEUE_RETRY_AFTER REDIS_URL REDIS_USERNAME REVERB_APP_ID REVERB_APP_KEY REVERB_APP_SECRET
REVERB_HOST REVERB_PORT REVERB_SCHEME REVERB_SERVER_HOST REVERB_SERVER_PORT SANCTUM_STATEFUL_DOMAINS
SESSION_CONNECTION SESSION_COOKIE SESSION_DOMAIN SESSION_DRIVER SESSION_ENCRYPT SESSION_EXPIRE_ON_CLOSE
SESSION_HTTP_ONLY SESSION_LIFETIME SESSION_PARTITIONED_COOKIE SESSION_PATH SESSION_SAME_SITE SESSION_SECURE_COOKIE
SESSION_STORE SESSION_TABLE SQS_PREFIX SQS_QUEUE VIEW_COMPILED_PATH
"""
KEYS = frozenset(_READ.split())

_ENVIRONMENTS = {"development": "local", "test": "staging", "production": "production"}
_LOG_LEVELS = {"development": "debug", "test": "debug", "production": "info"}
_WITHOUT_STORE = {"cache": "file", "sessions": "file", "queue": "sync"}
_FAKERS = {"en": "en_US", "es": "es_ES"}


def variables(setting: Setting) -> tuple[Variable, ...]:
    """Returns what an application needs to run where it is: no secret value, and nothing of a single tenant.

    One store of each type is the application's own, of Redis one more for the cache; any other is named by
    the file's ``env``.
    """
    return (
        *_application(setting),
        *_logging(setting),
        *_database(setting),
        *_mongodb(setting),
        *_redis(setting),
        *_cache(setting),
        *_session(setting),
        *_queue(setting),
        *_mail(setting),
        *_defaults(),
        *_sanctum(setting),
        *_tenancy(setting),
    )


def serves_tenants(setting: Setting) -> bool:
    """Tells whether a process serves all tenants that have none of their own, and needs the list of them."""
    return bool(setting.flavor) and setting.tenant is None


def driver(setting: Setting, purpose: str) -> str:
    """Names the driver that serves a purpose of Redis: ``redis`` where one is called for it, else ``database``."""
    if any(_serves(peer, purpose) for peer in setting.peers if peer.type == "redis"):
        return "redis"
    return "database" if _first(setting, "postgres") else _WITHOUT_STORE[purpose]


def _application(setting: Setting) -> Iterator[Variable]:
    yield from _group(
        "application",
        APP_NAME=setting.title,
        APP_ENV=_ENVIRONMENTS[setting.stage],
        APP_KEY=application_key(setting),
        APP_PREVIOUS_KEYS=previous_application_keys(setting),
        APP_DEBUG=_flag(setting.stage == "development"),
        APP_URL=_url(setting),
        APP_LOCALE=setting.locale,
        APP_FALLBACK_LOCALE="en",
        APP_FAKER_LOCALE=_FAKERS.get(setting.locale, "en_US"),
        # A file would put only its own container into maintenance.
        APP_MAINTENANCE_DRIVER="cache",
        APP_MAINTENANCE_STORE=driver(setting, "cache"),
        BCRYPT_ROUNDS="12",
    )


def _logging(setting: Setting) -> Iterator[Variable]:
    level = _LOG_LEVELS[setting.stage]
    yield from _group("logging", LOG_CHANNEL="stderr", LOG_LEVEL=level, LOG_DEPRECATIONS_CHANNEL="null")


def _database(setting: Setting) -> Iterator[Variable]:
    peer = _first(setting, "postgres")
    if peer is None or peer.account is None:
        return
    login = _login(setting, peer.account)
    yield from _group(
        "database",
        DB_CONNECTION="pgsql",
        DB_HOST=peer.name,
        DB_PORT=_port(peer, 5432),
        DB_DATABASE=peer.account.space.database,
        DB_USERNAME=login.name,
        DB_PASSWORD=Secret(login.secret),
        DB_CHARSET="utf8",
        DB_SSLMODE="prefer",
        # PHP's driver waits 30 s unless config/database.php hands this on as PDO::ATTR_TIMEOUT.
        DB_TIMEOUT=str(CONNECT_SECONDS),
    )


def _mongodb(setting: Setting) -> Iterator[Variable]:
    peer = _first(setting, "mongodb")
    if peer is None or peer.account is None:
        return
    database, login = peer.account.space.name, peer.account.login
    address = f"@{peer.name}:{_port(peer, 27017)}/{database}?authSource={database}&{MONGODB_OPTIONS}"
    yield from _group(
        "mongodb",
        MONGODB_URI=(f"mongodb://{login.name}:", Secret(login.secret), address),
        MONGODB_DATABASE=database,
    )


def _redis(setting: Setting) -> Iterator[Variable]:
    peer = _default_redis(setting)
    if peer is None or peer.account is None:
        return
    others = (other for other in setting.peers if other.type == "redis" and _serves(other, "cache"))
    cache = peer if _serves(peer, "cache") else next(others, peer)
    prefix, login = peer.account.space.name, peer.account.login
    yield from _group(
        "redis",
        REDIS_CLIENT="phpredis",
        REDIS_HOST=peer.name,
        REDIS_PORT=_port(peer, 6379),
        REDIS_USERNAME=login.name,
        REDIS_PASSWORD=Secret(login.secret),
        REDIS_DB=peer.account.space.database,
        REDIS_CACHE_DB=_cache_database(cache),
        REDIS_PREFIX=prefix,
    )
    if driver(setting, "queue") == "redis":
        # Horizon's keys have this in place of the connection's prefix: the user may touch none that begins otherwise.
        yield from _group("redis", HORIZON_PREFIX=f"{prefix}horizon:")
    if cache is not peer and cache.account is not None:
        # The ``cache`` connection of config/database.php reads these only when told to.
        yield from _group(
            "redis",
            REDIS_CACHE_HOST=cache.name,
            REDIS_CACHE_PORT=_port(cache, 6379),
            REDIS_CACHE_USERNAME=cache.account.login.name,
            REDIS_CACHE_PASSWORD=Secret(cache.account.login.secret),
        )


def _cache_database(peer: Peer) -> str:
    """The one that ``cache:clear`` empties: next to that of sessions and jobs, which it leaves alone."""
    return str(int(peer.account.space.database) + 1) if peer.account else "1"


def _login(setting: Setting, account: Account) -> Login:
    """Whom the process logs in as: the one-shot may change the structure, where it has a user for that."""
    return account.migration if account.migration and setting.process == "migrate" else account.login


def _cache(setting: Setting) -> Iterator[Variable]:
    yield from _group("cache", CACHE_STORE=driver(setting, "cache"), CACHE_PREFIX=f"{setting.family}:cache:")


def _session(setting: Setting) -> Iterator[Variable]:
    # With this prefix browsers refuse a cookie that another tenant's host sets for the whole domain.
    prefix = "__Host-" if setting.https else ""
    chosen = driver(setting, "sessions")
    if chosen == "redis":
        # By name: sessions must not lie where the cache is flushed.
        yield from _group("session", SESSION_CONNECTION="default")
    yield from _group(
        "session",
        SESSION_DRIVER=chosen,
        SESSION_LIFETIME="120",
        SESSION_ENCRYPT="false",
        SESSION_COOKIE=f"{prefix}{identifier(setting.project, setting.family, 'session')}",
        SESSION_PATH="/",
        SESSION_DOMAIN="",
        SESSION_SECURE_COOKIE=_flag(setting.https),
        SESSION_HTTP_ONLY="true",
        SESSION_SAME_SITE="lax",
    )


def _queue(setting: Setting) -> Iterator[Variable]:
    chosen = driver(setting, "queue")
    yield from _group("queue", QUEUE_CONNECTION=chosen)
    if _first(setting, "postgres"):
        yield from _group("queue", QUEUE_FAILED_DRIVER="database-uuids")
    if chosen == "redis":
        yield from _group("queue", REDIS_QUEUE="default", REDIS_QUEUE_CONNECTION="default")
        yield from _group("queue", REDIS_QUEUE_RETRY_AFTER=str(RETRY_AFTER))
    if chosen == "database":
        # The central one by name: while a tenant is served, the default connection is the tenant's.
        yield from _group("queue", DB_QUEUE_CONNECTION="pgsql", DB_QUEUE_RETRY_AFTER=str(RETRY_AFTER))


def _mail(setting: Setting) -> Iterator[Variable]:
    peer = _first(setting, "mailpit")
    yield from _group("mail", MAIL_MAILER="smtp" if peer else "log")
    if peer:
        yield from _group("mail", MAIL_SCHEME="smtp", MAIL_HOST=peer.name, MAIL_PORT=_port(peer, 1025))
    yield from _group("mail", MAIL_FROM_ADDRESS=f"no-reply@{_domain(setting)}", MAIL_FROM_NAME=setting.title)


def _defaults() -> Iterator[Variable]:
    # Compiled views outlive their image in a volume, and stay in use when the new image's files look older.
    yield from _group("broadcasting", BROADCAST_CONNECTION="log")
    yield from _group("files", FILESYSTEM_DISK="local", VIEW_COMPILED_PATH=f"{TMP}/views")


def _sanctum(setting: Setting) -> Iterator[Variable]:
    # A pattern and never a list of tenants: a new company must not restart the others.
    names = [*setting.hosts, *([setting.host_pattern] if setting.host_pattern else [])]
    if names:
        yield from _group("sanctum", SANCTUM_STATEFUL_DOMAINS=",".join(f"{n}{_port_suffix(setting)}" for n in names))


def _tenancy(setting: Setting) -> Iterator[Variable]:
    if serves_tenants(setting):
        login = "migrate" if setting.process == "migrate" else "use"
        yield from _group("tenancy", KMTOPO_TENANTS=f"{FOLDER}/tenants.php", KMTOPO_TENANTS_LOGIN=login)


def _group(group: str, /, **values: str | Secret | tuple[ValuePart, ...]) -> tuple[Variable, ...]:
    return _variables(group, tuple(values.items()))


@lru_cache(4096)  # what the copies of a thousand tenants say is nearly all the same
def _variables(
    group: str, values: tuple[tuple[str, str | Secret | tuple[ValuePart, ...]], ...]
) -> tuple[Variable, ...]:
    return tuple([Variable(name, value if isinstance(value, tuple) else (value,), group) for name, value in values])


def _first(setting: Setting, kind: str) -> Peer | None:
    return next((peer for peer in setting.peers if peer.type == kind), None)


def _default_redis(setting: Setting) -> Peer | None:
    """The Redis that keeps what must not be lost, where there are several."""
    found = [peer for peer in setting.peers if peer.type == "redis"]
    keeps = (peer for peer in found if _serves(peer, "queue") or _serves(peer, "sessions"))
    return next(keeps, found[0] if found else None)


def _serves(peer: Peer, purpose: str) -> bool:
    # Who does not say what Redis is for means all that Laravel can do with it.
    return purpose in peer.purposes or not peer.purposes


def _port(peer: Peer, usual: int) -> str:
    return str(peer.port.number if peer.port else usual)


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _domain(setting: Setting) -> str:
    pattern = (setting.host_pattern or "").removeprefix("*.")
    return pattern or next(iter(setting.hosts), "localhost")


def _url(setting: Setting) -> str:
    host = next(iter(setting.hosts), _domain(setting))
    return f"{'https' if setting.https else 'http'}://{host}{_port_suffix(setting)}"


def _port_suffix(setting: Setting) -> str:
    usual = 443 if setting.https else 80
    return "" if setting.public_port in (None, usual) else f":{setting.public_port}"
