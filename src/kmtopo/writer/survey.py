"""The survey: what stands on disk where a tree wants to be."""

from __future__ import annotations

import stat
from hashlib import sha256

from kmtopo.diagnostics import Diagnostic
from kmtopo.values import frozen
from kmtopo.writer.disk import Disk, Signature, signature
from kmtopo.writer.failures import failure, obstacle
from kmtopo.writer.sightings import Sighting, Sightings


@frozen
class Found:
    """A file at the moment of the survey; ``content`` is None where an earlier sighting made reading needless."""

    sha256: str
    mode: int
    signature: Signature
    content: bytes | None = None


class Survey:
    """Looks at files without changing any, and collects what stands in the way."""

    def __init__(self, disk: Disk, known: Sightings) -> None:
        self.known = known
        self.seen: dict[str, Sighting] = {}
        self.problems: dict[str, Diagnostic] = {}
        self._disk = disk

    def find(self, place: str, *, wanted: bool = True) -> Found | None:
        """Returns the file at a place, or None where there is none.

        Something else in the place of a wanted file is a problem; a file that nobody wants is simply gone then.
        """
        try:
            status = self._disk.look(place)
            if status is None:
                return None
            if stat.S_ISREG(status.st_mode):
                return self._found(place, status.st_mode, signature(status))
            if wanted:
                self.problems[place] = obstacle(status.st_mode, place)
        except OSError as error:
            self.problems[self._disk.place] = failure(error, self._disk.place)
        return None

    def content(self, place: str, found: Found | None) -> bytes | None:
        """Returns what is in a file that was found."""
        if found is None:
            return None
        if found.content is not None:
            return found.content
        try:
            return self._disk.read(place, found.signature[0])
        except OSError as error:
            self.problems[place] = failure(error, place)
            return None

    def _found(self, place: str, mode: int, now: Signature) -> Found:
        digest, content = self.known.sha256(place, now), None
        if digest is None:
            content = self._disk.read(place, now[0])
            digest = sha256(content).hexdigest()
        self.seen[place] = (*now, digest)
        return Found(digest, mode, now, content)
