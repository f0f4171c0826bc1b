"""Artifacts: the files that a build consists of, in memory, and where they are not as generators make them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Literal

from kmtopo.addresses import Address
from kmtopo.values import frozen


@frozen
class Artifact:
    """One output file: where (relative to the environment's root), what, and which parts of the topology it came from.

    ``content`` ends lines with LF and has a final one. A comment line ``# from ADDRESS`` (or ``--``,
    ``//``, ``%%``) opens the block that came from that address: ``trace.json`` is made of these.
    """

    path: PurePosixPath
    content: str
    mode: int = 0o644
    origins: tuple[Address, ...] = ()


@frozen
class Hatch:
    """Where a project departs from what generators make: by a patch of a built file, or by a template of its own.

    A patch has its ``path`` in the file, its ``place`` in the topology and its reason.
    """

    kind: Literal["patch", "template"]
    file: str
    path: str = ""
    place: str = ""
    why: str = ""
