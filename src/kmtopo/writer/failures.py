"""What the operating system refuses, as diagnostics."""

from __future__ import annotations

import errno
import stat

from kmtopo.diagnostics import Diagnostic, Reason, diagnose
from kmtopo.writer.places import unstaged

_CODES = {
    errno.ENOSPC: "KM702",
    errno.EDQUOT: "KM702",
    errno.EROFS: "KM703",
    errno.ELOOP: "KM704",
    errno.EACCES: "KM708",
    errno.EPERM: "KM708",
}


def failure(error: OSError, place: str, *, by: str = "") -> Diagnostic:
    """Returns the diagnostic for an operation that failed at a place; ``by`` names a command with help of its own."""
    number = error.errno or 0
    variant = {errno.ENOTDIR: "file", errno.EISDIR: "folder"}.get(number, "")
    return diagnose(
        _CODES.get(number, "KM701"),
        path=unstaged(place),
        reason=Reason.of(number),
        help="-".join(filter(None, (by, variant))),
    )


def obstacle(mode: int, place: str) -> Diagnostic:
    """Returns the diagnostic for something that is no file where a file has to be."""
    if stat.S_ISLNK(mode):
        return failure(OSError(errno.ELOOP, ""), place)
    if stat.S_ISDIR(mode):
        return failure(OSError(errno.EISDIR, ""), place)
    return diagnose("KM701", path=place, reason=Reason.of(errno.EEXIST), help="special")
