"""Golden trees: what a build writes, compared with the files of a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import unified_diff
from pathlib import Path

from kmtopo.pipeline import Build


def tree_of(build: Build) -> dict[str, str]:
    """Returns the content of every file that a build would write, by path: ``production/server/compose.yaml``."""
    return {f"{name}/{made.path}": made.content for name, all_made in build.artifacts.items() for _, made in all_made}


def assert_golden(files: Mapping[str, str], folder: Path, *, update: bool = False) -> None:
    """Compares files by path with those of a folder, which must have the same and no other.

    Args:
        files: content by path relative to the folder.
        folder: where the golden files lie.
        update: writes the folder anew instead; read its diff before you commit it.

    Raises:
        AssertionError: they differ; the message is a diff from the folder to the files.
    """
    if update:
        _write(files, folder)
    differences = "".join(_differences(files, _read(folder)))
    if differences:
        raise AssertionError(f"not what lies in {folder.name}:\n{differences}")


def _read(folder: Path) -> dict[str, str]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in found}


def _write(files: Mapping[str, str], folder: Path) -> None:
    for gone in _read(folder).keys() - files.keys():
        (folder / gone).unlink()
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content.encode())


def _differences(files: Mapping[str, str], golden: Mapping[str, str]) -> Iterator[str]:
    for path in sorted(files.keys() | golden.keys()):
        before, after = golden.get(path, ""), files.get(path, "")
        was, is_ = f"golden/{path}" if path in golden else "nothing", path if path in files else "nothing"
        yield from unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), was, is_)
