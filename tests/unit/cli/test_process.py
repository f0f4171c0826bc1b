"""The program as a process: what it leaves on its streams, whoever reads them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from command_lines import HELLO

KMTOPO = str(Path(sys.executable).with_name("kmtopo"))


def ran(folder: Path, script: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Runs a shell script in which ``$K`` is the program."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "K": KMTOPO, **environ}
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "topology.yaml").write_text(HELLO, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "command", ["schema", "explain KM201", "--help", "--version", "show api", "graph --format dot"]
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_behind_standard_output_is_told(command: str, folder: Path) -> None:
    result = ran(folder, f'"$K" {command} > /dev/full')

    assert (result.returncode, result.stderr) == (
        1,
        "kmtopo: the output cannot be written: the disk is full\n",
    )


def test_nobody_reading_on_is_no_fault(folder: Path) -> None:
    result = ran(folder, '"$K" schema | head -1')

    assert (result.returncode, result.stdout, result.stderr) == (0, "{\n", "")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "2>/dev/full"])
def test_a_stream_that_is_closed_is_no_traceback(closed: str, folder: Path) -> None:
    result = ran(folder, f'"$K" schema {closed}')

    assert (result.returncode, result.stderr) == (0, "")


def test_what_is_piped_has_no_colour_and_no_progress(folder: Path) -> None:
    result = ran(folder, '"$K" build && "$K" graph --format dot')

    assert (result.returncode, result.stderr) == (0, "")
    assert "\x1b" not in result.stdout


def test_a_stream_without_an_alphabet_gets_numbers(folder: Path) -> None:
    result = ran(folder, '"$K" build --only env && "$K" --lang es build --only env', PYTHONIOENCODING="ascii")

    assert result.returncode == 0
    assert "nada que cambiar: 6 archivos al d\\xeda en build\n" in result.stdout


def test_the_language_comes_from_the_locale(folder: Path) -> None:
    assert "Empieza una topología" in ran(folder, '"$K" --help', LANG="es_HN.UTF-8", PYTHONUTF8="1").stdout


def test_completion_is_offered(folder: Path) -> None:
    # The shell that asks has to be the program's parent: bash would give its place to a last command.
    shown = ran(folder, '"$K" --show-completion && true')
    completed = ran(folder, '"$K"', _KMTOPO_COMPLETE="complete_bash", COMP_WORDS="kmtopo expl", COMP_CWORD="1")

    assert (shown.returncode, shown.stderr) == (0, "")
    assert "_KMTOPO_COMPLETE=complete_bash" in shown.stdout
    assert (completed.returncode, completed.stdout) == (0, "explain\n")
