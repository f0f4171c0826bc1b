"""The public API is what public-api.txt lists: a change of it shows in review."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_public_api_is_the_listed_one(root: Path) -> None:
    folder = root / "tests" / "architecture"
    listed = (folder / "public-api.txt").read_text(encoding="utf-8")

    found = subprocess.run(
        [sys.executable, folder / "public_api.py"], capture_output=True, text=True, check=True
    ).stdout

    assert found == listed, "the public API changed: `make api`, then review public-api.txt and CHANGELOG.md"
