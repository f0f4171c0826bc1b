"""The failures view as an outline: who needs whom, and whom it only helps."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Graph
from kmtopo_diagram.failures.words import failure_words
from kmtopo_diagram.outline import Form, Link, Outline, Thing, identifier
from kmtopo_diagram.signs.forms import shape_of
from kmtopo_diagram.subject.tiers import entries


def outline(graph: Graph) -> Outline:
    """Returns what everybody depends on: solid lines are needs, dashed ones help."""
    deployment, doors = graph.deployment, entries(graph)
    words = failure_words(deployment.project.locale)
    return Outline(
        name="failures",
        project=deployment.project.title,
        title=f"{words.view} · {deployment.environment.title}",
        environment=deployment.environment.title,
        frames=(),
        things=tuple(
            Thing(identifier("c", c.name), c.title, Form(shape_of(c, doors).value), c.address, c.kind, c.kind)
            for c in deployment.containers.values()
        ),
        links=tuple(_links(graph)),
        across=True,
    )


def _links(graph: Graph) -> Iterator[Link]:
    """One line for all calls of a pair: it only helps where none of them is needed."""
    pairs: dict[tuple[str, str], bool] = {}
    for edge in graph.calls():
        ends = identifier("c", edge.source.name), identifier("c", edge.target.name)
        pairs[ends] = pairs.get(ends, True) and edge.optional
    for (source, target), optional in sorted(pairs.items()):
        yield Link(source, target, optional=optional)
