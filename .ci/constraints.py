"""Prints uv.lock as pip constraints, so that both installers give the same versions."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any


def main(lock: str) -> None:
    """Prints one line a locked package, with the marker of the Pythons that it holds for."""
    packages = tomllib.loads(Path(lock).read_text(encoding="utf-8"))["package"]
    print("\n".join(_constraint(package) for package in packages if "registry" in package["source"]))


def _constraint(package: dict[str, Any]) -> str:
    markers = " or ".join(f"({marker})" for marker in package.get("resolution-markers", ()))
    return f"{package['name']}=={package['version']}" + (f" ; {markers}" if markers else "")


if __name__ == "__main__":
    main(*sys.argv[1:])
