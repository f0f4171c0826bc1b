"""What a view is: a way to look at an environment, drawn as one or several pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kmtopo.plugin import Diagnostic, Graph, Tools, frozen
from kmtopo_diagram.ink.svg import Drawing
from kmtopo_diagram.outline import Outline


@frozen
class Page:
    """A picture of a view; ``part`` tells it from the view's others (one machine, one zone), "" is the view itself."""

    drawing: Drawing
    part: str = ""


@frozen
class View:
    """A way to look at an environment.

    ``pages`` draws it, with nothing where there is nothing to show; ``outline`` says what is in it, for tools that
    draw by themselves, and ``written`` in which of their formats that makes sense.
    """

    pages: Callable[[Graph, Tools], Iterable[Page | Diagnostic]]
    outline: Callable[[Graph], Outline | None] = lambda _graph: None
    written: tuple[str, ...] = ()
