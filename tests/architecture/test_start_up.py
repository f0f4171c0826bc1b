"""Asking for help is quick because it imports nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAVY = {"asyncio", "graphviz", "jinja2", "networkx", "pydantic", "rich", "yaml"}


def test_help_imports_nothing_heavy() -> None:
    kmtopo = Path(sys.executable).with_name("kmtopo")

    log = subprocess.run(
        [sys.executable, "-X", "importtime", kmtopo, "--help"], capture_output=True, text=True, check=True
    ).stderr
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in log.splitlines()}

    assert "kmtopo" in imported
    assert imported & HEAVY == set()
