"""The single points of failure, and who notices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.plugin import Graph, Paragraph, Piece, Table, answers
from kmtopo_docs.names import container_titles
from kmtopo_docs.words import words_for


def failures(graph: Graph, _graphs: Mapping[str, Graph]) -> Iterator[Piece]:
    """A row for each container whose failure stops the entry or half of the environment, the worst first."""
    deployment = graph.deployment
    words, found = words_for(deployment.project.locale), answers(graph).weak_points()
    if not deployment.containers:
        return
    if not found:
        yield Paragraph(words.no_weak_point)
        return
    told, titles = [], container_titles(deployment, words)
    for point in found:
        others = [name for name in point.impact.down if name != point.name]
        lost = f"{len(point.impact.tenants_down)}/{len(deployment.tenants)}" if deployment.tenants else ""
        owner = deployment.containers[point.name].tenant
        down, hurt = (titles.listed(names, owner) for names in (others, point.impact.degraded))
        told.append((point.name, (down, hurt, *([lost] if lost else []))))
    head = (words.without, words.down, words.degraded, *([words.tenants_down] if deployment.tenants else []))
    yield Table(head, tuple(titles.rows(told)))
