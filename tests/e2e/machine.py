"""What end-to-end tests need of this machine, and how they say that it is missing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

Words = tuple[str | Path, ...]


def cannot_start(what: str, why: str) -> NoReturn:
    """Ends the whole run: a machine that lacks something is no failed test, and no passed one either."""
    pytest.exit(f"cannot start {what}: {why}", returncode=3)


def program(name: str, what: str) -> str:
    """Returns where a program is; ``what`` cannot start without it."""
    return shutil.which(name) or cannot_start(what, f"no {name} on this machine, and apt-get could not bring it")


def run(*words: str | Path, what: str, **options: object) -> str:
    """Runs a program that prepares ``what``, and returns what it printed."""
    ended = subprocess.run(words, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]
    if ended.returncode != 0:
        cannot_start(what, f"{Path(words[0]).name} {words[1]}: {(ended.stderr or ended.stdout).strip()[-2000:]}")
    return str(ended.stdout)
