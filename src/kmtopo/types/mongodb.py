"""MongoDB: with authentication from the first start and a cache that leaves room for the rest."""

from __future__ import annotations

from kmtopo.types.memory import GIB, MIB, TMP, scratch
from kmtopo.types.naming import administrator, administrator_password
from kmtopo.types.runtime import ContainerType, Healthcheck, Port, Runtime, Setting, Variable

SMALLEST_CACHE = GIB // 4

# By its own name and not by loopback: while it is still being set up, the server answers there only, without
# a password. The shell leaves a log per run in its home, which is why it has none.
_PING = (
    'HOME=/nonexistent mongosh --quiet --norc --host "$(hostname)" --eval "quit(db.adminCommand({ping: 1}).ok ? 0 : 1)"'
)


def runtime(setting: Setting) -> Runtime:
    """Equips a server whose first start makes the administrator."""
    return Runtime(
        command=("mongod", "--bind_ip_all", *_cache(setting.memory)),
        user="999",
        tmpfs=(
            # The image declares a second volume for a role that this server never has.
            scratch("/data/configdb", setting.memory, MIB),
            scratch(TMP, setting.memory, 64 * MIB),
        ),
        variables=(
            Variable("MONGO_INITDB_ROOT_PASSWORD", (administrator_password(setting.name),), "database", file=True),
            Variable("MONGO_INITDB_ROOT_USERNAME", (administrator(setting),), "database"),
        ),
        # A shell of its own each time: slow under a small CPU limit.
        healthcheck=Healthcheck(("CMD-SHELL", _PING), interval=30, timeout=15, start_period=60),
        pids=1024,
        stop_grace=60,
    )


def _cache(memory: int | None) -> tuple[str, ...]:
    """Half of what is above 1 GiB, as the server itself would reckon from a machine's memory."""
    if memory is None:
        return ()
    size = max((memory - GIB) // 2, SMALLEST_CACHE)
    return ("--wiredTigerCacheSizeGB", f"{size * 100 // GIB / 100:g}")


def _volume_path(_image: str | None) -> str:
    return "/data/db"


MONGODB = ContainerType(
    name="mongodb",
    title="MongoDB",
    role="database",
    icon="mongodb",
    kind=(("en", "document database"), ("es", "base documental")),
    runtime=runtime,
    port=Port(27017, "mongodb"),
    volume_path=_volume_path,
    purposes=("documents", "logs", "reports"),
)
