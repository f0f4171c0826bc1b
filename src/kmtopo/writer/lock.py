"""The lock that lets one build of a project at a time change files."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.writer.disk import Disk
from kmtopo.writer.failures import failure
from kmtopo.writer.places import STATE

PATIENCE = 10.0
_BETWEEN_TRIES = 0.05
_FILE = f"{STATE}/lock"
_IGNORE = f"{STATE}/.gitignore"


class Lock:
    """The right to change files, until it is released or the process ends, however it ends."""

    def __init__(self, release: Callable[[], None]) -> None:
        self.release = release

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def hold(
    root: Path,
    *,
    patience: float = PATIENCE,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Lock | Diagnostic:
    """Waits for up to ``patience`` seconds until no other build of the project runs (KM706 where one still does)."""
    deadline = clock() + patience
    with Disk(root) as disk:
        try:
            prepare_state(disk)
            while (release := disk.lock(_FILE)) is None:
                if clock() >= deadline:
                    return diagnose("KM706", seconds=round(patience))
                sleep(_BETWEEN_TRIES)
        except OSError as error:
            return failure(error, disk.place)
    return Lock(release)


def prepare_state(disk: Disk) -> None:
    """Makes the folder for what kmtopo remembers between two runs, and keeps it out of version control."""
    with suppress(FileExistsError):
        disk.make_folder(STATE)
    if disk.look(_IGNORE) is None:
        with suppress(FileExistsError):
            disk.create(_IGNORE, b"*\n")
