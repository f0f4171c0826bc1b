"""The wheel alone is enough: whoever installs it has every command, page, example and generator."""

from __future__ import annotations

import hashlib
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kmtopo.texts import CODES

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(path.parent.name for path in ROOT.glob("examples/*/topology.yaml"))

pytestmark = pytest.mark.e2e


def digest(folder: Path) -> str:
    """One SHA-256 over the names, modes and contents of all files below the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = (
        f"{path.relative_to(folder)} {path.stat().st_mode:o} {hashlib.sha256(path.read_bytes()).hexdigest()}\n"
        for path in files
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def test_a_new_project_checks_and_builds(installed, tmp_path):
    assert installed.kmtopo("init", "tienda", cwd=tmp_path).returncode == 0
    for command in ("check", "build", "plan"):
        result = installed.kmtopo(command, cwd=tmp_path / "tienda")
        assert result.returncode == 0, result.stdout + result.stderr

    assert list(tmp_path.glob("tienda/build/*/*/compose.yaml"))
    assert list(tmp_path.glob("tienda/build/*/diagrams/deployment.svg"))


def test_a_second_build_changes_nothing(installed, kmmotos):
    before = {path: path.stat().st_mtime_ns for path in kmmotos.rglob("*") if path.is_file()}

    assert installed.kmtopo("build", "--check", cwd=kmmotos).returncode == 0
    assert installed.kmtopo("build", cwd=kmmotos).returncode == 0

    built = {path: time for path, time in before.items() if ".kmtopo" not in path.parts}
    assert {path: path.stat().st_mtime_ns for path in built} == built


def test_the_tree_is_the_same_for_another_user_folder_seed_locale_and_time_zone(installed, kmmotos, open_folder):
    elsewhere = open_folder / "otro lugar"
    elsewhere.mkdir()
    for name in ("topology.yaml", "kmtopo.lock"):
        if (kmmotos / name).exists():
            shutil.copy(kmmotos / name, elsewhere)
    if user := installed.other_user:
        for path in (elsewhere, *elsewhere.iterdir()):
            shutil.chown(path, user)
    who = {"USER": "nobody", "LOGNAME": "nobody", "HOME": "/nonexistent"}
    where = {"LANG": "es_HN.UTF-8", "LC_ALL": "C", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "7"}

    result = installed.kmtopo("build", cwd=elsewhere, user=user, umask=0o077, **who, **where)

    assert result.returncode == 0, result.stdout + result.stderr
    assert digest(elsewhere / "build") == digest(kmmotos / "build")


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_can_be_started_from_and_builds(example, installed, tmp_path):
    assert installed.kmtopo("init", "copia", "--example", example, cwd=tmp_path).returncode == 0

    result = installed.kmtopo("build", cwd=tmp_path / "copia")

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_code_explains_itself_offline(language, installed, tmp_path):
    def explained(code: str) -> str:
        result = installed.kmtopo("--lang", language, "explain", code, cwd=tmp_path)
        return result.stdout if result.returncode == 0 else ""

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        pages = dict(zip(CODES, pool.map(explained, CODES), strict=True))

    assert [code for code, page in pages.items() if code not in page] == []
