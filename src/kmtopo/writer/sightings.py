"""Sightings: the hashes of files that have not been touched since they were last read, so that they need not be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field

from kmtopo.values import frozen
from kmtopo.writer.disk import Disk, Signature
from kmtopo.writer.places import STATE, staged

_FILE = f"{STATE}/stat.json"

Sighting = tuple[int, int, int, str]
"""A signature and the sha256 of the content at that moment."""


@frozen
class Sightings:
    """What is known of the files of one output folder, by place.

    ``build`` names the whole build that left exactly these files, "" where a part was built;
    ``written`` is when the record was written, in the file system's own nanoseconds.
    """

    out: str
    build: str = ""
    files: Mapping[str, Sighting] = field(default_factory=dict)
    written: int = 0

    def sha256(self, place: str, now: Signature) -> str | None:
        """Returns the content's hash where the file has certainly stayed as it was."""
        known = self.files.get(place)
        # A file changed in the same tick of the clock as the record would look unchanged.
        if known is None or known[:3] != now or now[1] >= self.written:
            return None
        return known[3]


def load_sightings(disk: Disk, out: str) -> Sightings:
    """Reads the record; one that is absent, broken or of another output folder knows nothing."""
    try:
        status = disk.look(_FILE)
        if status is None:
            return Sightings(out)
        data = json.loads(disk.read(_FILE, status.st_size))
        if data["out"] != out:
            return Sightings(out)
        files = {place: tuple(sighting) for place, sighting in data["files"].items()}
        return Sightings(out, str(data["build"]), files, status.st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Sightings(out)


def save_sightings(disk: Disk, sightings: Sightings) -> None:
    """Keeps the record for the next run; where that fails the next run reads the files instead."""
    record = {"out": sightings.out, "build": sightings.build, "files": sightings.files}
    with suppress(OSError):
        disk.discard(staged(_FILE))
        disk.create(staged(_FILE), json.dumps(record, separators=(",", ":")).encode(), flush=False)
        disk.rename(staged(_FILE), _FILE)
