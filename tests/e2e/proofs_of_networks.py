"""Who can reach whom: seen by packets, never by configuration."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator, Mapping

from e2e.addresses import OUTSIDE, OUTSIDE_PORT
from e2e.proofs import Look, Proof
from e2e.stack import Stack

STORES = {"mongo": 27017, "postgres": 5432, "redis": 6379}
# Who stands before the application, and must not get past it.
FRONT = ("frontend", "nginx")


def proofs(address: str, doors: Iterable[int], without: Iterable[str] = ()) -> Iterator[Proof]:
    """Yields what holds where the data are shut in; ``doors`` are the ports that Nginx publishes on the address."""
    stores = {store: port for store, port in STORES.items() if store not in without}
    expected = {"nginx": tuple(doors)}
    for store, port in stores.items():
        for origin in FRONT:
            yield Proof(f"{origin} does not reach {store}", not_reached(origin, store, port), reached(store, port))
    for store in stores:
        yield Proof(f"{store} has no way out", no_way_out(store), way_out)
    yield Proof("only nginx publishes", lambda stack: published(stack, expected, address), open_doors)


def not_reached(origin: str, store: str, port: int) -> Look:
    """Tries the name of a store and each address that it has."""
    return lambda stack: [
        f"{origin} reaches {store} at {target}"
        for target in (store, *stack.addresses(store).values())
        if stack.reaches(origin, target, port)
    ]


def reached(store: str, port: int) -> Look:
    """Tries the same from the application, at the name and where they share a network."""

    def look(stack: Stack) -> list[str]:
        shared = stack.addresses("backend").keys()
        targets = [store, *(at for network, at in stack.addresses(store).items() if network in shared)]
        assert len(targets) > 1
        return [f"not at {target}" for target in targets if not stack.reaches("backend", target, port)]

    return look


def no_way_out(store: str) -> Look:
    """Tries a host outside."""
    return lambda stack: [f"{store} gets out"] if stack.reaches(store, OUTSIDE, OUTSIDE_PORT) else []


def way_out(stack: Stack) -> list[str]:
    """Tries the same from a network that is a way out."""
    return [] if stack.reaches("frontend", OUTSIDE, OUTSIDE_PORT) else ["the host outside is not there"]


def published(stack: Stack, expected: Mapping[str, int | tuple[int, ...]], address: str) -> list[str]:
    """Compares all host ports of all containers with those that are expected, by service; all are on one address."""
    ports = {service: (port,) if isinstance(port, int) else port for service, port in expected.items()}
    wanted = {f"{service} {address}:{port}" for service, each in ports.items() for port in each}
    found = {
        f"{container['Service']} {publisher['URL']}:{publisher['PublishedPort']}"
        for container in stack.containers()
        for publisher in container["Publishers"] or []
        if publisher["PublishedPort"]
    }
    return sorted(found ^ wanted)


def open_doors(stack: Stack) -> list[str]:
    """Opens a connection to what is published."""
    try:
        socket.create_connection((stack.door.address, stack.door.port), 3).close()
    except OSError as why:
        return [str(why)]
    return []
