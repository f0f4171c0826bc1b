"""``kmtopo capacity``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from kmtopo.cli.questions import asked, tell_whole
from kmtopo.cli.session import Session
from kmtopo.graph.load import Load, loads, mib
from kmtopo.growth import Growth, growth

_MIB = 2**20


def ask_capacity(session: Session, file: Path, environments: list[str] | None, *, format: str) -> None:
    """Prints what all environments together want of each machine, what is left, and how many more companies fit.

    All environments on a machine count, whichever are asked for: they share it.
    """
    world = asked(session, file, environments, format)
    wanted = {vps for graph in world.graphs.values() for vps in graph.deployment.vps}
    found = {name: load for name, load in loads(world.build.deployments.values()).items() if name in wanted}
    more = growth(world.build) if _has_companies(world.build.topology) else {}
    if format == "json":
        tell_whole({"vps": {name: _shape(load, more.get(name)) for name, load in found.items()}})
        return
    for name, load in found.items():
        _say(session, load, more.get(name))


def _has_companies(topology: Any) -> bool:
    return topology is not None and topology.tenancy is not None


def _say(session: Session, load: Load, more: Growth | None) -> None:
    session.say("capacity-of", vps=load.vps.name, title=load.vps.title)
    for line in _table(session, load):
        print(line)
    if more is not None:
        _say_growth(session, more)


def _table(session: Session, load: Load) -> Iterator[str]:
    rows = [("", session.word("memory"), "CPU", session.word("volumes"))]
    rows += [(s.environment, mib(s.memory), _cores(s.cpu), mib(s.disk)) for s in load.shares]
    rows.append((session.word("together"), mib(load.memory), _cores(load.cpu), mib(load.disk)))
    cores = "–" if load.most_cpu is None else _cores(load.most_cpu)
    rows.append((session.word("at-most"), _size(load.available), cores, _size(load.most_disk)))
    if load.available is not None:
        rows.append((session.word("left"), _left(load.available - load.memory), "", ""))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for first, *others in rows:
        cells = "  ".join(f"{cell:>{width}}" for cell, width in zip(others, widths[1:], strict=True))
        yield f"  {first:<{widths[0]}}  {cells}".rstrip()


def _say_growth(session: Session, more: Growth) -> None:
    if not more.memory and not more.cpu and not more.disk:
        session.say("next-free")
        return
    added = ", ".join((mib(more.memory), f"{_cores(more.cpu)} CPU", mib(more.disk)))
    session.say("next-adds", added=added)
    if more.fits is not None:
        session.say("next-fits", count=more.fits)


def _cores(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _size(size: int | None) -> str:
    return "–" if size is None else mib(size)


def _left(size: int) -> str:
    return mib(size) if size >= 0 else f"-{mib(-size)}"


def _shape(load: Load, more: Growth | None) -> dict[str, Any]:
    """``memory_mib`` and ``cpu`` (``limits, available, capacity``), ``volumes_gib`` (``sizes, capacity``), ``environments``, ``next_company``."""
    whole = load.vps.capacity
    return {
        "memory_mib": {
            "limits": _number(Decimal(load.memory) / _MIB),
            "available": None if load.available is None else _number(Decimal(load.available) / _MIB),
            "capacity": None if whole.memory is None else _number(Decimal(whole.memory) / _MIB),
        },
        "cpu": {"limits": _number(load.cpu), "capacity": None if whole.cpu is None else _number(whole.cpu)},
        "volumes_gib": {
            "sizes": _number(Decimal(load.disk) / 2**30),
            "capacity": None if whole.disk is None else _number(Decimal(whole.disk) / 2**30),
        },
        "environments": {
            share.environment: {
                "memory_mib": _number(Decimal(share.memory) / _MIB),
                "cpu": _number(share.cpu),
                "volumes_gib": _number(Decimal(share.disk) / 2**30),
            }
            for share in load.shares
        },
        "next_company": None if more is None else _next(more),
    }


def _next(more: Growth) -> dict[str, Any]:
    return {
        "memory_mib": _number(Decimal(more.memory) / _MIB),
        "cpu": _number(more.cpu),
        "volumes_gib": _number(Decimal(more.disk) / 2**30),
        "fits": more.fits,
    }


def _number(value: Decimal) -> int | float:
    rounded = round(value, 4)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)
