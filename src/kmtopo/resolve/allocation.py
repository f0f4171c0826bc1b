"""Allocation: what the file leaves open is chosen once, kept in the lock, and never renumbered by other edits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from ipaddress import IPv4Network, IPv6Network, ip_network

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.resolve.lock import Lock
from kmtopo.values import frozen

DEFAULT_POOL = "10.64.0.0/12"
SUBNET_BITS = 24
FIRST_PORT, LAST_PORT = 20_000, 29_999
AnyNetwork = IPv4Network | IPv6Network


@frozen
class Needs:
    """What must be allocated over all environments: keys of the lock, and what is taken by the file itself.

    ``databases`` says how many numbers in a row each key of a store with numbered databases needs.
    """

    subnets: Mapping[str, Address]
    ports: Mapping[str, Address]
    taken_subnets: tuple[str, ...] = ()
    taken_ports: tuple[int, ...] = ()
    databases: Mapping[str, int] = field(default_factory=dict)


def allocate(needs: Needs, lock: Lock, pool: str, pool_at: Address) -> tuple[Lock, list[Diagnostic]]:
    """Returns the lock that serves all needs: entries kept as they are, new ones at the lowest free place.

    Entries that nobody needs any more are dropped.
    """
    kept = Lock(
        {key: value for key, value in lock.subnets.items() if key in needs.subnets},
        {key: value for key, value in lock.ports.items() if key in needs.ports},
        {key: value for key, value in lock.databases.items() if key in needs.databases},
    )
    subnets, found = _subnets(needs, kept, pool, pool_at)
    ports = dict(kept.ports)
    free = _free_ports([*needs.taken_ports, *ports.values()])
    for key in sorted(set(needs.ports) - set(ports)):
        ports[key] = next(free, LAST_PORT)
    return replace(kept, subnets=subnets, ports=ports, databases=_databases(needs, kept)), found


def _subnets(needs: Needs, kept: Lock, pool: str, pool_at: Address) -> tuple[dict[str, str], list[Diagnostic]]:
    subnets = dict(kept.subnets)
    missing = sorted(set(needs.subnets) - set(subnets))
    if not missing:
        return subnets, []
    free = _free_subnets(ip_network(pool), [*needs.taken_subnets, *subnets.values()])
    for key in missing:
        choice = next(free, None)
        if choice is None:
            return subnets, [diagnose("KM309", pool_at, pool=pool, count=len(needs.subnets))]
        subnets[key] = str(choice)
    return subnets, []


def _free_subnets(pool: AnyNetwork, taken: Iterable[str]) -> Iterator[AnyNetwork]:
    bits = max(pool.prefixlen, SUBNET_BITS)
    used = [ip_network(t) for t in taken]
    # Nearly all are of one size: those are a look-up, so that a thousand networks stay linear.
    exact = {n for n in used if n.prefixlen == bits}
    odd = [n for n in used if n.prefixlen != bits and n.version == pool.version]
    for candidate in pool.subnets(new_prefix=bits):
        if candidate not in exact and not any(candidate.overlaps(n) for n in odd):
            yield candidate


def _free_ports(taken: Iterable[int]) -> Iterator[int]:
    used = set(taken)
    return (port for port in range(FIRST_PORT, LAST_PORT + 1) if port not in used)


def _databases(needs: Needs, kept: Lock) -> dict[str, int]:
    """Gives each family a run of numbers in its store: 0 to the first of all."""
    databases = dict(kept.databases)
    used: dict[str, set[int]] = {}
    for key, first in databases.items():
        used.setdefault(_store(key), set()).update(range(first, first + needs.databases[key]))
    free: dict[str, int] = {}
    for key in sorted(set(needs.databases) - set(databases)):
        store, length = _store(key), needs.databases[key]
        taken, first = used.get(store, set()), free.get(store, 0)
        while not taken.isdisjoint(range(first, first + length)):
            first += length
        databases[key], free[store] = first, first + length
    return databases


def _store(key: str) -> str:
    return key.rpartition(".")[0]
