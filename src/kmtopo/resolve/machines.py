"""Machines and networks of one environment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kmtopo.addresses import Address
from kmtopo.model.layered import Layer, Where, settled
from kmtopo.model.network import NetworkEntry
from kmtopo.model.vps import CapacityEntry, VpsEntry
from kmtopo.records import validated
from kmtopo.resolve.deployment import Alternative, Capacity, Network, Vps
from kmtopo.resolve.world import World

DEFAULT_NETWORK = "default"
UNREAD = "?"


def machine(name: str, layer: Layer) -> Vps:
    """Resolves one machine."""
    entry = validated(VpsEntry, settled(layer.data))
    return Vps(
        name=name,
        address=layer.where.address,
        title=entry.title or name,
        provider=entry.provider,
        os=entry.os,
        engine=entry.engine,
        public_ip=entry.address or _unread(layer, "address"),
        private_ip=entry.private_address or _unread(layer, "private_address"),
        location=entry.location,
        capacity=_capacity(entry.capacity),
        reserve=_capacity(entry.reserve),
        cost=entry.cost,
        alternatives=tuple(Alternative(a.title or "", a.cost) for a in entry.alternatives or () if a.cost),
    )


def _unread(layer: Layer, key: str) -> str | None:
    """Stands for an address that could not be read: the machine has one, equal to no other."""
    return UNREAD if key in layer.absent_keys() else None


def _capacity(entry: CapacityEntry | None) -> Capacity:
    return Capacity(entry.cpu, entry.memory, entry.disk) if entry else Capacity()


def declared_networks(world: World) -> Mapping[str, Layer]:
    """The environment's networks; where none is declared there is one, ``default``, with a way in and out."""
    networks = world.items["networks"]
    if networks:
        return networks
    return {DEFAULT_NETWORK: Layer({"internal": False}, Where(Address.of("networks", DEFAULT_NETWORK)))}


def network(
    name: str, layer: Layer, allocated: str | None, machines: Iterable[str], tenant: str | None = None
) -> Network:
    """Resolves one network; an explicit subnet wins over the allocated one."""
    entry = validated(NetworkEntry, settled(layer.data))
    return Network(
        name=name,
        address=layer.where.address,
        title=entry.title or layer.where.address.name,
        purpose=entry.purpose,
        # One that could not be read shuts nobody in.
        internal=entry.internal is not False and "internal" not in layer.absent_keys(),
        subnet=entry.subnet or allocated or "",
        subnet_origin=layer.where.find(("subnet",)) if entry.subnet else None,
        encrypted=bool(entry.encrypted),
        vps=tuple(sorted(set(machines))),
        tenant=tenant,
    )
