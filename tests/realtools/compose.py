"""The real Compose and compose-lint: what they accept, and what they read."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import compose

# The console script of the same package exits 0 whatever happens; the program beside the package does not.
PROGRAM = Path(compose.__file__).parent / "docker-compose"

WITHOUT_DIGESTS = """\
rules:
  CL-0019:
    enabled: false
    reason: a digest comes from the topology, never from kmtopo
"""


@dataclass(frozen=True)
class Verdict:
    """How a program ended and what it said."""

    code: int
    said: str


def config(folder: Path, environment: dict[str, str] | None = None) -> Verdict:
    """Lets Compose check the ``compose.yaml`` of a folder."""
    ended = _compose(folder, environment, "config", "-q")
    return Verdict(ended.returncode, ended.stderr)


def read(folder: Path, environment: dict[str, str] | None = None) -> dict[str, Any]:
    """Returns what Compose understood, with ``$$`` resolved as it is when a container starts."""
    ended = _compose(folder, environment, "config", "--format", "json")
    assert ended.returncode == 0, ended.stderr
    return _resolved(json.loads(ended.stdout))


def lint(folder: Path) -> Verdict:
    """Lets compose-lint judge the ``compose.yaml`` of a folder; only missing digests are forgiven, and not in the file."""
    with NamedTemporaryFile("w", suffix=".yml", encoding="utf-8") as settings:
        settings.write(WITHOUT_DIGESTS)
        settings.flush()
        options = ["--config", settings.name, "--strict-config", "--fail-on", "medium", "--skip-suppressed", "-q"]
        command = [sys.executable, "-m", "compose_lint", "check", *options, "compose.yaml"]
        ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return Verdict(ended.returncode, ended.stdout + ended.stderr)


def _compose(folder: Path, environment: dict[str, str] | None, *words: str) -> subprocess.CompletedProcess[str]:
    command = [PROGRAM, "-f", "compose.yaml", *words]
    # A clean environment: a variable of the machine that runs the test would be read as one of the target's.
    surroundings = {"HOME": str(folder), **(environment or {})}
    return subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)


def _resolved(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _resolved(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_resolved(inner) for inner in value]
    return value.replace("$$", "$") if isinstance(value, str) else value
