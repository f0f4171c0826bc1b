"""The networks' view: services as columns, networks as bands, calls as lanes; a grid of our own, no engine."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Graph, Tools
from kmtopo_diagram.view import Page, View


def _pages(graph: Graph, _tools: Tools) -> Iterator[Page]:
    """Draws the networks of one environment."""
    from kmtopo_diagram.networks.drawing import drawn
    from kmtopo_diagram.networks.reading import read

    yield Page(drawn(read(graph)))


VIEW = View(_pages)
