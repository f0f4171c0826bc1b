"""The disk: the only module of the writer that calls the operating system, one method per operation."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from kmtopo.writer.places import folder_of

Signature = tuple[int, int, int]
"""Size, time of the last write in nanoseconds, and inode: it differs whenever a file has been written to."""

_FOLDER = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# A folder that may be passed through but not listed is enough of a way to what lies below it.
_PASSAGE = _FOLDER | getattr(os, "O_PATH", os.O_RDONLY)
# A pipe that somebody put there must not make us wait for its other end.
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_LOCK = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
_OPEN_FOLDERS = 200


class Disk:
    """The files below a project's root, or at absolute places, reached without following a symbolic link.

    Each folder on the way is opened by itself and kept open, so that what is checked is what is
    written to, and a file costs one call. Every method raises OSError, ELOOP for a symbolic link on
    the way; ``place`` then tells where it happened.
    """

    def __init__(self, root: Path | str) -> None:
        self.place = ""
        self._root = os.path.realpath(root)
        self._folders: dict[str, int] = {}
        self._absent: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the folders that were kept open."""
        for folder in self._folders.values():
            os.close(folder)
        self._folders.clear()
        self._absent.clear()

    def look(self, place: str) -> os.stat_result | None:
        """Returns what stands at a place (a symbolic link is itself), or None where nothing does."""
        head = folder_of(place)
        if head in self._absent:
            return None
        try:
            folder, name = self._at(place)
            return os.stat(name, dir_fd=folder, follow_symlinks=False)
        except FileNotFoundError:
            if head not in self._folders:
                self._absent.add(head)
            return None

    def read(self, place: str, expected: int = 1 << 16) -> bytes:
        """Returns the content of a file, in one call where its size is the expected one."""
        folder, name = self._at(place)
        file = os.open(name, _READ, dir_fd=folder)
        try:
            return _read_all(file, expected)
        finally:
            os.close(file)

    def create(self, place: str, data: bytes, mode: int = 0o644, *, flush: bool = True) -> Signature:
        """Writes a new file; ``flush`` waits until it is on the medium. Whatever stands there stays (EEXIST)."""
        folder, name = self._at(place)
        file = os.open(name, _NEW, mode, dir_fd=folder)
        try:
            _write_all(file, data)
            status = os.fstat(file)
            # Containers read it as another user, whatever the umask says.
            if stat.S_IMODE(status.st_mode) != mode:
                _permit(file, mode)
            if flush:
                os.fsync(file)
            return signature(status)
        finally:
            os.close(file)

    def rename(self, source: str, target: str) -> None:
        """Puts a file in the place of another one of the same folder, in one step."""
        folder, name = self._at(target)
        os.rename(source.rpartition("/")[2], name, src_dir_fd=folder, dst_dir_fd=folder)

    def rename_folder(self, source: str, target: str) -> None:
        """Gives a folder another name beside its own, which nothing must have yet."""
        self.close()
        self.rename(source, target)

    def delete(self, place: str) -> None:
        """Deletes a file, or a symbolic link but not what it leads to."""
        folder, name = self._at(place)
        os.unlink(name, dir_fd=folder)

    def discard(self, place: str) -> None:
        """Deletes a file where there is one."""
        with suppress(FileNotFoundError):
            self.delete(place)

    def names(self, place: str) -> list[str]:
        """Returns the names in a folder, sorted."""
        passage = self._folder(place)
        self.place = place
        folder = os.open(".", _FOLDER | os.O_RDONLY, dir_fd=passage)
        try:
            return sorted(os.listdir(folder))
        finally:
            os.close(folder)

    def make_folder(self, place: str, mode: int = 0o755) -> None:
        """Makes a folder; by default everybody may read it."""
        folder, name = self._at(place)
        os.mkdir(name, mode, dir_fd=folder)
        self._absent.clear()
        made = os.open(name, _FOLDER | os.O_RDONLY, dir_fd=folder)
        try:
            _permit(made, stat.S_IMODE(os.fstat(made).st_mode) | mode)
        finally:
            os.close(made)

    def remove_folder(self, place: str) -> bool:
        """Removes a folder where it is there and empty, and tells whether it did."""
        try:
            folder, name = self._at(place)
            os.rmdir(name, dir_fd=folder)
        except OSError as error:
            if error.errno in (errno.ENOENT, errno.ENOTEMPTY, errno.EEXIST, errno.EBUSY, errno.ENOTDIR):
                return False
            raise
        if place in self._folders:
            os.close(self._folders.pop(place))
        return True

    def flush_folder(self, place: str) -> None:
        """Waits until the names in a folder are on the medium."""
        passage = self._folder(place)
        self.place = place
        folder = os.open(".", _FOLDER | os.O_RDONLY, dir_fd=passage)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def flush_all(self) -> None:
        """Waits until everything is on the medium: cheaper than flushing very many files one by one."""
        os.sync()

    def lock(self, place: str) -> Callable[[], None] | None:
        """Takes the lock that a file stands for and returns what releases it, or None where another process has it."""
        folder, name = self._at(place)
        file = os.open(name, _LOCK, 0o644, dir_fd=folder)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return None
        except OSError:
            os.close(file)
            raise
        # Whoever deletes the folder takes the file from under us; a lock on nothing keeps nobody out.
        current = self.look(place)
        if current is None or current.st_ino != os.fstat(file).st_ino:
            os.close(file)
            return None
        return lambda: os.close(file)

    def _at(self, place: str) -> tuple[int, str]:
        head, slash, name = place.rpartition("/")
        folder = self._folders.get(head or slash)
        if folder is None:
            if len(self._folders) > _OPEN_FOLDERS:
                self.close()
            folder = self._folder(head or slash)
        self.place = place
        return folder, name

    def _folder(self, place: str) -> int:
        folder = self._folders.get(place)
        if folder is None:
            folder = self._folders[place] = self._enter(place)
        return folder

    def _enter(self, place: str) -> int:
        if place in ("", "/"):
            return os.open(place or self._root, _PASSAGE)
        parent = self._folder(folder_of(place))
        name = place.rpartition("/")[2]
        self.place = place
        try:
            return os.open(name, _PASSAGE, dir_fd=parent)
        except NotADirectoryError:
            if stat.S_ISLNK(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode):
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from None
            raise


def signature(status: os.stat_result) -> Signature:
    """Returns what tells one state of a file from the next."""
    return status.st_size, status.st_mtime_ns, status.st_ino


def _read_all(file: int, expected: int) -> bytes:
    data = os.read(file, expected + 1)
    if len(data) == expected:
        return data
    parts = [data]
    while part := os.read(file, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _write_all(file: int, data: bytes) -> None:
    written = os.write(file, data)
    while written < len(data):
        written += os.write(file, data[written:])


def _permit(file: int, mode: int) -> None:
    # A file system that knows no modes refuses; everybody may read there anyway.
    with suppress(PermissionError):
        os.fchmod(file, mode)
