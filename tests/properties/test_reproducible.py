"""The same topology gives the same bytes: in another folder, under another hash seed, locale, time zone and user."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import picture_sums
from topologies import DATA, KMMOTOS

NOBODY = 65534
KMTOPO = Path(sys.executable).with_name("kmtopo")
DRAWING = (sys.executable, picture_sums.__file__, str(DATA / "kmmotos.yaml"))
HERE = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8", "KMTOPO_LANG": "en"}
THERE = {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "0", "KMTOPO_LANG": "en"}
# What a bare machine has: no program, no font, no home; the sort and case of letters are another language's.
BARE = {"PATH": "", "HOME": "/nonexistent", "LC_ALL": "tr_TR.ISO-8859-9", "PYTHONUTF8": "0", "PYTHONHASHSEED": "4242"}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user can reach, unlike pytest's own."""
    with TemporaryDirectory(prefix="kmtopo-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def project(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "topology.yaml").write_text(KMMOTOS, encoding="utf-8")
    return folder


def build(folder: Path, surroundings: dict[str, str], user: tuple[str, ...] = ()) -> str:
    """Builds a project with the real command; returns the first line that it prints."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), **surroundings}
    ended = subprocess.run(
        [*user, str(KMTOPO), "build"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.partition("\n")[0]


def digest(folder: Path) -> str:
    """One sum over the paths, modes and contents of everything that a build wrote, the lock included."""
    paths = [folder / "kmtopo.lock", *sorted(p for p in (folder / "build").rglob("*") if p.is_file())]
    return sha256(b"".join(part for path in paths for part in said(path, folder))).hexdigest()


def said(path: Path, folder: Path) -> tuple[bytes, ...]:
    return f"{path.relative_to(folder)} {path.stat().st_mode:o}\n".encode(), path.read_bytes()


def as_nobody() -> tuple[str, ...]:
    """The command that runs another as another user; none where this one may not, or the other cannot reach us."""
    setpriv = shutil.which("setpriv")
    if setpriv is None or os.geteuid() != 0:
        return ()
    command = (setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    tried = subprocess.run([*command, str(KMTOPO), "--help"], cwd="/", capture_output=True, check=False)
    return command if tried.returncode == 0 else ()


def test_the_surroundings_change_no_byte(folder: Path) -> None:
    one, other = project(folder / "one"), project(folder / "somewhere" / "else" / "ñandú")
    user = as_nobody()
    if user:
        os.chown(other, NOBODY, NOBODY)

    assert build(one, HERE).startswith("wrote build: ")
    assert build(other, THERE, user).startswith("wrote build: ")

    assert digest(one) == digest(other)


def test_a_second_build_changes_nothing_and_says_so(folder: Path) -> None:
    one = project(folder / "one")
    build(one, HERE)
    before = digest(one), {p: p.stat().st_mtime_ns for p in one.rglob("build/**/*") if p.is_file()}

    assert build(one, THERE).startswith("nothing to change: ")

    assert before == (digest(one), {p: p.stat().st_mtime_ns for p in one.rglob("build/**/*") if p.is_file()})


def drawn(surroundings: dict[str, str], user: tuple[str, ...] = ()) -> dict[str, str]:
    """The checksums of KMMotos's pictures in every view and format, drawn in a process of their own."""
    ended = subprocess.run(
        [*user, *DRAWING], cwd="/", env=surroundings, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert ended.returncode == 0, ended.stderr
    sums: dict[str, str] = json.loads(ended.stdout)
    return sums


def test_a_bare_machine_draws_the_same_pictures_in_every_view_and_format(folder: Path) -> None:
    pytest.importorskip("svg2pdf_py")
    (folder / "fonts.conf").write_text("<fontconfig/>\n", encoding="utf-8")
    normal = drawn({**os.environ})

    assert drawn({**BARE, "FONTCONFIG_FILE": str(folder / "fonts.conf")}, as_nobody()) == normal
    assert {name.rpartition(".")[2] for name in normal} == {
        *("svg", "png", "pdf", "html"),
        *("mmd", "dot", "d2", "puml", "dsl", "json", "graphml"),
    }
