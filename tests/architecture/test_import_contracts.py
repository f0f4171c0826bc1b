"""The import contracts of pyproject.toml hold, and they would notice if they did not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINT_IMPORTS = str(Path(sys.executable).with_name("lint-imports"))

PLANTED = {
    "phases flow one way": ("src/kmtopo/artifacts.py", "import kmtopo.plugin", "kmtopo.artifacts -> kmtopo.plugin"),
    "generators know kmtopo.plugin and nothing else of kmtopo": (
        "generators/kmtopo_env/__init__.py",
        "from kmtopo.artifacts import Artifact",
        "kmtopo_env -> kmtopo.artifacts",
    ),
    "generators do not know one another": (
        "generators/kmtopo_env/__init__.py",
        "import kmtopo_nginx",
        "kmtopo_env -> kmtopo_nginx",
    ),
    "a picture: views on signs, signs on ink": (
        "generators/kmtopo_diagram/ink/svg.py",
        "import kmtopo_diagram.signs.marks",
        "kmtopo_diagram.ink.svg -> kmtopo_diagram.signs.marks",
    ),
    "the core knows no generator": ("src/kmtopo/registry.py", "import kmtopo_env", "kmtopo.registry -> kmtopo_env"),
    "verification shares no code with what it verifies": (
        "src/kmtopo/verify/facts.py",
        "from kmtopo.resolve.delivery import deliver",
        "kmtopo.verify.facts -> kmtopo.resolve.delivery",
    ),
    "only source, writer, secrets, layout, testing and cli touch the world": (
        "src/kmtopo/pipeline.py",
        "from os import environ",
        "kmtopo.pipeline -> os",
    ),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs the contracts of the repository's copy (or original) in the folder."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(folder / "src"), str(folder / "generators")])}
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache", "--no-logo"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_holds(root: Path) -> None:
    result = lint(root)

    assert result.returncode == 0, result.stdout
    assert f"Contracts: {len(PLANTED)} kept, 0 broken." in result.stdout


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_violation_is_caught_with_its_line(contract: str, root: Path, tmp_path: Path) -> None:
    file, line, seen = PLANTED[contract]
    shutil.copy(root / "pyproject.toml", tmp_path)
    shutil.copytree(root / "src", tmp_path / "src")
    shutil.copytree(root / "generators", tmp_path / "generators")
    with (tmp_path / file).open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")

    result = lint(tmp_path)

    assert f"{contract} BROKEN" in result.stdout
    assert f"{seen} (l." in result.stdout
