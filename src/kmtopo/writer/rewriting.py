"""Rewriting: the text of one of the user's own files, replaced in one step."""

from __future__ import annotations

import codecs
import errno
import os
import stat
from pathlib import Path

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.source import Source
from kmtopo.writer.disk import Disk
from kmtopo.writer.failures import failure
from kmtopo.writer.places import staged


def rewrite(folder: Path, source: Source, text: str) -> Diagnostic | None:
    """Puts a new text in the place of a source that was read from a folder; returns what stood in the way.

    Byte order mark and permissions stay. A symbolic link stays one: what it leads to is replaced. A file
    that is not what was read any more (ESTALE), or may not be written to, is left alone.
    """
    path = Path(os.path.realpath(folder / source.name))
    try:
        with Disk(path.parent) as disk:
            if not _replace(disk, path, source.text, text):
                return diagnose("KM701", path=source.name, help="changed")
    except OSError as error:
        return failure(error, source.name, by="rewrite")
    return None


def _replace(disk: Disk, path: Path, before: str, after: str) -> bool:
    content = disk.read(path.name)
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    if content != mark + before.encode("utf-8"):
        return False
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "")
    status = disk.look(path.name)
    mode = stat.S_IMODE(status.st_mode) if status else 0o644
    waiting = staged(path.name)
    disk.discard(waiting)
    try:
        disk.create(waiting, mark + after.encode("utf-8"), mode)
        disk.rename(waiting, path.name)
    except OSError:
        disk.discard(waiting)
        raise
    disk.flush_folder("")
    return True
