"""The view of a change: what came, what went and what is otherwise, in the deployment picture of both sides."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Graph
from kmtopo_diagram.view import Page


def pages(before: Graph | None, after: Graph, against: str) -> Iterator[Page]:
    """Draws what became of one environment since ``before``."""
    from kmtopo_diagram.change.drawing import change

    yield Page(change(before, after, against))
