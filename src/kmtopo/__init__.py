"""kmtopo: a declarative multi-tenant topology compiler."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kmtopo.pipeline import Build

__all__ = ["__version__", "compile"]
__version__ = "0.1.0"


def compile(path: str | Path) -> Build:
    """Compiles a topology file into everything that a build would write, in memory.

    The result's ``ok`` tells whether it may be written, ``diagnostics`` what was found, ``graphs``
    what was understood, ``artifacts`` the files of each environment; ``environment(name)`` answers questions.

    Raises:
        OSError: the file cannot be read.
    """
    from pathlib import Path as AnyPath

    from kmtopo import pipeline
    from kmtopo.reading import read

    project = read(AnyPath(path))
    if project.root is None or project.refusals:
        raise OSError(f"{path}: {project.refusals[0].code}")
    return pipeline.run(pipeline.BUILDING, pipeline.start(project))
