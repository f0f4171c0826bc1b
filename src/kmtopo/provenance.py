"""Provenance: every part of a resolved thing, and where it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kmtopo.addresses import Address, Step
from kmtopo.model.layered import Layer, settled
from kmtopo.pipeline import Build
from kmtopo.resolve.deployment import Container
from kmtopo.resolve.world import World
from kmtopo.source import Span
from kmtopo.syntax import Document
from kmtopo.types.runtime import Variable


@dataclass(frozen=True, slots=True)
class Part:
    """One value: its path below the thing, its text, and the place in the file, or None where a type knows it."""

    path: str
    value: str
    span: Span | None
    known_by: str = ""


def parts(build: Build, environment: str, address: Address) -> list[Part]:
    """All parts of a thing in one environment that lie at an address or below it; empty where nothing does."""
    world, document = build.worlds[environment], build.document
    if document is None or not address.steps:
        return []
    noun, *rest = address.steps
    found = list(_written(world, str(noun), rest, document))
    if noun == "containers" and rest:
        container = build.deployments[environment].containers.get(str(rest[0]))
        written = {part.path for part in found}
        known = [p for p in _known(container) if p.path not in written] if container else []
        found += [p for p in known if _below(p.path, rest[1:])]
    return found


def _below(path: str, steps: list[Step]) -> bool:
    prefix = str(Address(tuple(steps)))
    return not prefix or path == prefix or path.startswith(f"{prefix}.")


def _written(world: World, noun: str, rest: list[Step], document: Document) -> Iterator[Part]:
    layer = _layer(world, noun, rest)
    if layer is None:
        return
    wanted = rest if noun == "tenancy" else rest[1:]
    value: Any = settled(layer.data)
    for step in wanted:
        value = value.get(step) if isinstance(value, Mapping) else None
    for path, leaf in _leaves(value, tuple(wanted)):
        yield Part(str(Address(path)), _shown(leaf), document.span(layer.where.find(path)))


def _layer(world: World, noun: str, rest: list[Step]) -> Layer | None:
    if noun == "tenancy":
        return world.tenancy
    return world.items.get(noun, {}).get(str(rest[0])) if rest else None


def _leaves(value: Any, path: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], Any]]:
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif value is not None:
        yield path, value


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(str, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return "{}" if value == {} else str(value)


def _known(container: Container) -> Iterator[Part]:
    """What the type knows and the file does not say."""
    by = f"type {container.type}"
    if container.port is not None:
        yield Part("port", f"{container.port.number}/{container.port.protocol}", None, by)
    if container.healthcheck is not None:
        yield Part("healthcheck", " ".join(container.healthcheck.test), None, by)
    if container.runtime.command is not None and container.command is None:
        yield Part("command", " ".join(container.runtime.command), None, by)
    yield Part("vps", container.vps, None, "environment")
    for variable in container.variables:
        if variable.origin is None:
            yield Part(f"env.{variable.name}", _value(variable), None, by)
    if container.secrets:
        yield Part("secrets", "[" + ", ".join(container.secrets) + "]", None, by)


def _value(variable: Variable) -> str:
    slots = (p if isinstance(p, str) else f"${{{type(p).__name__.lower()}s.{p.name}}}" for p in variable.parts)
    return "".join(slots)
