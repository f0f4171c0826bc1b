"""How much of a machine is spoken for, by every environment that it carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from kmtopo.plugin import Graph, Vps, answers
from kmtopo_diagram.deployment.picture import Bar
from kmtopo_diagram.subject.quantities import decimal, gibibytes
from kmtopo_diagram.subject.words import Meaning, Words


def capacities(graph: Graph, words: Words) -> Mapping[str, tuple[Bar, ...]]:
    """Returns each machine's bars, by its name; memory over the capacity less the reserve does not fit."""
    loads = answers(graph).capacity()
    return {
        name: tuple(_bars(load.vps, load.cpu, load.memory, load.disk, words)) for name, load in sorted(loads.items())
    }


def neighbours(graph: Graph, vps: str, words: Words) -> str:
    """Names the other environments that a machine carries, too, "" where there are none."""
    others = [beside.environment.title for beside in graph.beside if beside.containers_on(vps)]
    return words.carries_also.format(environments=words.listed(others)) if others else ""


def _bars(vps: Vps, cpu: Decimal, memory: int, disk: int, words: Words) -> Iterator[Bar]:
    capacity = vps.capacity
    if capacity.cpu:
        value = f"{decimal(cpu, words)} / {decimal(capacity.cpu, words)}"
        yield _bar(words.cpu_limits, value, cpu, capacity.cpu, capacity.cpu, 2 * capacity.cpu)
    if capacity.memory:
        usable = capacity.memory - (vps.reserve.memory or 0)
        value = f"{gibibytes(memory, words)} / {gibibytes(capacity.memory, words)} GiB"
        yield _bar(words.memory_limits, value, memory, capacity.memory, usable * 0.85, usable)
    if capacity.disk:
        value = f"{gibibytes(disk, words)} / {gibibytes(capacity.disk, words)} GiB"
        yield _bar(words.disk_in_volumes, value, disk, capacity.disk, capacity.disk * 0.8, capacity.disk)


def _bar(
    label: Meaning, value: str, used: Decimal | int, whole: Decimal | int, tight: Decimal | float, full: Decimal | int
) -> Bar:
    colour = "bad" if used > full else "warn" if used > tight else "ink2"
    share = float(used) / float(whole)
    return Bar(label.full, label.short, value, min(share, 1.0), colour, f"{round(100 * share)} %")
