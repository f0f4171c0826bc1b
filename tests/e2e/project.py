"""A copy of this repository's topology, compiled by the installed wheel, with what lies beside it on a real machine."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from e2e.builder import IMAGES, PREFIX
from e2e.installed import Installed
from realtools.compose import PROGRAM

# By the repository of an image: the test image that stands for it.
STAND_INS = {
    "axllent/mailpit": "mailpit",
    "kmmotos/backend": "backend",
    "kmmotos/frontend": "frontend",
    "mongo": "mongo",
    "nginx": "nginx",
    "node": "node",
    "postgres": "postgres",
    "redis": "redis",
}
COMPOSE = "compose.yaml"


@dataclass(frozen=True)
class Project:
    """A folder with a topology; ``environment`` is the one that is started, on the machine ``vps``."""

    folder: Path
    installed: Installed
    environment: str
    vps: str

    @property
    def tree(self) -> Path:
        """What an operator copies to the machine and starts."""
        return self.folder / "build" / self.environment / self.vps

    @property
    def code(self) -> Path:
        """The application, as a developer's machine has it."""
        return self.folder.parent / "backend"

    @property
    def override(self) -> Path:
        """The one file that the tests add: it says which images are started. Compose reads JSON as YAML."""
        return self.folder / "images.json"

    @property
    def secrets(self) -> Path:
        """Where the values of secrets lie."""
        return self.folder / "secrets" / self.environment

    def edit(self, old: str, new: str) -> None:
        """Changes the topology in one place."""
        path = self.folder / "topology.yaml"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the topology"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def cut(self, first: str, after: str) -> None:
        """Takes a part out of the topology."""
        path = self.folder / "topology.yaml"
        before, _, rest = path.read_text(encoding="utf-8").partition(first)
        path.write_text(before + after + rest.partition(after)[2], encoding="utf-8")

    def kmtopo(self, *words: str) -> str:
        """Runs the installed command in the folder, and returns what it printed."""
        ended = self.installed.kmtopo(*words, cwd=self.folder)
        assert ended.returncode == 0, f"kmtopo {words}: {ended.stdout}{ended.stderr}"
        return ended.stdout

    def build(self) -> str:
        """Compiles the topology, sees to it that secrets and the override file are there, and returns what was told."""
        told = self.kmtopo("build", "--env", self.environment)
        self.kmtopo("secrets", "init", "--env", self.environment)
        services = self._read(COMPOSE)["services"]
        images = {name: {"image": stand_in(service["image"])} for name, service in services.items()}
        self.override.write_text(json.dumps({"services": images}), encoding="utf-8")
        return told

    def differences(self) -> list[str]:
        """Lists what the override file changes besides images: ``services.nginx.command``."""
        found = _different((), self._read(COMPOSE), self._read(COMPOSE, self.override))
        return sorted(".".join(path) for path in found if path[0::2] != ("services", "image"))

    def _read(self, *files: str | Path) -> dict[str, Any]:
        """Returns what the real Compose understands of some files together."""
        chosen = [word for file in files for word in ("-f", file)]
        command = [PROGRAM, *chosen, "config", "--format", "json"]
        surroundings = {"HOME": str(self.folder)}
        ended = subprocess.run(command, cwd=self.tree, env=surroundings, capture_output=True, text=True, check=True)
        understood: dict[str, Any] = json.loads(ended.stdout)
        return understood


def stand_in(image: str) -> str:
    """Returns the test image that stands for another: ``postgres:17.6``."""
    return f"{PREFIX}/{STAND_INS[image.partition('@')[0].rpartition(':')[0]]}"


def _different(path: tuple[str, ...], left: Any, right: Any) -> Iterator[tuple[str, ...]]:
    if isinstance(left, dict) and isinstance(right, dict):
        for key in left.keys() | right.keys():
            yield from _different((*path, key), left.get(key), right.get(key))
    elif left != right:
        yield path


def copied(folder: Path, source: Path, installed: Installed, environment: str, vps: str) -> Project:
    """Copies what an architect wrote, with the code beside it that a developer's machine has."""
    topology = folder / "topology"
    topology.mkdir(parents=True)
    for name in ("topology.yaml", "kmtopo.lock"):
        shutil.copy(source / name, topology)
    shutil.copytree(IMAGES / "backend/app", folder / "backend")
    cache = folder / "backend/bootstrap/cache"
    cache.mkdir(parents=True)
    cache.chmod(0o1777)  # as in the image, see its Dockerfile
    shutil.copytree(IMAGES / "node/app", folder / "frontend")
    return Project(topology, installed, environment, vps)
