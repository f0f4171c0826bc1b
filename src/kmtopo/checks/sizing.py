"""Rules about what programs take of their container's memory, where the file sets it itself."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from itertools import pairwise

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.graph.graph import Graph
from kmtopo.graph.load import mib
from kmtopo.resolve.deployment import Container
from kmtopo.types.laravel import WORKER_MEMORY
from kmtopo.types.memory import GIB, MIB

CHILDREN = "PHP_FPM_PM_MAX_CHILDREN"
_REDIS_PERCENT, _MONGO_PERCENT = 75, 50
_SETTING = re.compile(r"(?:-c|--)?([a-z_]+)=(\S+)\Z").match
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?([kKmMgG]?)[bB]?\Z").match
_UNITS = {"": 1, "k": 1024, "m": MIB, "g": GIB}
_BLOCK = 8 * 1024
_WORK_MEMORY, _CONNECTIONS = 4 * MIB, 100


def fpm_children(graph: Graph) -> Iterator[Diagnostic]:
    """More workers of PHP-FPM than a container's memory holds end in the kernel killing some."""
    for container in _bounded(graph, "laravel"):
        for variable in container.variables:
            if variable.name != CHILDREN or variable.origin is None:
                continue
            text = variable.literal or ""
            if not text.isdecimal():
                continue
            memory = container.memory or 0
            if int(text) * WORKER_MEMORY > memory:
                fit = max(memory // WORKER_MEMORY, 1)
                yield diagnose("KM535", variable.origin, name=container.name, count=text, memory=mib(memory), fit=fit)


def postgres_buffers(graph: Graph) -> Iterator[Diagnostic]:
    """What PostgreSQL keeps for all and what each connection may sort in must fit together."""
    for container in _bounded(graph, "postgres"):
        settings = _settings(container)
        buffers = _bytes(settings.get("shared_buffers", ""), _BLOCK) or 0
        work = _bytes(settings.get("work_mem", ""), 1024) or _WORK_MEMORY
        connections = int(settings.get("max_connections", _CONNECTIONS))
        if {"shared_buffers", "work_mem"} & settings.keys() and buffers + work * connections > (container.memory or 0):
            yield _too_much("KM536", container, buffers + work * connections)


def mongo_cache(graph: Graph) -> Iterator[Diagnostic]:
    """MongoDB takes about as much again beside its cache."""
    for container in _bounded(graph, "mongodb"):
        cache = _option(container, "--wiredTigerCacheSizeGB")
        number = float(cache) * GIB if cache.replace(".", "", 1).isdecimal() else 0
        if number > (container.memory or 0) * _MONGO_PERCENT / 100:
            yield _too_much("KM537", container, int(number))


def redis_memory(graph: Graph) -> Iterator[Diagnostic]:
    """Redis needs room beside its data while it writes them down."""
    for container in _bounded(graph, "redis"):
        if not _option(container, "--aclfile"):
            # Such a command makes no users, and is refused for that.
            continue
        most = _bytes(_option(container, "--maxmemory"), 1)
        if not most:
            memory = mib(container.memory or 0)
            yield diagnose("KM538", container.address / "command", help="unset", name=container.name, memory=memory)
        elif most > (container.memory or 0) * _REDIS_PERCENT / 100:
            yield _too_much("KM538", container, most)


def _too_much(code: str, container: Container, taken: int) -> Diagnostic:
    memory = mib(container.memory or 0)
    return diagnose(code, container.address / "command", taken=mib(taken), name=container.name, memory=memory)


def _bounded(graph: Graph, kind: str) -> Iterator[Container]:
    """The containers of a type whose memory has a limit that could be read."""
    containers = graph.deployment.containers.values()
    return (
        c for c in containers if c.type == kind and c.memory is not None and not c.absent & {"command", "resources"}
    )


def _words(container: Container) -> list[str]:
    """The words of the file's own command, those of a shell line among them."""
    command = container.command or ()
    lines = [command] if isinstance(command, str) else list(command)
    return [word for line in lines for word in _split(line)]


def _split(line: str) -> list[str]:
    """The words of a line, those of a line between its quotes too, as ``sh -c`` takes it."""
    try:
        words = shlex.split(line)
    except ValueError:
        return line.split()
    return [inner for word in words for inner in ([word] if word == line or " " not in word else _split(word))]


def _settings(container: Container) -> dict[str, str]:
    found = (_SETTING(word) for word in _words(container))
    settings = {each[1]: each[2] for each in found if each}
    return {name: value for name, value in settings.items() if name != "max_connections" or value.isdecimal()}


def _option(container: Container, name: str) -> str:
    """The value of an option, as the next word or after ``=``; "" where it is not said."""
    for word, following in pairwise((*_words(container), "")):
        option, equals, value = word.partition("=")
        if option == name:
            return value if equals else following
    return ""


def _bytes(text: str, unit: int) -> int | None:
    """Reads ``512MB``; a number alone counts units of its own."""
    found = _SIZE(text)
    if not found:
        return None
    return int(float(found[1]) * (_UNITS[found[2].lower()] if found[2] else unit))
