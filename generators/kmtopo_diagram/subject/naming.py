"""Titles that tell containers apart: most are the catalogue's, which two databases of one kind share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from itertools import takewhile
from typing import TypeVar

from kmtopo.plugin import Container, Graph, Vps
from kmtopo_diagram.subject.words import Noun

T = TypeVar("T", Container, Vps)

_LONGEST = 24  # letters, which a card has in two lines


def told_apart(graph: Graph) -> Graph:
    """Returns a graph in which no two containers have one title, but for the copies that dedicated tenants have of one.

    Nor have two machines. Where titles are the same, each one's name follows its title, or stands alone where both would be
    long.
    """
    deployment = graph.deployment
    containers = _apart(deployment.containers, lambda container: container.original)
    vps = _apart(deployment.vps, lambda machine: machine.name)
    if containers == deployment.containers and vps == deployment.vps:
        return graph
    return Graph(replace(deployment, containers=containers, vps=vps), graph.wiring, graph.members)


def _apart(things: Mapping[str, T], original: Callable[[T], str]) -> Mapping[str, T]:
    """Tells things apart by the name of each; a copy has that of what it is a copy of."""
    bearers: dict[str, set[str]] = {}
    for thing in things.values():
        bearers.setdefault(thing.title, set()).add(original(thing))
    return {
        key: replace(thing, title=_named(thing.title, original(thing))) if len(bearers[thing.title]) > 1 else thing
        for key, thing in things.items()
    }


def _named(title: str, name: str) -> str:
    both = f"{title} {name}"
    return both if len(both) <= _LONGEST else name


def shared_title(titles: Collection[str], noun: Noun) -> str:
    """Names several containers at once: by the words that all titles begin with, or by how many they are, as one word."""
    common = " ".join(
        each[0] for each in takewhile(_are_same, zip(*(title.split(" ") for title in titles), strict=False))
    )
    return f"{common}\u00a0×{len(titles)}" if common else noun.counted(len(titles)).replace(" ", "\u00a0")


def _are_same(words: Collection[str]) -> bool:
    return len(set(words)) == 1
