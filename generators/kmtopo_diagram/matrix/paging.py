"""The pages of a call matrix: one, or an overview and a page for each group of callees."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo_diagram.matrix.overview import overview
from kmtopo_diagram.matrix.picture import Picture, is_too_wide, parts


def pages(picture: Picture) -> Iterator[tuple[str, Picture]]:
    """Returns each page with its name, "" for the first."""
    if not is_too_wide(picture):
        yield "", picture
        return
    yield "", overview(picture)
    yield from parts(picture)
