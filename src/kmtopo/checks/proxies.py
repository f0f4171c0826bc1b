"""Rules about proxies: whom they believe, and whether what is behind them takes what they let through."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.graph.graph import Graph
from kmtopo.resolve.deployment import Container, Route
from kmtopo.types.memory import MIB
from kmtopo.types.runtime import Variable

# What images of PHP read their limits from, as serversideup's and others call it.
_BODIES = ("PHP_POST_MAX_SIZE", "PHP_UPLOAD_MAX_FILE_SIZE", "PHP_UPLOAD_MAX_FILESIZE")
_EXECUTION = "PHP_MAX_EXECUTION_TIME"
_PHP_SIZE = re.compile(r"([0-9]+)([KMG]?)\Z", re.IGNORECASE).match
_UNITS = {"": 1, "K": 1024, "M": MIB, "G": 1024 * MIB}
# Nginx's own, where a route says nothing.
_BODY, _TIMEOUT = MIB, 60


def real_ip(graph: Graph) -> Iterator[Diagnostic]:
    """Where TLS ends before us, every client has the address of whoever ends it, and shares one limit."""
    tls = graph.deployment.tls
    entrances = [c for c in graph.deployment.containers.values() if c.type == "nginx" and c.publications]
    if tls.mode == "external" and not tls.trusted and entrances:
        yield diagnose("KM529", tls.origin, name=entrances[0].name)


def limits_behind(graph: Graph) -> Iterator[Diagnostic]:
    """A proxy that lets through what PHP refuses, or leaves before PHP does, turns an answer into an error."""
    containers = graph.deployment.containers
    largest = max((t.limits.body or 0 for t in graph.deployment.tenants.values() if t.limits), default=0)
    for proxy in containers.values():
        for route in proxy.routes:
            callee = containers.get(route.to)
            if callee is not None and callee.type == "laravel":
                yield from _bodies(route, callee, largest)
                yield from _timeouts(route, callee)


def _bodies(route: Route, callee: Container, largest: int) -> Iterator[Diagnostic]:
    body = max(route.body or _BODY, largest)
    for variable in _said(callee, *_BODIES):
        taken = _php_size(variable.literal or "")
        if taken and taken < body:
            also = [Label(address=route.origin, text="route")]
            shown = f"{-(-body // MIB)}M"
            yield diagnose(
                "KM534",
                variable.origin,
                also=also,
                name=variable.name,
                value=variable.literal,
                right=shown,
                to=route.to,
            )


def _timeouts(route: Route, callee: Container) -> Iterator[Diagnostic]:
    waits = route.timeout or _TIMEOUT
    for variable in _said(callee, _EXECUTION):
        takes = int(variable.literal or "") if (variable.literal or "").isdecimal() else 0
        if takes > waits:
            also = [Label(address=route.origin, text="route")]
            yield diagnose(
                "KM534",
                variable.origin,
                also=also,
                help="timeout",
                name=variable.name,
                right=f"{takes}s",
                waits=waits,
                to=route.to,
            )


def _said(container: Container, *names: str) -> Iterator[Variable]:
    return (v for v in container.variables if v.name in names and v.origin is not None)


def _php_size(value: str) -> int | None:
    found = _PHP_SIZE(value)
    return int(found[1]) * _UNITS[found[2].upper()] if found else None
