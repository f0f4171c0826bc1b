"""Places: paths of files that cannot lead out of the folders that kmtopo may write to.

A *path* is relative to the output folder, as in the manifest. A *place* is the same file as the disk
knows it: relative to the project's root, or absolute where the output folder lies elsewhere.
"""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

STATE = ".kmtopo"
STAGED = ".kmtopo-new"
MANIFEST = "manifest.json"

_RESERVED = frozenset({"", ".", "..", ".git", STATE})
_LONGEST_NAME = 240
_STAGED = re.compile(rf"(?<![^/])\.([^/]*){re.escape(STAGED)}(?![^/])").sub
_PLAIN = re.compile(r"(?:\w[\w.-]{0,59}/)*\w[\w.-]{0,59}", re.ASCII).fullmatch


def place_of(root: Path, out: Path) -> str:
    """Returns the place of an output folder; a relative one is meant below ``root``.

    Below the project every folder on the way is checked for symbolic links later; elsewhere the
    parents are the user's choice, so that only the folder itself must not be one.
    """
    lexical, real = os.path.abspath(root), os.path.realpath(root)
    given = os.path.abspath(os.path.join(lexical, out))
    resolved = os.path.join(os.path.realpath(os.path.dirname(given)), os.path.basename(given))
    for path, base in ((given, lexical), (given, real), (resolved, real)):
        if path == base:
            return ""
        if path.startswith(base.rstrip("/") + "/"):
            return path[len(base.rstrip("/")) + 1 :]
    return resolved


def under(folder: str, path: str) -> str:
    """Joins a folder's place and a path below it; both "" and "/" are folders."""
    return f"{folder.rstrip('/')}/{path}" if folder else path


def folder_of(place: str) -> str:
    """Returns the place of the folder that holds this one: "" is the root, "/" the top of the file system."""
    head, slash, _ = place.rpartition("/")
    return head or slash


def folders_above(place: str) -> Iterator[str]:
    """Yields the folders on the way to a place, the nearest first; neither the root nor "/" is among them."""
    folder = folder_of(place)
    while folder.strip("/"):
        yield folder
        folder = folder_of(folder)


def staged(place: str) -> str:
    """Returns the place beside the given one where its new content waits for its turn."""
    head, slash, name = place.rpartition("/")
    return f"{head}{slash}.{name}{STAGED}"


def unstaged(place: str) -> str:
    """Returns the place that a staged file, or one in a staged folder, is meant for."""
    return _STAGED(r"\1", place)


def is_within(place: str, folder: str) -> bool:
    """Tells whether a place lies below a folder by its words alone."""
    prefix = under(folder, "")
    return place.startswith(prefix) and is_safe(place[len(prefix) :])


def is_safe(path: str) -> bool:
    """Tells whether a relative path stays below its folder, under a name that every file system can hold.

    Version control, ``.kmtopo`` and the names of staged files are out of bounds too.
    """
    if _PLAIN(path) and STAGED not in path.lower():
        return True
    return path.isprintable() and "\\" not in path and all(map(_is_safe_name, path.split("/")))


def fold(path: str) -> str:
    """Returns what two paths have in common when some file system takes them for the same file."""
    return path.lower() if path.isascii() else normalize("NFC", path).casefold()


def _is_safe_name(name: str) -> bool:
    return (
        name.lower() not in _RESERVED
        and not name.lower().endswith(STAGED)
        and len(name.encode("utf-8", "replace")) <= _LONGEST_NAME
    )
