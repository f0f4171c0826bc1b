"""What all environments together want of each machine."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from kmtopo.resolve.deployment import Container, Deployment, Vps
from kmtopo.values import frozen

# What a machine may be made to promise: twice its CPU, four fifths of its disk.
CPU_OVERCOMMIT = 2
DISK_SHARE = Decimal("0.8")
_NOTHING = Decimal(0)


@frozen
class Share:
    """What one environment wants of one machine: memory and disk in bytes, CPU in cores, limits of all replicas added up."""

    environment: str
    memory: int
    cpu: Decimal
    disk: int
    largest: Container | None


@frozen
class Load:
    """What a machine has to carry, an environment each."""

    vps: Vps
    shares: tuple[Share, ...]

    @property
    def memory(self) -> int:
        """All memory limits together, in bytes."""
        return sum(share.memory for share in self.shares)

    @property
    def cpu(self) -> Decimal:
        """All CPU limits together, in cores."""
        return sum((share.cpu for share in self.shares), start=_NOTHING)

    @property
    def disk(self) -> int:
        """All sizes of volumes together, in bytes."""
        return sum(share.disk for share in self.shares)

    @property
    def available(self) -> int | None:
        """The memory that limits may add up to, in bytes: what the machine has less what it keeps; None where nobody says."""
        whole = self.vps.capacity.memory
        return None if whole is None else whole - (self.vps.reserve.memory or 0)

    @property
    def most_cpu(self) -> Decimal | None:
        """The cores that limits may add up to; None where nobody says how many there are."""
        whole = self.vps.capacity.cpu
        return None if whole is None else whole * CPU_OVERCOMMIT

    @property
    def most_disk(self) -> int | None:
        """The bytes that volumes may add up to; None where nobody says how many there are."""
        whole = self.vps.capacity.disk
        return None if whole is None else int(whole * DISK_SHARE)

    @property
    def largest(self) -> Container | None:
        """The container that wants most memory; the first environment's among equals."""
        found = [share.largest for share in self.shares if share.largest]
        return max(found, key=wanted_memory, default=None)


def wanted_memory(container: Container) -> int:
    """The memory limits of all replicas, in bytes."""
    return (container.memory or 0) * container.replicas


def wanted_cpu(container: Container) -> Decimal:
    """The CPU limits of all replicas, in cores."""
    return (container.cpu or _NOTHING) * container.replicas


def loads(environments: Iterable[Deployment]) -> dict[str, Load]:
    """Adds up each machine's load, by its name, in the order of environments' names; limits that could not be read count nothing."""
    machines: dict[str, Vps] = {}
    shares: dict[str, list[Share]] = {}
    for deployment in sorted(environments, key=lambda each: each.environment.name):
        for vps in deployment.vps.values():
            machines.setdefault(vps.name, vps)
            shares.setdefault(vps.name, []).append(_share(deployment, vps.name))
    return {name: Load(vps, tuple(shares[name])) for name, vps in sorted(machines.items())}


def _share(deployment: Deployment, vps: str) -> Share:
    containers = [c for c in deployment.containers_on(vps) if "resources" not in c.absent]
    return Share(
        environment=deployment.environment.name,
        memory=sum(map(wanted_memory, containers)),
        cpu=sum(map(wanted_cpu, containers), start=_NOTHING),
        disk=sum(v.size or 0 for v in deployment.volumes.values() if v.vps == vps),
        largest=max(containers, key=wanted_memory, default=None),
    )


def mib(size: int | Decimal) -> str:
    """A size for people: ``512 MiB``, ``26.5 GiB``."""
    if size < 2**30:
        return f"{_plain(Decimal(size) / 2**20)} MiB"
    return f"{_plain(Decimal(size) / 2**30)} GiB"


def _plain(number: Decimal) -> str:
    rounded = number.quantize(Decimal("0.01")).normalize()
    return f"{rounded:f}"
