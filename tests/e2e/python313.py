"""The Python that MongoDB's stand-in runs on: 3.13, copied from this machine into the image."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from e2e.machine import run

WHAT = "MongoDB's stand-in"
UNUSED = ("test", "idlelib", "tkinter", "ensurepip", "site-packages", "__pycache__", "config-3.13*", "*.a")
# Says where it lies; one without what the stand-in needs says nothing.
QUESTION = """
import json, pip, sqlite3, ssl, sys, sysconfig
paths = (sys.executable, sysconfig.get_path("stdlib"), sysconfig.get_config_var("LIBDIR"))
print(json.dumps([*paths, sysconfig.get_config_var("INSTSONAME")]))
"""


@dataclass(frozen=True)
class Python:
    """An installation: its interpreter, its standard library, and the shared library that it may come with."""

    interpreter: Path
    library: Path
    shared: Path

    def copy(self, target: Path) -> None:
        """Copies it into a folder, less what no server needs."""
        shutil.copytree(self.library, target / "lib/python3.13", ignore=shutil.ignore_patterns(*UNUSED))
        (target / "bin").mkdir()
        shutil.copy2(self.interpreter, target / "bin/python3.13")
        if self.shared.is_file():
            shutil.copy2(self.shared, target / "lib")

    def install(self, target: Path, package: str) -> None:
        """Installs a package and what it needs into a folder."""
        run(self.interpreter, "-m", "pip", "install", "--quiet", "--target", target, package, what=WHAT)


@cache
def found() -> Python | None:
    """Returns the first that can carry the stand-in, None where this machine has none."""
    return next(filter(None, map(_asked, _candidates())), None)


def _candidates() -> list[str]:
    usual = [name for name in (shutil.which("python3.13"), shutil.which("python3")) if name]
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    return [*usual, *map(str, sorted(root.glob("versions/3.13.*/bin/python3.13")))]


def _asked(name: str) -> Python | None:
    code = f"import sys; sys.version_info[:2] == (3, 13) or sys.exit(1)\n{QUESTION}"
    try:
        ended = subprocess.run([name, "-I", "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return None
    if ended.returncode != 0:
        return None
    interpreter, library, folder, shared = json.loads(ended.stdout)
    return Python(Path(interpreter), Path(library), Path(folder) / shared)
