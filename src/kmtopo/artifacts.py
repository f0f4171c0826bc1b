"""Artifacts: the files that a build consists of, in memory."""

from __future__ import annotations

from pathlib import PurePosixPath

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
