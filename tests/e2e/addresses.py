"""Addresses of this machine that exist while a test runs: a VPS's own, and a host somewhere on the Internet."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from e2e.machine import program, run

WHAT = "the network of a VPS"
# TEST-NET-2 of RFC 5737: nobody's.
OUR_END, OUTSIDE = "198.51.100.1", "198.51.100.2"
OUTSIDE_PORT = 8099
NAMESPACE, CABLE = "kmtopo-e2e", "kmtopo-e2e"
LISTEN = """
import socket, sys
server = socket.create_server((sys.argv[1], int(sys.argv[2])))
print("listening", flush=True)
while True:
    server.accept()[0].close()
"""


CONNECT = """
import socket, sys
from concurrent.futures import ThreadPoolExecutor

def takes(target):
    host, _, port = target.rpartition(":")
    try:
        socket.create_connection((host, int(port)), 2).close()
    except OSError:
        return ""
    return target

with ThreadPoolExecutor(32) as pool:
    print(*pool.map(takes, sys.argv[1:]))
"""


@contextmanager
def on_loopback(address: str) -> Iterator[None]:
    """Gives this machine the address of a VPS, so that what is generated for it is started as it is."""
    if f"{address}/32" in _ip("-brief", "address", "show", "dev", "lo").split():
        yield
        return
    _ip("address", "replace", f"{address}/32", "dev", "lo")
    try:
        yield
    finally:
        _ip("address", "delete", f"{address}/32", "dev", "lo")


@contextmanager
def internet() -> Iterator[None]:
    """Sets up a host outside, behind a cable of its own, that listens on one port.

    A way out can only be judged by packets: containers have a default route now and then where nothing gets out.
    """
    _tear_down()
    _ip("netns", "add", NAMESPACE)
    try:
        _ip("link", "add", CABLE, "type", "veth", "peer", "name", "eth0", "netns", NAMESPACE)
        _ip("address", "add", f"{OUR_END}/24", "dev", CABLE)
        _ip("link", "set", CABLE, "up")
        _ip("-n", NAMESPACE, "address", "add", f"{OUTSIDE}/24", "dev", "eth0")
        _ip("-n", NAMESPACE, "link", "set", "eth0", "up")
        _ip("-n", NAMESPACE, "route", "add", "default", "via", OUR_END)
        with _listening():
            yield
    finally:
        _tear_down()


@contextmanager
def _listening() -> Iterator[None]:
    command = [*_inside(), sys.executable, "-c", LISTEN, OUTSIDE, str(OUTSIDE_PORT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        process.stdout.readline()
        try:
            yield
        finally:
            process.terminate()


def taken_from_outside(targets: Iterable[str]) -> set[str]:
    """Which of some addresses with ports take a connection from the host outside."""
    return set(run(*_inside(), sys.executable, "-c", CONNECT, *targets, what=WHAT).split())


def _inside() -> tuple[str, ...]:
    return (program("nsenter", WHAT), f"--net=/run/netns/{NAMESPACE}")


def _tear_down() -> None:
    subprocess.run([program("ip", WHAT), "netns", "delete", NAMESPACE], capture_output=True, check=False)


def _ip(*words: str) -> str:
    return run(program("ip", WHAT), *words, what=WHAT)
