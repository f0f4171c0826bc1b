"""Freshness: whether a whole build can be spared, because its files lie there untouched."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from kmtopo.writer.disk import Disk, signature
from kmtopo.writer.places import place_of
from kmtopo.writer.sightings import Sightings, load_sightings


def is_fresh(root: Path, out: Path, *, version: str, inputs: str) -> bool:
    """Tells whether the last commit was of this whole build, and no file of it has been touched since.

    It asks the disk for the state of each file and reads next to none, so that a caller whose ``inputs``
    cover everything that outputs are made from need not compile at all. False wherever in doubt.
    """
    place = place_of(root, out)
    with Disk(root) as disk:
        known = load_sightings(disk, place)
        if not known.build or known.build != f"{version} {inputs}":
            return False
        try:
            return all(_is_untouched(disk, known, file) for file in known.files)
        except OSError:
            return False


def _is_untouched(disk: Disk, known: Sightings, place: str) -> bool:
    status = disk.look(place)
    if status is None:
        return False
    now = known.sha256(place, signature(status)) or sha256(disk.read(place, status.st_size)).hexdigest()
    return now == known.files[place][3]
