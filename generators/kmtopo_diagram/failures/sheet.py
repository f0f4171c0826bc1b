"""A page of the view: the first tells a story, all hold rows of the table."""

from __future__ import annotations

from kmtopo.plugin import frozen
from kmtopo_diagram.failures.grid import Grid
from kmtopo_diagram.failures.picture import Column, Row, Story
from kmtopo_diagram.failures.words import FailureWords


@frozen
class Sheet:
    """What one page shows; ``columns`` are empty where there are too many for a matrix, ``following`` is the next page or 0."""

    words: FailureWords
    name: str
    title: str
    subtitle: str
    description: str
    project: str
    language: str
    story: Story | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    grid: Grid
    following: int
