"""What each machine has to carry, of all environments on it, and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from kmtopo.plugin import Graph, Load, Piece, Table, answers
from kmtopo_docs.quantities import NOTHING, cores, size
from kmtopo_docs.words import Words, words_for

Row = tuple[str, str, str, str, str]


def capacity(graph: Graph, graphs: Mapping[str, Graph]) -> Iterator[Piece]:
    """The sums of all limits: by environment, together, and against what the machine has."""
    words = words_for(graph.deployment.project.locale)
    titles = {d.environment.name: d.environment.title for d in (graph.deployment, *graph.beside)}
    titles |= {name: each.deployment.environment.title for name, each in graphs.items()}
    rows = [row for load in answers(graph).capacity().values() for row in _rows(load, titles, words)]
    if rows:
        head = ("VPS", words.environment, words.memory_limits, words.cpu_limits, words.volumes)
        yield Table(head, tuple(rows))


def _rows(load: Load, titles: Mapping[str, str], words: Words) -> Iterator[Row]:
    first = load.vps.title
    for share in load.shares:
        title = titles.get(share.environment, share.environment)
        yield first, title, size(share.memory, words), cores(share.cpu, words), size(share.disk, words)
        first = ""
    if len(load.shares) > 1:
        yield "", words.together, size(load.memory, words), cores(load.cpu, words), size(load.disk, words)
    most = (size(load.available, words), cores(load.most_cpu, words), size(load.most_disk, words))
    yield "", words.at_most, *most
    yield "", words.left, *_left(load, words)


def _left(load: Load, words: Words) -> tuple[str, str, str]:
    memory = NOTHING if load.available is None else size(load.available - load.memory, words)
    cpu: Decimal | None = None if load.most_cpu is None else load.most_cpu - load.cpu
    disk = NOTHING if load.most_disk is None else size(load.most_disk - load.disk, words)
    return memory, cores(cpu, words), disk
