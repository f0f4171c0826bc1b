"""The pictures of a build, as they lie beside documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kmtopo.markup.pieces import Picture
from kmtopo.pipeline import Build

FOLDER = "kmtopo"
_VIEWS = "diagrams/"


def drawn(build: Build, environment: str) -> dict[str, str]:
    """The pictures of an environment by path below its root, whichever generator drew them."""
    made = build.artifacts.get(environment, ())
    return {str(a.path): a.content for _, a in made if a.path.suffix == ".svg"}


def views(pictures: Iterable[str]) -> tuple[str, ...]:
    """The names of the views among pictures by path."""
    return tuple(sorted(path.removeprefix(_VIEWS) for path in pictures if path.startswith(_VIEWS)))


def placed(picture: Picture, environment: str) -> Picture:
    """The picture as it lies beside a document."""
    return replace(picture, path=f"{FOLDER}/{file_name(picture.path, environment)}")


def file_name(path: str, environment: str) -> str:
    """What a picture of an environment is called beside a document: ``produccion.deployment``."""
    return f"{environment}.{path.removeprefix(_VIEWS).replace('/', '.')}"
