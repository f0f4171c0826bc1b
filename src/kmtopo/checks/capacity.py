"""What fits on a machine, over all environments that it carries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from kmtopo.addresses import Address
from kmtopo.checks.check import Project, mib
from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.graph.graph import Graph
from kmtopo.resolve.deployment import Capacity, Container, Vps

CPU_OVERCOMMIT = 2
DISK_SHARE = Decimal("0.8")
_NOTHING = Decimal(0)


@dataclass(slots=True)
class _Load:
    """What all environments together want of one machine."""

    vps: Vps
    environments: list[str] = field(default_factory=list)
    memory: int = 0
    cpu: Decimal = _NOTHING
    disk: int = 0
    largest: Container | None = None


def capacity(project: Project) -> Iterator[Diagnostic]:
    """Sums limits against capacity; a machine whose size could not be read is passed over."""
    for load in _loads(project).values():
        yield from _memory(load)
        yield from _cpu(load)
        yield from _disk(load)


def _loads(project: Project) -> dict[str, _Load]:
    loads: dict[str, _Load] = {}
    for environment, graph in sorted(project.graphs.items()):
        for vps in graph.deployment.vps.values():
            load = loads.setdefault(vps.name, _Load(vps))
            load.environments.append(environment)
            _add(load, graph)
    return loads


def _add(load: _Load, graph: Graph) -> None:
    for container in graph.deployment.containers_on(load.vps.name):
        if "resources" in container.absent:
            continue
        memory = (container.memory or 0) * container.replicas
        load.memory += memory
        load.cpu += (container.cpu or _NOTHING) * container.replicas
        if load.largest is None or memory > (load.largest.memory or 0) * load.largest.replicas:
            load.largest = container
    load.disk += sum(v.size or 0 for v in graph.deployment.volumes.values() if v.vps == load.vps.name)


def _available(capacity: Capacity, reserve: Capacity) -> int:
    return (capacity.memory or 0) - (reserve.memory or 0)


def _memory(load: _Load) -> Iterator[Diagnostic]:
    total, available = load.vps.capacity.memory, _available(load.vps.capacity, load.vps.reserve)
    if total is None or load.memory <= available:
        return
    also = [Label(address=load.largest.address / "resources" / "memory", text="largest")] if load.largest else []
    yield diagnose(
        "KM512",
        load.vps.address / "capacity" / "memory",
        also=also,
        vps=load.vps.name,
        sum=mib(load.memory),
        available=mib(available),
        environments=", ".join(load.environments),
    )


def _cpu(load: _Load) -> Iterator[Diagnostic]:
    cores = load.vps.capacity.cpu
    if cores is None:
        return
    at = load.vps.address / "capacity" / "cpu"
    if load.cpu > CPU_OVERCOMMIT * cores:
        yield diagnose("KM513", at, vps=load.vps.name, sum=f"{load.cpu.normalize():f}", cores=f"{cores:f}")


def _disk(load: _Load) -> Iterator[Diagnostic]:
    disk = load.vps.capacity.disk
    if disk is not None and load.disk > DISK_SHARE * disk:
        at = load.vps.address / "capacity" / "disk"
        yield diagnose("KM514", at, vps=load.vps.name, sum=mib(load.disk), disk=mib(disk))


def single_limits(graph: Graph) -> Iterator[Diagnostic]:
    """No container may be allowed more CPU than its machine has."""
    for container in graph.deployment.containers.values():
        cores = graph.deployment.vps[container.vps].capacity.cpu
        if cores is not None and container.cpu is not None and container.cpu > cores:
            at: Address = container.address / "resources" / "cpu"
            yield diagnose(
                "KM515", at, name=container.name, cpu=f"{container.cpu:f}", cores=f"{cores:f}", vps=container.vps
            )


def unbounded(graph: Graph) -> Iterator[Diagnostic]:
    """A container without a memory limit can take the machine down with it."""
    for container in graph.deployment.containers.values():
        if container.memory is None and not container.absent & {"resources"}:
            yield diagnose("KM518", container.address, part="key", name=container.name)
