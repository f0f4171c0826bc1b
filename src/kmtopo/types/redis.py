"""Redis: password from a file, memory bounded, and it forgets only where that loses nothing."""

from __future__ import annotations

from kmtopo.types.memory import MIB, mebibytes, scratch
from kmtopo.types.naming import (
    administrator,
    administrator_password,
    application_password,
    application_user,
    key_prefix,
)
from kmtopo.types.runtime import ContainerType, Healthcheck, Port, Runtime, Setting
from kmtopo.types.stores import Account, Clients, DataStore, Group, Login, Space

# Redis reads its password from a configuration file or from its command line, which every process may read.
# So a shell writes the file, in memory and for its own user only; an empty secret stops it. The image's
# entrypoint, where there is one, then adds what belongs to the image, such as modules.
_START = """\
set -eu
umask 077
password="$(sed 's/[\\\\"]/\\\\&/g' /run/secrets/{secret})"
: "${{password:?the secret is empty}}"
printf 'requirepass "%s"\\n' "$password" > /run/redis/redis.conf
exec $(command -v docker-entrypoint.sh) redis-server /run/redis/redis.conf "$@"
"""
_PING = 'REDISCLI_AUTH="$(cat /run/secrets/{secret})" redis-cli ping | grep -q PONG'


def runtime(setting: Setting) -> Runtime:
    """Equips a server by what its callers use it for."""
    secret = administrator_password(setting.name).name
    return Runtime(
        command=("sh", "-c", _START.format(secret=secret), "redis", *_persistence(setting), *_memory(setting)),
        # The image's user by number, so that the group is the image's too: it differs between variants.
        user="999",
        tmpfs=(scratch("/run/redis", setting.memory, MIB),),
        secrets=(secret,),
        healthcheck=Healthcheck(("CMD-SHELL", _PING.format(secret=secret)), interval=10, retries=6),
        pids=128,
        stop_grace=30,
    )


def keep(clients: Clients) -> DataStore:
    """Gives each group of processes a user, a prefix of keys and two numbered databases.

    Tenants that share processes share all of it: a process has one user name, and what separates pooled tenants
    within its prefix is the application's. The second database is for the cache, so that flushing it leaves the first.
    """
    accounts = {group.family: _account(clients, group) for group in clients.groups}
    return DataStore(
        container=clients.container,
        address=clients.address,
        kind=clients.kind,
        administrator=Login(administrator(clients.project), administrator_password(clients.container).name, "own"),
        spaces=tuple(account.space for account in accounts.values()),
        accounts=tuple(accounts.items()),
    )


def _account(clients: Clients, group: Group) -> Account:
    user = application_user(clients.project, group.family)
    login = Login(user, application_password(clients.container, group.family).name, "own")
    prefix = key_prefix(clients.project, clients.environment, group.family)
    address = next((c.address for c in clients.companies if c.name == group.tenant), clients.address)
    first = str(clients.databases.get(group.family, 0))
    return Account(Space(prefix, address, user, group.tenant, first, (login,)), login)


def _only_caches(setting: Setting) -> bool:
    return set(setting.served) == {"cache"}


def _persistence(setting: Setting) -> tuple[str, ...]:
    return ("--appendonly", "no", "--save", "") if _only_caches(setting) else ("--appendonly", "yes")


def _memory(setting: Setting) -> tuple[str, ...]:
    # A copy of what changes while a snapshot is written needs the rest.
    bound = ("--maxmemory", f"{mebibytes(setting.memory, 70)}mb") if setting.memory else ()
    return (*bound, "--maxmemory-policy", "allkeys-lru" if _only_caches(setting) else "noeviction")


def _volume_path(_image: str | None) -> str:
    return "/data"


REDIS = ContainerType(
    name="redis",
    title="Redis",
    role="cache",
    icon="redis",
    kind=(("en", "in-memory store"), ("es", "almacén en memoria")),
    runtime=runtime,
    port=Port(6379, "redis"),
    volume_path=_volume_path,
    keep=keep,
    databases=2,
    purposes=("cache", "queue", "sessions"),
)
