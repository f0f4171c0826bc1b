"""What a view is: a way to look at an environment, drawn as one or several pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kmtopo.plugin import Diagnostic, Graph, Tools, frozen
from kmtopo_diagram.svg import Drawing


@frozen
class Page:
    """A picture of a view; ``part`` tells it from the view's others (one machine, one zone), "" is the view itself."""

    drawing: Drawing
    part: str = ""


def _no_texts(_graph: Graph, _tools: Tools) -> Iterable[tuple[str, str]]:
    return ()


@frozen
class View:
    """A way to look at an environment.

    ``pages`` draws it, with nothing where there is nothing to show; ``texts`` writes it for tools that draw by
    themselves, as pairs of a file's ending and its content.
    """

    pages: Callable[[Graph, Tools], Iterable[Page | Diagnostic]]
    texts: Callable[[Graph, Tools], Iterable[tuple[str, str]]] = _no_texts
