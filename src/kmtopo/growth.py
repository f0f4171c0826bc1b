"""What one more company would add, found out by adding one and resolving again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import count

from kmtopo import pipeline
from kmtopo.addresses import Address
from kmtopo.graph.load import CPU_OVERCOMMIT, DISK_SHARE, Load, loads
from kmtopo.model.layered import Layer, Where
from kmtopo.pipeline import Build
from kmtopo.values import frozen


@frozen
class Growth:
    """What one more company adds to one machine, and how many more fit; None where nothing that is limited grows."""

    memory: int
    cpu: Decimal
    disk: int
    fits: int | None


def growth(build: Build) -> dict[str, Growth]:
    """Works out for each machine what the next company of the default placement adds, over all environments that take it."""
    before = loads(build.deployments.values())
    after = loads(_with_one_more(build).deployments.values())
    return {name: _difference(load, after.get(name, load)) for name, load in before.items()}


def _with_one_more(build: Build) -> Build:
    topology = build.topology
    assert topology is not None, "a build that has deployments has a topology"
    tenants = topology.items["tenants"]
    name = next(name for name in (f"company-{number}" for number in count(1)) if name not in tenants)
    new = Layer({}, Where(Address.of("tenants", name)))
    items = {**topology.items, "tenants": {**tenants, name: new}}
    return pipeline.resolve(replace(build, topology=replace(topology, items=items)))


def _difference(before: Load, after: Load) -> Growth:
    memory, cpu, disk = after.memory - before.memory, after.cpu - before.cpu, after.disk - before.disk
    whole = before.vps.capacity
    fits = [
        _times(before.available, before.memory, memory),
        _times(None if whole.cpu is None else CPU_OVERCOMMIT * whole.cpu, before.cpu, cpu),
        _times(None if whole.disk is None else DISK_SHARE * whole.disk, before.disk, disk),
    ]
    return Growth(memory, cpu, disk, min((n for n in fits if n is not None), default=None))


def _times(limit: Decimal | int | None, used: Decimal | int, added: Decimal | int) -> int | None:
    """How often something more fits under a limit."""
    return None if limit is None or not added else max(int((limit - used) / added), 0)
