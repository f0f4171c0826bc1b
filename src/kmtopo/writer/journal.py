"""The journal: what a build is about to do, written down so that the next command can end it.

A build first writes the journal under the name that means "staging: nothing has been replaced yet", and
gives it its own name in one step when all new contents lie ready. Cut before that step a build is undone,
cut after it a build is completed; a journal that is not whole was cut before anything was staged.
"""

from __future__ import annotations

import json
from hashlib import sha256

from kmtopo.values import frozen
from kmtopo.writer.places import STATE, is_safe, is_within


@frozen
class Step:
    """One file: the sha256 of its content before and after, None where there is no file."""

    place: str
    before: str | None
    after: str | None


@frozen
class Journal:
    """A build under way: the folders it makes, outermost first, and its steps in their order."""

    out: str
    folders: tuple[str, ...]
    steps: tuple[Step, ...]

    def render(self) -> bytes:
        """Returns the journal as it is written to disk."""
        steps = [(step.place, step.before, step.after) for step in self.steps]
        return json.dumps({"out": self.out, "folders": self.folders, "steps": steps}).encode()

    @classmethod
    def parse(cls, data: bytes, out: str) -> Journal:
        """Reads what ``render`` wrote, for a command that looks at the output folder ``out``.

        Raises:
            ValueError: it is not whole, or it speaks of files that a build may not touch.
        """
        try:
            read = json.loads(data)
            journal = cls(read["out"], tuple(read["folders"]), tuple(Step(*step) for step in read["steps"]))
            trusted = journal._is_trusted(out)
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(f"no journal: {error!r}") from error
        if not trusted:
            raise ValueError("a journal that leaves the output folder")
        return journal

    def _is_trusted(self, out: str) -> bool:
        return (
            (self.out == out or not self.out.startswith("/"))
            and ".." not in self.out.split("/")
            and all(map(self._may_make, self.folders))
            and all(self._may_touch(step.place) for step in self.steps)
        )

    def _may_make(self, folder: str) -> bool:
        return folder == self.out or is_within(folder, self.out) or is_within(self.out, folder)

    def _may_touch(self, place: str) -> bool:
        return is_within(place, self.out) or (is_safe(place) and "/" not in place)


def staging_name(out: str) -> str:
    """Returns the place of the journal while nothing has been replaced yet."""
    return f"{STATE}/staging{_suffix(out)}.json"


def journal_name(out: str) -> str:
    """Returns the place of the journal while files are being replaced."""
    return f"{STATE}/journal{_suffix(out)}.json"


def _suffix(out: str) -> str:
    # A journal in the project must not speak of files elsewhere unless the user has named that folder.
    return f"-{sha256(out.encode()).hexdigest()[:12]}" if out.startswith("/") else ""
