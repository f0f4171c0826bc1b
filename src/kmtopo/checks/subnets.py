"""Rules about address ranges."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_network

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.resolve.deployment import Network
from kmtopo.rule import Environments
from kmtopo.values import frozen


@frozen
class _Range:
    environment: str
    network: Network
    vps: str
    cidr: IPv4Network | IPv6Network
    origin: Address

    @property
    def first(self) -> tuple[str, int, int]:
        return (self.vps, self.cidr.version, int(self.cidr.network_address))

    @property
    def written(self) -> tuple[object, ...]:
        """Where it is written and what, so that it is the same wherever it holds; an allocated one is its network's own."""
        return (self.origin, self.cidr, "" if self.network.subnet_origin else self.environment)


def subnet_overlap(environments: Environments) -> Iterator[Diagnostic]:
    """Ranges on one machine must not overlap, over all environments.

    Sorted by start, so that only a range and those it reaches into are compared. Two ranges that are written
    down and meet on every machine of every environment are one mistake, told for the first machine.
    """
    told: set[tuple[object, ...]] = set()
    ranges = sorted(_ranges(environments), key=lambda r: (r.first, -int(r.cidr.broadcast_address)))
    widest: _Range | None = None
    for here in ranges:
        reaches = widest is not None and widest.first[:2] == here.first[:2] and widest.cidr.overlaps(here.cidr)
        if widest is not None and reaches and (met := (widest.written, here.written)) not in told:
            told.add(met)
            yield _overlap(here, widest)
        if widest is None or not reaches or here.cidr.broadcast_address > widest.cidr.broadcast_address:  # type: ignore[operator]
            widest = here


def _ranges(environments: Environments) -> Iterator[_Range]:
    for environment, graph in sorted(environments.graphs.items()):
        for network in graph.deployment.networks.values():
            if not network.subnet:
                continue
            for vps in network.vps:
                origin = network.subnet_origin or network.address
                yield _Range(environment, network, vps, ip_network(network.subnet), origin)


def _overlap(here: _Range, other: _Range) -> Diagnostic:
    also = [Label(address=other.origin, text="other")] if other.origin != here.origin else []
    locked = next((r for r in (here, other) if r.network.subnet_origin is None), None)
    help_ = "lock" if locked else "environments" if other.origin == here.origin else ""
    return diagnose(
        "KM507",
        here.origin,
        also=also,
        help=help_,
        subnet=here.cidr,
        other=other.cidr,
        network=here.network.name,
        other_network=other.network.name,
        vps=here.vps,
        key=f"{locked.environment}.{locked.network.name}" if locked else "",
    )
