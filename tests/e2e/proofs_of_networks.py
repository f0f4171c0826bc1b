"""Who can reach whom: seen by packets, never by configuration."""

from __future__ import annotations

import socket
from collections.abc import Iterator

from e2e.addresses import OUTSIDE, OUTSIDE_PORT
from e2e.proofs import Look, Proof
from e2e.stack import Stack

STORES = {"mongo": 27017, "postgres": 5432, "redis": 6379}
# Who stands before the application, and must not get past it.
FRONT = ("frontend", "nginx")


def proofs(door_ports: set[str]) -> Iterator[Proof]:
    """Yields what holds in production; ``door_ports`` are what Nginx publishes: ``203.0.113.10:443``."""
    for store, port in STORES.items():
        for origin in FRONT:
            yield Proof(f"{origin} does not reach {store}", not_reached(origin, store, port), reached(store, port))
    for store in STORES:
        yield Proof(f"{store} has no way out", no_way_out(store), way_out)
    yield Proof("only nginx publishes", lambda stack: published(stack, door_ports), open_doors)


def not_reached(origin: str, store: str, port: int) -> Look:
    """Tries the name of a store and each address that it has."""
    return lambda stack: [
        f"{origin} reaches {store} at {target}"
        for target in _targets(stack, store)
        if stack.reaches(origin, target, port)
    ]


def reached(store: str, port: int) -> Look:
    """Tries the same from the application, which shares a network with it."""
    return lambda stack: [
        f"backend does not reach {store} at {target}"
        for target in _targets(stack, store)
        if not stack.reaches("backend", target, port)
    ]


def no_way_out(store: str) -> Look:
    """Tries a host outside."""
    return lambda stack: [f"{store} gets out"] if stack.reaches(store, OUTSIDE, OUTSIDE_PORT) else []


def way_out(stack: Stack) -> list[str]:
    """Tries the same from a network that is a way out."""
    return [] if stack.reaches("frontend", OUTSIDE, OUTSIDE_PORT) else ["the host outside is not there"]


def published(stack: Stack, expected: set[str]) -> list[str]:
    """Compares all host ports of all containers with those that are expected."""
    found = {
        f"{service} {publisher['URL']}:{publisher['PublishedPort']}"
        for container in stack.containers()
        for service, publishers in [(container["Service"], container["Publishers"] or [])]
        for publisher in publishers
        if publisher["PublishedPort"]
    }
    return sorted(found ^ {f"nginx {door}" for door in expected})


def open_doors(stack: Stack) -> list[str]:
    """Opens a connection to what is published."""
    try:
        socket.create_connection((stack.door.address, stack.door.port), 3).close()
    except OSError as why:
        return [str(why)]
    return []


def _targets(stack: Stack, store: str) -> list[str]:
    return [store, *stack.addresses(store).values()]
