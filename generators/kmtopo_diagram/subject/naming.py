"""Titles that tell containers apart: most are the catalogue's, which two databases of one kind share."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import takewhile

from kmtopo.plugin import Container, Graph
from kmtopo_diagram.subject.words import Noun

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


def shared_title(titles: Collection[str], noun: Noun) -> str:
    """Names several containers at once: by the words that all titles begin with, or by how many they are, as one word."""
    common = " ".join(
        each[0] for each in takewhile(_are_same, zip(*(title.split(" ") for title in titles), strict=False))
    )
    return f"{common}\u00a0×{len(titles)}" if common else noun.counted(len(titles)).replace(" ", "\u00a0")


def _are_same(words: Collection[str]) -> bool:
    return len(set(words)) == 1
