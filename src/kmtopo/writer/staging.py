"""Staging: where new content waits until all of it is there."""

from __future__ import annotations

from collections.abc import Iterable

from kmtopo.writer.places import folder_of, staged


class Staging:
    """Knows the waiting place of each file: beside it, or in a new folder beside the one that will hold it.

    Thus one rename does for a whole new folder. A folder that exists is never replaced: a container that
    has mounted it would go on to see the old one.
    """

    def __init__(self, folders: Iterable[str]) -> None:
        self._ready: dict[str, str] = {}
        tops: list[tuple[str, str]] = []
        for folder in sorted(folders):
            parent = self._ready.get(folder_of(folder))
            if parent:
                self._ready[folder] = f"{parent}/{folder.rpartition('/')[2]}"
            else:
                self._ready[folder] = staged(folder)
                tops.append((folder, staged(folder)))
        self.tops = tuple(tops)
        """The new folders that lie in old ones, each with its waiting place."""

    def ready(self, place: str) -> str:
        """Returns where the new content of a file waits."""
        folder, _, name = place.rpartition("/")
        parent = self._ready.get(folder)
        return f"{parent}/{name}" if parent else staged(place)

    @property
    def ready_folders(self) -> tuple[str, ...]:
        """Where the new folders wait, outermost first."""
        return tuple(self._ready.values())

    def comes_with_folder(self, place: str) -> bool:
        """Tells whether a file takes its place together with a new folder."""
        return place.rpartition("/")[0] in self._ready
