"""What the disk or another program refuses, as diagnostics."""

from __future__ import annotations

import errno
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kmtopo.diagnostics import Diagnostic, Reason, diagnose
from kmtopo.writer.disk import Disk
from kmtopo.writer.places import unstaged

_VARIANTS = {errno.ELOOP: "link", errno.EEXIST: "kind", errno.EISDIR: "kind", errno.ENOTDIR: "kind"}


class Refused(Exception):
    """A disk or a program did not do what it was asked; the diagnostic says why, ``said`` in its own words."""

    def __init__(self, diagnostic: Diagnostic, said: str = "") -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic
        self.said = said


@contextmanager
def disk_of(folder: Path) -> Iterator[Disk]:
    """Opens the files beside a topology; no symbolic link is followed on the way.

    Raises:
        Refused: something cannot be read or written.
    """
    with Disk(folder) as disk:
        try:
            yield disk
        except OSError as error:
            number = error.errno or 0
            path, reason = unstaged(str(folder / disk.place)), Reason.of(number)
            raise Refused(diagnose("KM816", path=path, reason=reason, help=_VARIANTS.get(number, ""))) from None


def not_a_file(mode: int, path: str) -> Diagnostic:
    """Returns the diagnostic for something else that stands where a secret's file has to be."""
    return diagnose("KM816", path=path, reason="", help="link" if stat.S_ISLNK(mode) else "kind")
