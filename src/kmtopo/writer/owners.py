"""Owners: who made each file that kmtopo wrote."""

from __future__ import annotations

from pathlib import Path

from kmtopo.writer.disk import Disk
from kmtopo.writer.manifest import Manifest
from kmtopo.writer.places import MANIFEST, place_of, under


def owners(root: Path, out: Path) -> dict[str, str]:
    """Returns the generator of each file by path, as the manifest says it; nothing where there is none that can be read."""
    try:
        with Disk(root) as disk:
            record = Manifest.parse(disk.read(under(place_of(root, out), MANIFEST)).decode())
    except (OSError, ValueError):
        return {}
    return {path: entry.generator for path, entry in record.files.items()}
