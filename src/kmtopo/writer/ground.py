"""Ground: whether a folder is one that a build may be put into."""

from __future__ import annotations

import os.path
from collections.abc import Iterable
from pathlib import Path

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.writer.disk import Disk
from kmtopo.writer.places import STATE, place_of

_NOT_OURS = frozenset({".git", STATE})


def ground(root: Path, out: Path) -> tuple[Diagnostic, ...]:
    """Refuses a folder that is no build's own, whatever the user forces (KM710); a relative one is below ``root``.

    One that holds the project would mix what is generated with what it is generated from; a home folder
    and version control's belong to others.
    """
    project, folder = os.path.realpath(root), os.path.realpath(os.path.join(root, out))
    if os.path.commonpath((project, folder)) == folder:
        return (diagnose("KM710", path=out),)
    if folder == os.path.realpath(os.path.expanduser("~")):
        return (diagnose("KM710", help="home", path=out),)
    if _NOT_OURS & set(place_of(root, out).split("/")):
        return (diagnose("KM710", help="reserved", path=out),)
    return ()


def strangers(disk: Disk, place: str, expected: Iterable[str]) -> tuple[Diagnostic, ...]:
    """Tells of a folder without a manifest that has more in it than the folders we expect there (KM705).

    Hidden files do not count: a ``.gitkeep`` holds a folder for us.
    """
    try:
        names = [name for name in disk.names(place) if not name.startswith(".")] if place.strip("/") else []
    except OSError:
        return ()  # whoever looks for files there says why
    others = sorted({*names} - {*expected})
    return (diagnose("KM705", help="folder", path=place, name=others[0]),) if others else ()
