"""Trees to write, folders to look at, and a disk that does something of its own before each operation."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from kmtopo.diagnostics import Diagnostic
from kmtopo.writer import Output, Plan, Scope, Tree, commit, plan
from kmtopo.writer.disk import Disk, Signature

BUILD = Path("build")
Hook = Callable[[str, str], None]


def tree(
    files: Mapping[str, str],
    *,
    generators: Mapping[str, str] | None = None,
    scope: Scope | None = None,
    beside: Mapping[str, str] | None = None,
    version: str = "1.0",
    inputs: str = "aaaa",
) -> Tree:
    """A tree of contents by path, made by the generator ``compose`` where nothing else is said."""
    outputs = tuple(Output(path, text, (generators or {}).get(path, "compose")) for path, text in files.items())
    return Tree(version, inputs, outputs, scope or Scope(), beside or {})


def build(root: Path, wanted: Tree, *, force: bool = False) -> tuple[Diagnostic, ...]:
    """Plans and commits, as the command does, but waits for no medium."""
    return commit(plan(root, BUILD, wanted), force=force, open_disk=hooked(lambda operation, place: None))


def actions(made: Plan) -> dict[str, str]:
    """What a plan would do, the manifest left out."""
    return {change.path: change.action.value for change in made.changes if change.path != made.manifest}


def told(diagnostics: tuple[Diagnostic, ...]) -> list[tuple[str, str, str]]:
    """The code, variant and path of each diagnostic."""
    return [(each.code, each.help, each.values.get("path", "")) for each in diagnostics]


def contents(root: Path) -> dict[str, str]:
    """The content of each file below a folder, and "/" for a folder without any; what kmtopo remembers is left out."""
    found = {}
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        if ".kmtopo" in folders:
            folders.remove(".kmtopo")
        if not folders and not files:
            found[here.relative_to(root).as_posix()] = "/"
        for name in files:
            found[(here / name).relative_to(root).as_posix()] = (here / name).read_text(encoding="utf-8")
    return dict(sorted(found.items()))


def remembered(root: Path) -> list[str]:
    """The names of what kmtopo remembers between two runs."""
    return sorted(path.name for path in (root / ".kmtopo").iterdir())


class HookedDisk(Disk):
    """A disk that calls a hook with the name and the place of each operation that changes something, before it.

    A file is also announced when half of it is written. It waits for no medium: tests pull no plugs.
    """

    def __init__(self, root: Path, hook: Hook) -> None:
        super().__init__(root)
        self._hook = hook

    def _before(self, operation: str, place: str) -> None:
        self.place = place
        self._hook(operation, place)

    def create(self, place: str, data: bytes, mode: int = 0o644, *, flush: bool = True) -> Signature:
        self._before("create", place)
        super().create(place, data[: len(data) // 2], mode, flush=False)
        self._before("fill", place)
        super().delete(place)
        return super().create(place, data, mode, flush=False)

    def rename(self, source: str, target: str) -> None:
        self._before("rename", target)
        super().rename(source, target)

    def delete(self, place: str) -> None:
        self._before("delete", place)
        super().delete(place)

    def make_folder(self, place: str, mode: int = 0o755) -> None:
        self._before("make folder", place)
        super().make_folder(place, mode)

    def remove_folder(self, place: str) -> bool:
        self._before("remove folder", place)
        return super().remove_folder(place)

    def flush_folder(self, place: str) -> None:
        self._before("flush folder", place)

    def flush_all(self) -> None:
        self._before("flush all", "")


def hooked(hook: Hook) -> Callable[[Path], Disk]:
    """What opens a hooked disk."""
    return lambda root: HookedDisk(root, hook)
