"""PostgreSQL: sized to its memory, run as its own user, its data where the image's version keeps it."""

from __future__ import annotations

import re

from kmtopo.types.memory import MIB, TMP, mebibytes, scratch
from kmtopo.types.naming import administrator, administrator_password, central_database
from kmtopo.types.runtime import ContainerType, Healthcheck, Port, Runtime, Setting, Variable

MOST_CONNECTIONS = 100
FIRST_WITH_ONE_FOLDER_PER_VERSION = 18

_major = re.compile(r"(?:.*pg|v?)(\d+)").match


def runtime(setting: Setting) -> Runtime:
    """Equips a server whose first start makes the administrator and the central database."""
    return Runtime(
        command=("postgres", *_settings(setting.memory)),
        # By name: its number differs between the Debian and Alpine images. Started as root, it would step
        # down by itself, but Docker's init then lacks the right to pass the stop signal on to it.
        user="postgres",
        tmpfs=(
            scratch("/run/postgresql", setting.memory, 8 * MIB, mode=0o3777),
            scratch(TMP, setting.memory, 64 * MIB),
        ),
        variables=_variables(setting),
        healthcheck=Healthcheck(_is_ready(setting), interval=10, retries=6, start_period=60),
        pids=512,
        stop_signal="SIGINT",
        stop_grace=60,
        shm_size=256 * MIB,
    )


def volume_path(image: str | None) -> str:
    """Returns where the data lies: since version 18 one level higher, with a folder per version below.

    An unknown version counts as an old one: 18 refuses to start on the old place, while an old one
    on the new place would start and lose its data with the container.
    """
    major = _version(image)
    moved = major is not None and major >= FIRST_WITH_ONE_FOLDER_PER_VERSION
    return "/var/lib/postgresql" if moved else "/var/lib/postgresql/data"


def _version(image: str | None) -> int | None:
    tag = (image or "").partition("@")[0].rpartition("/")[2].partition(":")[2]
    found = _major(tag)
    return int(found[1]) if found else None


def _settings(memory: int | None) -> tuple[str, ...]:
    sized = {"shared_buffers": 25, "effective_cache_size": 60} if memory else {}
    values = {name: f"{mebibytes(memory or 0, percent)}MB" for name, percent in sized.items()}
    values["max_connections"] = str(MOST_CONNECTIONS)
    return tuple(word for name, value in values.items() for word in ("-c", f"{name}={value}"))


def _variables(setting: Setting) -> tuple[Variable, ...]:
    return (
        Variable("POSTGRES_DB", (central_database(setting),), "database"),
        Variable("POSTGRES_INITDB_ARGS", ("--auth-host=scram-sha-256 --data-checksums",), "database"),
        Variable("POSTGRES_PASSWORD", (administrator_password(setting.name),), "database", file=True),
        Variable("POSTGRES_USER", (administrator(setting),), "database"),
    )


def _is_ready(setting: Setting) -> tuple[str, ...]:
    # Over TCP: while it is still being set up, the server answers on its socket only.
    target = ("-h", "127.0.0.1", "-U", administrator(setting), "-d", central_database(setting))
    return ("CMD", "pg_isready", "-q", *target)


POSTGRES = ContainerType(
    name="postgres",
    title="PostgreSQL",
    role="database",
    icon="postgresql",
    kind=(("en", "relational database"), ("es", "base de datos relacional")),
    runtime=runtime,
    port=Port(5432, "postgresql"),
    volume_path=volume_path,
    purposes=("reports", "transactions"),
)
