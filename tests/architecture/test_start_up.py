"""A start imports nothing heavy that it does not use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAVY = {"asyncio", "graphviz", "jinja2", "networkx", "pydantic", "pydantic_core", "rich", "yaml"}


def imported_by(*arguments: str | Path) -> set[str]:
    kmtopo = Path(sys.executable).with_name("kmtopo")
    command = [sys.executable, "-X", "importtime", kmtopo, *arguments]
    log = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in log.splitlines()}


def test_help_imports_nothing_heavy() -> None:
    imported = imported_by("--help")

    assert "kmtopo" in imported
    assert imported & HEAVY == set()


def test_a_check_reads_with_pydantic_core_and_without_pydantic(root: Path) -> None:
    """Neither the entries of the file, nor the options of generators, nor Typer may ask for pydantic (0052)."""
    imported = imported_by("check", root / "topology.yaml")

    assert imported & HEAVY == {"pydantic_core", "yaml"}
