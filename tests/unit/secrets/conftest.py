"""Folders to keep secrets in, and programs on the path."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from topologies import ROOT


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A topology's folder, and the working directory: paths in messages are relative to it."""
    monkeypatch.chdir(tmp_path)
    return Path()


@pytest.fixture
def sops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program ``sops`` on the path, and the key that it asks for; returns its folder."""
    programs = tmp_path / "programs"
    programs.mkdir()
    program = programs / "sops"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} {ROOT / "tests" / "fake_sops.py"} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    monkeypatch.setenv("SOPS_AGE_KEY", "AGE-SECRET-KEY-1TEST")
    return programs


@pytest.fixture
def no_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with no other program."""
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
