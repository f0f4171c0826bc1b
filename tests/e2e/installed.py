"""kmtopo as its users have it: installed from the wheel, far from this repository."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Installed:
    """The wheel in an environment of its own."""

    folder: Path

    def kmtopo(
        self, *arguments: str, cwd: Path, user: str | None = None, umask: int = 0o022, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Runs the installed command with nothing of this process's environment."""
        return subprocess.run(
            [self.folder / "bin" / "kmtopo", *arguments],
            cwd=cwd,
            env={"PATH": os.defpath, "LANG": "en_US.UTF-8", **environment},
            user=user,
            umask=umask,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def other_user(self) -> str | None:
        """A user that may run this installation besides us; None where we may not become one, or it may not."""
        interpreter = (self.folder / "bin" / "python").resolve()
        open_to_all = all(folder.stat().st_mode & 0o005 == 0o005 for folder in interpreter.parents)
        return "nobody" if os.geteuid() == 0 and open_to_all else None
