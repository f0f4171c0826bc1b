"""Redis: users of its own making from the first start, memory bounded, and it forgets only where that loses nothing."""

from __future__ import annotations

from kmtopo.types.memory import MIB, mebibytes, scratch
from kmtopo.types.naming import (
    administrator,
    administrator_password,
    application_password,
    application_user,
    key_prefix,
)
from kmtopo.types.runtime import ContainerType, Folder, Healthcheck, Port, Runtime, Setting
from kmtopo.types.stores import Account, Clients, DataStore, Group, Login, Space

# Where the generated folder lies in the container: the list of users, and the script that fills their passwords in.
FOLDER = "/etc/kmtopo/redis"
DATABASES = 16

# Redis knows its users' passwords by digest only, so nothing that is generated could hold them: a script writes the
# list in memory, for the server's own user, and an absent or empty secret stops it. Who asks after the server's health
# has a password that nobody else ever sees. The image's entrypoint, where there is one, then adds what belongs to the
# image, such as modules.
_START = f"""\
set -eu
umask 077
head -c 32 /dev/urandom | sha256sum | cut -c 1-64 > /run/redis/probe
sh {FOLDER}/users.sh write
exec $(command -v docker-entrypoint.sh) redis-server --aclfile /run/redis/users.acl "$@"
"""
_PING = 'REDISCLI_AUTH="$(cat /run/redis/probe)" redis-cli --user probe ping | grep -q PONG'


def runtime(setting: Setting) -> Runtime:
    """Equips a server by what its callers use it for."""
    options = (*_persistence(setting), *_memory(setting), *_databases(setting))
    return Runtime(
        command=("sh", "-c", _START, "redis", *options),
        # The image's user by number, so that the group is the image's too: it differs between variants.
        user="999",
        # Room for the users of ten thousand dedicated tenants, twice while they are written anew.
        tmpfs=(scratch("/run/redis", setting.memory, 16 * MIB),),
        folders=(Folder(setting.folder, FOLDER),),
        secrets=setting.store.secrets() if setting.store else (administrator_password(setting.name).name,),
        healthcheck=Healthcheck(("CMD-SHELL", _PING), interval=10, retries=6),
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


def _databases(setting: Setting) -> tuple[str, ...]:
    """As many as are numbered, in steps: a dedicated tenant more must not always restart the server."""
    accounts = setting.store.accounts if setting.store else ()
    needed = max((int(account.space.database) + REDIS.databases for _, account in accounts), default=0)
    return ("--databases", str(-(-needed // DATABASES) * DATABASES)) if needed > DATABASES else ()


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
    separations=("prefix", "shared"),
    databases=2,
    purposes=("cache", "queue", "sessions"),
)
