"""The view of a change: what came, what went and what is otherwise, in the deployment picture of both sides."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Diagnostic, Graph, Tools, diagnose
from kmtopo_diagram.view import Page


def pages(before: Graph | None, after: Graph, against: str, tools: Tools) -> Iterator[Page | Diagnostic]:
    """Draws what became of one environment since ``before``; a finding where the engine lays out nothing."""
    from kmtopo_diagram.change.drawing import change

    drawing = change(before, after, against, tools.layout)
    if drawing is None:
        environment = after.deployment.environment
        yield diagnose("KM605", environment.address, part="key", environment=environment.name)
    else:
        yield Page(drawing)
