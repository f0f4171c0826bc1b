"""The keeper ``file``: a file for each secret, in a folder that nobody else can enter."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.resolve.slots import Slot
from kmtopo.secrets.failures import disk_of, not_a_file
from kmtopo.secrets.keeper import FOLDER, Held, command_path, is_missing
from kmtopo.secrets.repository import leaks
from kmtopo.writer.disk import Disk
from kmtopo.writer.places import folder_of, staged

_OPEN = 0o077
# Others pass only where the environment's folder lets them; a container sees a mounted file, or a mounted folder of
# them, by itself, and its user is seldom the owner.
_ENVIRONMENT = 0o700
_MOUNTED = 0o755
_FILE = 0o444
_LARGEST = 1 << 20
# Waiting for the medium after each of very many files would take minutes.
_MANY = 100


class FolderKeeper:
    """The folder ``secrets/<environment>`` beside the topology; ``folders`` are those in it that containers mount."""

    def __init__(self, folder: Path, environment: str, folders: Iterable[str] = ()) -> None:
        self.place = f"{FOLDER}/{environment}"
        self._folder, self._environment, self._folders = folder, environment, tuple(folders)

    def called(self, name: str) -> str:
        """The path of a slot's file."""
        return str(self._folder / self.place / name)

    def missing(self, slot: Slot) -> Diagnostic:
        """Says that a slot's file is missing."""
        variant, command = ("", "") if slot.is_ours else ("free", command_path(self._folder, self._at(slot.name)))
        return is_missing(slot, self.called(slot.name), self._environment, variant, command=command)

    def held(self) -> Held:
        """Reads every file in the folder."""
        problems: list[Diagnostic] = []
        values: dict[str, bytes] = {}
        with disk_of(self._folder) as disk:
            if disk.look(self.place) is None:
                return Held({})
            for name, status in self._walk(disk, ""):
                problem = self._judged(name, status)
                problems += [problem] if problem else []
                if _is_secret(status):
                    values[name] = disk.read(self._at(name))
        return Held(values, tuple(problems))

    def prepare(self) -> None:
        """Makes the folder, and those in it that containers mount."""
        with disk_of(self._folder) as disk:
            for place, mode in self._needed():
                if disk.look(place) is None:
                    disk.make_folder(place, mode)

    def dangers(self) -> tuple[Diagnostic, ...]:
        """Tells who else could read what is in the folder."""
        with disk_of(self._folder) as disk:
            return (*self._openings(disk), *leaks(self._folder, f"{self.place}/"))

    def add(self, values: Mapping[str, bytes]) -> None:
        """Writes new files; one that is there already stays."""
        with disk_of(self._folder) as disk:
            for name, value in values.items():
                self._make_way(disk, name)
                disk.create(self._at(name), value, _FILE, flush=len(values) < _MANY)
            if len(values) >= _MANY:
                disk.flush_all()

    def replace(self, values: Mapping[str, bytes]) -> None:
        """Puts new files in the places of old ones; who has one open, or mounted, still sees the old."""
        with disk_of(self._folder) as disk:
            for name, value in values.items():
                self._make_way(disk, name)
                new = staged(self._at(name))
                disk.discard(new)
                disk.create(new, value, _FILE)
                disk.rename(new, self._at(name))
                disk.flush_folder(folder_of(new))

    def _at(self, name: str) -> str:
        return f"{self.place}/{name}"

    def _needed(self) -> Iterator[tuple[str, int]]:
        yield FOLDER, _ENVIRONMENT
        yield self.place, _ENVIRONMENT
        yield from ((self._at(name), _MOUNTED) for name in self._folders)

    def _make_way(self, disk: Disk, name: str) -> None:
        above = folder_of(self._at(name))
        if disk.look(above) is None:
            disk.make_folder(above, _MOUNTED)

    def _openings(self, disk: Disk) -> Iterator[Diagnostic]:
        status = disk.look(self.place)
        if status is not None and status.st_mode & _OPEN:
            path = str(self._folder / self.place)
            mode = f"{stat.S_IMODE(status.st_mode):04o}"
            yield diagnose("KM805", path=path, mode=mode, command=command_path(self._folder, self.place))

    def _walk(self, disk: Disk, below: str) -> Iterator[tuple[str, os.stat_result]]:
        for word in disk.names(self._at(below).rstrip("/")):
            name = f"{below}{word}"
            status = disk.look(self._at(name))
            if status is not None and stat.S_ISDIR(status.st_mode):
                yield from self._walk(disk, f"{name}/")
            elif status is not None:
                yield name, status

    def _judged(self, name: str, status: os.stat_result) -> Diagnostic | None:
        path = self.called(name)
        if not _is_secret(status):
            return not_a_file(status.st_mode, path)
        mode = stat.S_IMODE(status.st_mode)
        if mode == _FILE:
            return None
        return diagnose("KM807", path=path, mode=f"{mode:04o}", command=command_path(self._folder, self._at(name)))


def _is_secret(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and status.st_size <= _LARGEST
