"""A build of some generators: the trace goes on telling where the others' files came from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from kmtopo import writer
from kmtopo.artifacts import Artifact
from kmtopo.generation import OURS
from kmtopo.trace import TRACE, joined

__all__ = ["OURS", "with_whole_traces"]

Made = tuple[tuple[str, Artifact], ...]


def with_whole_traces(
    artifacts: Mapping[str, Made], generators: Collection[str], folder: Path, out: Path
) -> dict[str, Made]:
    """Returns the artifacts with traces that keep what was known of files that none of the generators makes."""
    owners = writer.owners(folder, out)
    return {name: tuple(_whole(made, out, name, generators, owners)) for name, made in artifacts.items()}


def _whole(
    made: Made, out: Path, environment: str, generators: Collection[str], owners: Mapping[str, str]
) -> Iterator[tuple[str, Artifact]]:
    def kept(path: str) -> bool:
        return owners.get(f"{environment}/{path}", "") not in {"", *generators}

    for generator, artifact in made:
        if artifact.path == TRACE:
            yield generator, joined(artifact, _before(out / environment), kept)
        else:
            yield generator, artifact


def _before(folder: Path) -> str:
    with suppress(OSError, ValueError):
        return (folder / TRACE).read_text(encoding="utf-8")
    return ""
