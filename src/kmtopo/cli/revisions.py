"""A project as it was: at a revision of git, or in another file."""

from __future__ import annotations

import os
import posixpath
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory

from kmtopo.cli.session import Exit, Session
from kmtopo.source import LOCK_NAME, ROOT_NAME, TEMPLATES, Source, folder_of
from kmtopo.syntax.inclusion import inclusions

_LINK, _SUBMODULE = "120000", "160000"
# As many links as a file system follows from one name.
_MOST_LINKS = 40


@contextmanager
def as_it_was(session: Session, file: Path, against: str) -> Iterator[Path]:
    """Yields the path of the topology to compare with: the file or folder of that name, else the one at that revision."""
    # Of a name that is too long for a file, too, it says that there is none.
    if os.path.exists(against):
        yield Path(against)
        return
    with TemporaryDirectory(prefix="kmtopo-") as folder:
        yield _checked_out(session, file, against, Path(folder))


def _checked_out(session: Session, file: Path, revision: str, folder: Path) -> Path:
    """Writes what the topology is made of, and nothing else: a repository may hold much besides."""
    if shutil.which("git") is None:
        raise session.refuse("no-git", Exit.MISSING)
    here = folder_of(file)
    root = ROOT_NAME if file == here else file.name
    # A word that begins with a dash would be an option of git.
    commit = _git(here, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise session.refuse("no-revision", name=revision)
    tree = _Tree(here, commit.decode().strip())
    if root not in tree.names:
        raise session.refuse("not-in-revision", Exit.PROBLEM, path=file, revision=revision)
    for contents in (tree.contents([root]), tree.contents(tree.belonging_to(root))):
        for name, content in contents.items():
            target = folder / name
            if target.resolve().is_relative_to(folder.resolve()):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
    return folder if file == here else folder / root


class _Tree:
    """A folder at a commit; files that are links there count as what they lead to."""

    def __init__(self, folder: Path, commit: str) -> None:
        self._folder = folder
        listed = _git(folder, "ls-tree", "-r", "-z", "--full-tree", commit) or b""
        lines = listed.decode("utf-8", "surrogateescape").split("\0")
        self._found = dict(_entry(line) for line in lines if line and not line.startswith(_SUBMODULE))
        self._prefix = (
            (_git(folder, "rev-parse", "--show-prefix") or b"").decode("utf-8", "surrogateescape").strip("\n")
        )
        self.names = frozenset(n.removeprefix(self._prefix) for n in self._found if n.startswith(self._prefix))

    def belonging_to(self, root: str) -> list[str]:
        """The names of what belongs to a topology besides itself: its lock, templates, and what it includes."""
        text = self.contents([root]).get(root, b"").decode("utf-8", "replace")
        patterns = [posixpath.normpath(each.pattern) for each in inclusions(Source(root, text))]
        return sorted(n for n in self.names - {root} if _is_lock_or_template(n) or any(_covers(p, n) for p in patterns))

    def contents(self, names: Iterable[str]) -> Mapping[str, bytes]:
        """What some files hold, all of it asked for at once; a link that leads nowhere in the repository is left out."""
        held = {name: found for name in names if (found := self._held_by(self._prefix + name)) is not None}
        return dict(zip(held, _blobs(self._folder, list(held.values())), strict=True))

    def _held_by(self, path: str) -> str | None:
        """The object that a path leads to."""
        for _ in range(_MOST_LINKS):
            mode, name = self._found.get(path, ("", ""))
            if mode != _LINK:
                return name or None
            (target,) = _blobs(self._folder, [name])
            path = posixpath.normpath(
                posixpath.join(posixpath.dirname(path), target.decode("utf-8", "surrogateescape"))
            )
        return None


def _entry(line: str) -> tuple[str, tuple[str, str]]:
    what, _, path = line.partition("\t")
    mode, _, name = what.split(" ")
    return path, (mode, name)


def _is_lock_or_template(name: str) -> bool:
    return name == LOCK_NAME or name.startswith(f"{TEMPLATES}/")


def _covers(pattern: str, name: str) -> bool:
    """Whether a pattern may mean a file: which of these it does mean is found out where they are read."""
    return fnmatchcase(name, pattern.replace("**/", "*"))


def _blobs(folder: Path, names: list[str]) -> list[bytes]:
    """The contents of objects, in their order."""
    answer = _git(folder, "cat-file", "--batch", typed="".join(f"{name}\n" for name in names).encode()) or b""
    found = []
    for _ in names:
        head, _, answer = answer.partition(b"\n")
        size = int(head.rpartition(b" ")[2])
        found.append(answer[:size])
        answer = answer[size + 1 :]
    return found


def _git(folder: Path, *words: str, typed: bytes = b"") -> bytes | None:
    """Asks git; None where it says no."""
    ended = subprocess.run(["git", *words], cwd=folder, input=typed, capture_output=True, check=False)  # noqa: S603, S607
    return ended.stdout if ended.returncode == 0 else None
