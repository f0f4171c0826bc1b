"""A project as it was: at a revision of git, or in another file."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kmtopo.cli.session import Exit, Session
from kmtopo.source import LOCK_NAME, TEMPLATES, folder_of

# What a topology is made of, whatever else lies beside it.
_ENDINGS = (".yaml", ".yml", ".csv")


@contextmanager
def as_it_was(session: Session, file: Path, against: str) -> Iterator[Path]:
    """Yields the path of the topology to compare with: the file or folder of that name, else the one at that revision."""
    if Path(against).exists():
        yield Path(against)
        return
    with TemporaryDirectory(prefix="kmtopo-") as folder:
        yield _checked_out(session, file, against, Path(folder))


def _checked_out(session: Session, file: Path, revision: str, folder: Path) -> Path:
    here = folder_of(file)
    # A word that begins with a dash would be an option of git.
    known = _git(session, here, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if known is None:
        raise session.refuse("no-revision", name=revision)
    commit = known.decode().strip()
    listed = _git(session, here, "ls-tree", "-r", "-z", "--name-only", commit, "--", ".") or b""
    for name in filter(_is_wanted, listed.decode("utf-8", "surrogateescape").split("\0")):
        content = _git(session, here, "show", f"{commit}:./{name}")
        target = folder / name
        if content is not None and target.resolve().is_relative_to(folder.resolve()):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    found = folder / file.relative_to(here) if file != here else folder
    if not found.exists():
        raise session.refuse("not-in-revision", Exit.PROBLEM, path=file, revision=revision)
    return found


def _is_wanted(name: str) -> bool:
    return name == LOCK_NAME or name.endswith(_ENDINGS) or name.startswith(f"{TEMPLATES}/")


def _git(session: Session, folder: Path, *words: str) -> bytes | None:
    """Asks git; None where it says no."""
    try:
        ended = subprocess.run(["git", *words], cwd=folder, capture_output=True, check=False)  # noqa: S603, S607
    except OSError:
        raise session.refuse("no-git", Exit.MISSING) from None
    return ended.stdout if ended.returncode == 0 else None
