"""Other programs: asked without a shell, fed on standard input, so that no value stands in a list of processes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from kmtopo.diagnostics import diagnose
from kmtopo.secrets.failures import Refused

_LONGEST_REASON = 300


def answer(words: Iterable[str], data: bytes = b"", folder: Path | None = None, hidden: Iterable[bytes] = ()) -> bytes:
    """Runs a program and returns what it prints; ``hidden`` are values that no reason may repeat.

    Raises:
        Refused: it is not on this machine, or ends with an error.
    """
    ended = run(words, data, folder)
    if ended.returncode:
        raise failed(next(iter(words)), ended.stderr, hidden)
    return ended.stdout


def run(words: Iterable[str], data: bytes = b"", folder: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """Runs a program to its end, whatever that is.

    Raises:
        Refused: it is not on this machine.
    """
    program, *arguments = words
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        return subprocess.run(  # noqa: S603 - words, never a shell's line
            [program, *arguments], input=data, cwd=folder, env=environment, capture_output=True, check=False
        )
    except (FileNotFoundError, PermissionError):
        raise Refused(diagnose("KM813", program=program)) from None


def failed(program: str, said: bytes, hidden: Iterable[bytes] = ()) -> Refused:
    """Returns what to raise for a program that ended with an error."""
    text = said.decode("utf-8", "replace")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    is_telling = any(value and value in said for value in hidden)
    reason = "…" if is_telling or not lines else lines[0][:_LONGEST_REASON]
    return Refused(diagnose("KM814", program=program, reason=reason), text)
