"""The call matrix: rows call, columns listen; what is declared, and what is only possible."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Graph, Tools
from kmtopo_diagram.view import Page, View


def _pages(graph: Graph, _tools: Tools) -> Iterator[Page]:
    """Draws who calls whom in one environment, where there are many callees in parts."""
    from kmtopo_diagram.matrix.drawing import drawn
    from kmtopo_diagram.matrix.paging import pages
    from kmtopo_diagram.matrix.reading import read

    for name, part in pages(read(graph)):
        yield Page(drawn(part), name)


VIEW = View(_pages)
