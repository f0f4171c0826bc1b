"""What architecture tests look at: the repository itself, as it lies on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MADE_BY_COMMANDS = frozenset({".git", "__pycache__", "build", "dist", "secrets"})  # in a work tree .git is a file


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    """The text files of the repository by their path in it."""
    found = {}
    for path in sorted(_files(ROOT)):
        try:
            found[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_symlink() or path.name in MADE_BY_COMMANDS:
            continue
        if path.is_dir() and (path.name == ".ci" or not path.name.startswith(".")):
            yield from _files(path)
        elif path.is_file():
            yield path
