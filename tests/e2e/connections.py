"""Who connects to whom, found out by trying every pair: what the graph answers is held against it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from e2e.addresses import OUTSIDE, OUTSIDE_PORT, taken_from_outside
from e2e.stack import Stack

INTERNET = "internet"
AT_ONCE = 4
# A port that every container listens on while it is tried: where nothing connects it is the network that is silent.
PROBE = 7077
LISTEN = ("timeout", "60", "nc", "-l", "-k", str(PROBE))
TRY = 'for t in "$@"; do (nc -z -w 2 "${t%:*}" "${t##*:}" && echo "$t") & done; wait'
LISTENING = "0A"  # as the kernel writes it; addresses from the last byte on
LOOPBACK = ("7F", "0" * 24 + "01000000")

Pair = tuple[str, str]


@dataclass(frozen=True)
class Place:
    """A container that runs; ``ports`` are those that it listens on, ``doors`` lead to it from the machine."""

    name: str
    service: str
    addresses: tuple[str, ...]
    ports: tuple[int, ...]
    doors: tuple[str, ...]

    def targets(self) -> Iterator[str]:
        """Each port on each address."""
        yield from (f"{address}:{port}" for address in self.addresses for port in self.ports)

    def outcomes(self, taken: Collection[str]) -> set[bool]:
        """Whether a connection came about, over all ports: it does on whichever address it may."""
        return {any(f"{address}:{port}" in taken for address in self.addresses) for port in self.ports}


def tried(stack: Stack) -> dict[Pair, set[bool]]:
    """Tries every ordered pair of services that run, over all replicas and ports, and the Internet as either end.

    Where all ports answer alike there is one outcome.
    """
    places = _places(stack)
    targets = [*(target for place in places for target in place.targets()), f"{OUTSIDE}:{OUTSIDE_PORT}"]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        taken = list(pool.map(lambda place: _taken(stack, place, targets), places))
    from_outside = taken_from_outside([*targets, *(door for place in places for door in place.doors)])
    found: dict[Pair, set[bool]] = {}
    for place, here in zip(places, taken, strict=True):
        found.setdefault((place.service, INTERNET), set()).add(f"{OUTSIDE}:{OUTSIDE_PORT}" in here)
        led_in = {door in from_outside for door in place.doors} or place.outcomes(from_outside)
        found.setdefault((INTERNET, place.service), set()).update(led_in)
        for other in places:
            if other.service != place.service:
                found.setdefault((place.service, other.service), set()).update(other.outcomes(here))
    return found


def _places(stack: Stack) -> list[Place]:
    running = [c for c in stack.containers() if c["State"] == "running"]
    for container in running:
        stack.docker.say("exec", "--detach", container["Name"], *LISTEN)
    return [_place(stack, container["Name"], container["Service"]) for container in running]


def _place(stack: Stack, name: str, service: str) -> Place:
    known = json.loads(stack.docker.say("inspect", name))[0]["NetworkSettings"]
    addresses = tuple(joined["IPAddress"] for joined in known["Networks"].values())
    doors = tuple(f"{each['HostIp']}:{each['HostPort']}" for ways in known["Ports"].values() for each in ways or ())
    return Place(name, service, addresses, tuple(sorted({*_listened(stack, name), PROBE})), doors)


def _listened(stack: Stack, name: str) -> Iterator[int]:
    """The ports on which a container takes connections from others, as its kernel says."""
    for line in stack.docker.say("exec", name, "cat", "/proc/net/tcp", "/proc/net/tcp6").splitlines():
        _, local, _, state, *_ = line.split()
        address, _, port = local.partition(":")
        if state == LISTENING and not address.endswith(LOOPBACK):
            yield int(port, 16)


def _taken(stack: Stack, place: Place, targets: list[str]) -> set[str]:
    return set(stack.docker.run("exec", place.name, "sh", "-c", TRY, "sh", *targets).stdout.split())
