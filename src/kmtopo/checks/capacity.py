"""What fits on a machine, over all environments that it carries."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.graph.graph import Graph
from kmtopo.graph.load import CPU_OVERCOMMIT, DISK_SHARE, Load, loads, mib
from kmtopo.rule import Environments


def capacity(environments: Environments) -> Iterator[Diagnostic]:
    """Sums limits against capacity; a machine whose size could not be read is passed over."""
    for load in loads(graph.deployment for graph in environments.graphs.values()).values():
        yield from _memory(load)
        yield from _cpu(load)
        yield from _disk(load)


def _memory(load: Load) -> Iterator[Diagnostic]:
    available, largest = load.available, load.largest
    if available is None or load.memory <= available:
        return
    also = [Label(address=largest.resources_at / "memory", text="largest")] if largest else []
    yield diagnose(
        "KM512",
        load.vps.address / "capacity" / "memory",
        also=also,
        vps=load.vps.name,
        sum=mib(load.memory),
        available=mib(available),
        environments=", ".join(share.environment for share in load.shares),
    )


def _cpu(load: Load) -> Iterator[Diagnostic]:
    cores = load.vps.capacity.cpu
    if cores is None:
        return
    at = load.vps.address / "capacity" / "cpu"
    if load.cpu > CPU_OVERCOMMIT * cores:
        yield diagnose("KM513", at, vps=load.vps.name, sum=f"{load.cpu.normalize():f}", cores=f"{cores:f}")


def _disk(load: Load) -> Iterator[Diagnostic]:
    disk = load.vps.capacity.disk
    if disk is not None and load.disk > DISK_SHARE * disk:
        at = load.vps.address / "capacity" / "disk"
        yield diagnose("KM514", at, vps=load.vps.name, sum=mib(load.disk), disk=mib(disk))


def test_not_reduced(environments: Environments) -> Iterator[Diagnostic]:
    """A test that may take as much memory as production either wastes a machine or crowds one."""
    sums = {name: _limits(graph) for name, graph in sorted(environments.graphs.items())}
    staged = {name: graph.deployment.environment for name, graph in sorted(environments.graphs.items())}
    production = {name: total for name, total in sums.items() if staged[name].stage == "production" and total}
    for name, environment in staged.items():
        smallest = min(production.items(), key=lambda each: each[1], default=None)
        if environment.stage == "test" and smallest and sums[name] >= smallest[1]:
            other, least = smallest
            yield diagnose(
                "KM530", environment.address, part="key", name=name, sum=mib(sums[name]), other=other, least=mib(least)
            )


def _limits(graph: Graph) -> int:
    """What all replicas of an environment may take together; 0 where one has no limit."""
    running = [c for c in graph.deployment.containers.values() if not c.is_external]
    bounded = [c.memory * c.replicas for c in running if c.memory is not None]
    return sum(bounded) if len(bounded) == len(running) else 0


def single_limits(graph: Graph) -> Iterator[Diagnostic]:
    """No container may be allowed more CPU than its machine has."""
    for container in graph.deployment.containers.values():
        machine = graph.deployment.vps.get(container.vps)
        cores = machine.capacity.cpu if machine else None
        if cores is not None and container.cpu is not None and container.cpu > cores:
            at = container.resources_at / "cpu"
            yield diagnose(
                "KM515", at, name=container.name, cpu=f"{container.cpu:f}", cores=f"{cores:f}", vps=container.vps
            )


def unbounded(graph: Graph) -> Iterator[Diagnostic]:
    """A container without a memory limit can take the machine down with it."""
    for container in graph.deployment.containers.values():
        if container.memory is None and not container.is_external and not container.absent & {"resources"}:
            yield diagnose("KM518", container.address, part="key", name=container.name)
