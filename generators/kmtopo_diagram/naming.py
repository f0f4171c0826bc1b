"""Titles that tell containers apart: most are the catalogue's, which two databases of one kind share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kmtopo.plugin import Container, Graph

_LONGEST = 24  # letters, which a card has in two lines


def told_apart(graph: Graph) -> Graph:
    """Returns a graph in which no two containers have one title, but for the copies that dedicated tenants have of one.

    Where titles are the same, each container's name follows its title, or stands alone where both would be long.
    """
    deployment = graph.deployment
    bearers = _bearers(deployment.containers)
    if all(len(originals) == 1 for originals in bearers.values()):
        return graph
    containers = {
        name: replace(c, title=_named(c)) if len(bearers[c.title]) > 1 else c
        for name, c in deployment.containers.items()
    }
    return Graph(replace(deployment, containers=containers), graph.wiring, graph.members)


def _named(container: Container) -> str:
    both = f"{container.title} {container.original}"
    return both if len(both) <= _LONGEST else container.original


def _bearers(containers: Mapping[str, Container]) -> dict[str, set[str]]:
    """Who has each title; a copy counts as what it is a copy of."""
    found: dict[str, set[str]] = {}
    for container in containers.values():
        found.setdefault(container.title, set()).add(container.original)
    return found
