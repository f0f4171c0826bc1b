"""Command lines that run in this process, in a folder of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_lines import HELLO, Kmtopo, Outcome
from kmtopo.cli.app import run
from topologies import KMMOTOS


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and the working directory; nobody has asked for a language or for colours."""
    for name in ("KMTOPO_LANG", "LC_ALL", "LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def kmtopo(folder: Path, capsys: pytest.CaptureFixture[str]) -> Kmtopo:
    """Runs a command line there."""

    def ran(*arguments: str) -> Outcome:
        capsys.readouterr()
        code = run(list(arguments))
        printed = capsys.readouterr()
        return Outcome(int(code), printed.out, printed.err)

    return ran


@pytest.fixture
def hello(folder: Path) -> Path:
    """A folder with the smallest example."""
    (folder / "topology.yaml").write_text(HELLO, encoding="utf-8")
    return folder


@pytest.fixture
def kmmotos(folder: Path) -> Path:
    """A folder with KMMotos."""
    (folder / "topology.yaml").write_text(KMMOTOS, encoding="utf-8")
    return folder
