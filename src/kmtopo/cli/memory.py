"""What a whole build is remembered by, so that one with nothing new need not be compiled again.

The record lies in ``.kmtopo/`` and may be deleted at any time. The manifest, which is the same on every machine, says
what a build was made from; this says by what: the versions of everything installed, and the code itself as it lies there.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from kmtopo import __version__
from kmtopo.artifacts import Hatch
from kmtopo.cli.farewell import Farewell
from kmtopo.packages import import_packages
from kmtopo.values import frozen
from kmtopo.writer.disk import Disk
from kmtopo.writer.places import STATE, staged

_FILE = f"{STATE}/build.json"


@frozen
class Remembered:
    """How many files a whole build left, what it said last, and where it departed from the language."""

    files: int
    farewells: tuple[Farewell, ...]
    hatches: tuple[Hatch, ...] = ()


def recall(folder: Path, inputs: str) -> Remembered | None:
    """Returns what the last whole build left, if it was of these inputs and by the code that runs now, else None."""
    try:
        with Disk(folder) as disk:
            record = json.loads(disk.read(_FILE))
        if record["made_by"] != _made_by(record["code"], inputs):
            return None
        hatches = tuple(Hatch(**fields) for fields in record["hatches"])
        return Remembered(int(record["files"]), tuple(map(_farewell, record["farewells"])), hatches)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def remember(folder: Path, inputs: str, remembered: Remembered) -> None:
    """Keeps what a whole build left; where that fails, the next one is compiled."""
    code = _code()
    record = {"made_by": _made_by(code, inputs), "code": code, **asdict(remembered)}
    # By the writer's disk, which follows no link out of the project.
    with suppress(OSError), Disk(folder) as disk:
        disk.discard(staged(_FILE))
        disk.create(staged(_FILE), json.dumps(record).encode(), flush=False)
        disk.rename(staged(_FILE), _FILE)


def _farewell(fields: dict[str, object]) -> Farewell:
    def listed(key: str) -> tuple[str, ...]:
        return tuple(map(str, fields[key]))  # type: ignore[call-overload]

    return Farewell(
        environment=str(fields["environment"]),
        title=str(fields["title"]),
        pictures=listed("pictures"),
        secrets=listed("secrets"),
        machines=listed("machines"),
        trusting=listed("trusting"),
        keeping=listed("keeping"),
        filling=str(fields["filling"]),
    )


def _made_by(code: Iterable[str], inputs: str) -> str:
    parts = (__version__, sys.version, __file__, inputs, sorted(_installed()), [list(_files(path)) for path in code])
    return sha256(repr(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _installed() -> Iterator[str]:
    """The distributions on the path, as their folders are called: name and version."""
    for folder in sys.path:
        with suppress(OSError):
            yield from (name for name in os.listdir(folder or ".") if name.endswith(".dist-info"))


def _code() -> list[str]:
    """The packages of kmtopo and of everything that extends it, installed in place or not."""
    from importlib.util import find_spec

    specs = [find_spec(name) for name in sorted({"kmtopo", *import_packages()})]
    return [path for spec in specs if spec for path in (*(spec.submodule_search_locations or [spec.origin or ""]),)]


def _files(path: str) -> Iterator[tuple[str, int, int]]:
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            status = os.stat(os.path.join(folder, name))
            yield os.path.join(folder, name), status.st_size, status.st_mtime_ns
    if os.path.isfile(path):
        status = os.stat(path)
        yield path, status.st_size, status.st_mtime_ns
