"""What visitors notice while a container is stopped: what ``impact`` foretells is held against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from e2e.environments import TENANTS
from e2e.eventually import eventually
from e2e.stack import Stack

AT_ONCE = 8
# What is asked of each process: what it cannot do without, and what it can.
NEEDED = {"frontend": ("/",), "backend": ("/api/session", "/api/sales")}
WANTED = {"backend": ("/api/reports",)}
PATHS = tuple(path for asked in (NEEDED, WANTED) for paths in asked.values() for path in paths)


@dataclass(frozen=True)
class Outage:
    """Who is down and who is degraded, of the entry, what it leads to, and the tenants."""

    down: frozenset[str]
    degraded: frozenset[str]
    tenants_down: frozenset[str]
    tenants_degraded: frozenset[str]


NONE = Outage(frozenset(), frozenset(), frozenset(), frozenset())


@contextmanager
def stopped(stack: Stack, service: str, host: str) -> Iterator[None]:
    """Stops a service, and starts it again until nobody notices anything."""
    stack.compose("stop", "--timeout", "2", service)
    try:
        yield
    finally:
        stack.compose("start", service)
        eventually(lambda: noticed(stack, host), NONE)


def noticed(stack: Stack, host: str) -> Outage:
    """Asks everything for each tenant, as its visitors would; ``host`` has a place for the tenant."""
    asked = [(tenant, path) for tenant in TENANTS for path in PATHS]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        codes = list(pool.map(lambda each: stack.door.ask(host.format(each[0]), each[1]).status, asked))
    by_tenant = {t: {path: code for (name, path), code in zip(asked, codes, strict=True) if name == t} for t in TENANTS}
    return _outage(by_tenant)


def _outage(codes: Mapping[str, Mapping[str, int]]) -> Outage:
    down = {name for name, paths in NEEDED.items() if any(not _good(each, paths) for each in codes.values())}
    limping = {name for name, paths in WANTED.items() if any(not _good(each, paths) for each in codes.values())} - down
    silent = all(code == 0 for each in codes.values() for code in each.values())
    if silent:
        return Outage(frozenset({"nginx"}), frozenset(), frozenset(codes), frozenset())
    lost = frozenset(t for t, each in codes.items() if all(not _good(each, paths) for paths in NEEDED.values()))
    hurt = frozenset(t for t, each in codes.items() if not _good(each, PATHS)) - lost
    entry = {"nginx"} if down else set()
    return Outage(frozenset(down), frozenset(limping | entry), lost, hurt)


def _good(codes: Mapping[str, int], paths: tuple[str, ...]) -> bool:
    return all(codes[path] == 200 for path in paths)
