"""Provenance: every part of a resolved thing, and where it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from kmtopo.addresses import Address, Step
from kmtopo.model.layered import Layer, settled
from kmtopo.pipeline import Build
from kmtopo.resolve.companies import Tenant
from kmtopo.resolve.deployment import GROUP_OF_THE_TENANT, Container, Network
from kmtopo.resolve.world import Copy, World
from kmtopo.source import Span
from kmtopo.syntax import Document, parse
from kmtopo.values import frozen

_UNITS = (("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10))


@frozen
class Part:
    """One value: its path below the thing, its text, and where it comes from.

    ``span`` is its place in a file. What no file says is ``known_by`` a ``type``, an ``environment``, a
    ``default`` or an ``allocation``; ``knower`` is its name. ``scaled_at`` is the scale that changed it.
    """

    path: str
    value: str
    span: Span | None = None
    known_by: str = ""
    knower: str = ""
    scaled_at: Span | None = None


def parts(build: Build, environment: str, address: Address) -> list[Part]:
    """All parts of a thing in one environment that lie at an address or below it; empty where nothing does."""
    world, document = build.worlds[environment], build.document
    if document is None or not address.steps:
        return []
    noun, *rest = address.steps
    layer = _layer(world, str(noun), rest)
    # Where the file names no network there is one all the same.
    if layer is None and noun != "networks":
        return []
    wanted = rest if noun == "tenancy" else rest[1:]
    stated = {part.path: part for part in _stated(layer, document)} if layer else {}
    for part in _known(build, environment, str(noun), str(rest[0]) if rest else ""):
        stated[part.path] = _joined(stated.get(part.path), part)
    return [part for part in stated.values() if _is_below(part.path, wanted)]


def written(build: Build, address: Address) -> list[Part]:
    """All parts of the file as written that lie at an address or below it; empty where nothing does."""
    document = build.document
    if document is None or not document.has(address):
        return []
    value = document.data
    for step in address.steps:
        value = value[step]
    found = _leaves(value, address.steps)
    return [Part(str(Address(path)), _shown(leaf), document.span(path)) for path, leaf in found]


def _layer(world: World, noun: str, rest: list[Step]) -> Layer | None:
    if noun == "tenancy":
        return world.tenancy
    if noun == "environments":
        return world.own if rest == [world.name] else None
    return world.items.get(noun, {}).get(str(rest[0])) if rest else None


def _stated(layer: Layer, document: Document) -> Iterator[Part]:
    for path, leaf in _leaves(settled(layer.data), ()):
        yield Part(str(Address(path)), _shown(leaf), document.span(layer.where.find(path)))


def _joined(stated: Part | None, known: Part) -> Part:
    """What is resolved, with the place of what is written, or of what replaces that."""
    if stated is None:
        return replace(known, scaled_at=None)
    if known.value == stated.value:
        return stated
    return replace(stated, value=known.value, span=known.span or stated.span, scaled_at=known.scaled_at)


def _is_below(path: str, steps: list[Step]) -> bool:
    prefix = str(Address(tuple(steps)))
    return not prefix or path == prefix or path.startswith((f"{prefix}.", f"{prefix}["))


def _leaves(value: Any, path: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], Any]]:
    entries: Iterable[tuple[Step, Any]] = ()
    if isinstance(value, Mapping):
        entries = value.items()
    elif isinstance(value, list) and any(isinstance(item, Mapping | list) for item in value):
        entries = enumerate(value)
    if entries:
        for step, inner in entries:
            yield from _leaves(inner, (*path, step))
    elif value is not None:
        yield path, value


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_shown, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return "{}" if value == {} else str(value)


def _known(build: Build, environment: str, noun: str, name: str) -> Iterator[Part]:
    """What is resolved: scaled, allocated, or known without the file saying it."""
    deployment = build.deployments.get(environment)
    if deployment is None:
        return
    world = build.worlds[environment]
    yield from _of_copy(world.copy(noun, name), world, build.document)
    if noun == "containers" and name in deployment.containers:
        yield from _of_container(deployment.containers[name], _Scale(world, build.document), build.document)
    elif noun == "networks" and name in deployment.networks:
        yield from _of_network(deployment.networks[name], environment, build)
    elif noun == "tenants" and name in deployment.tenants:
        yield _of_tenant(deployment.tenants[name], build.document)
    elif noun == "tenancy" and world.own.data.get("domain"):
        yield _of_pattern(world.own, build.document)
    elif noun == "environments":
        yield Part("stage", deployment.environment.stage, known_by="default")
        yield Part("tls.mode", deployment.tls.mode, known_by="default")


def _of_copy(copy: Copy | None, world: World, document: Document | None) -> Iterator[Part]:
    """Whose copy it is, with the place that makes the tenant dedicated; the other parts are the original's."""
    if copy is not None:
        yield Part("tenant", copy.tenant, document.span(world.placements[copy.tenant]) if document else None)


class _Scale:
    """Where an environment says how much of the base's size it is."""

    def __init__(self, world: World, document: Document | None) -> None:
        self._world = world
        self._document = document

    def at(self, what: str) -> Span | None:
        scale = self._world.own.data.get("scale")
        if self._document is None or not isinstance(scale, Mapping) or what not in scale:
            return None
        return self._document.span(self._world.own.where.find(("scale", what)))


def _of_container(container: Container, scale: _Scale, document: Document | None) -> Iterator[Part]:
    typed = partial(Part, known_by="type", knower=container.type)
    if container.cpu is not None:
        yield Part("resources.cpu", f"{container.cpu:f}", scaled_at=scale.at("cpu"))
    if container.memory is not None:
        yield Part("resources.memory", _size(container.memory), scaled_at=scale.at("memory"))
    for mount in container.mounts:
        if mount.volume and mount.size is not None:
            yield Part(f"volumes.{mount.volume}.size", _size(mount.size), scaled_at=scale.at("disk"))
    if container.is_external:
        return
    yield Part("vps", container.vps, known_by="environment")
    yield Part("replicas", str(container.replicas), known_by="default", scaled_at=scale.at("replicas"))
    if container.port is not None:
        yield typed("port", f"{container.port.number}/{container.port.protocol}")
    for variable in container.variables:
        path, value = str(Address.of("env", variable.name)), variable.written
        if variable.group == GROUP_OF_THE_TENANT and variable.origin and document:
            yield Part(path, value, document.span(variable.origin))
        else:
            yield typed(path, value)
    yield from _of_type(container, typed)


def _of_type(container: Container, typed: Callable[[str, str], Part]) -> Iterator[Part]:
    if container.runtime.command is not None and container.command is None:
        yield typed("command", " ".join(container.runtime.command))
    if container.healthcheck is not None:
        yield typed("healthcheck.test", " ".join(container.healthcheck.test))
    if container.secrets:
        yield typed("secrets", f"[{', '.join(container.secrets)}]")


def _of_network(network: Network, environment: str, build: Build) -> Iterator[Part]:
    yield Part("internal", str(network.internal).lower(), known_by="default")
    yield Part("vps", f"[{', '.join(network.vps)}]", known_by="environment")
    span = _allocated(build, f"{environment}.{network.name}")
    yield Part("subnet", network.subnet, span, "" if span else "allocation")


def _allocated(build: Build, entry: str) -> Span | None:
    """Where the lock holds a subnet; None where the next build will write it."""
    lock = parse(build.lock_source)[0] if build.lock_source else None
    address = Address.of("subnets", entry)
    return lock.span(address) if lock and lock.has(address) else None


def _of_tenant(tenant: Tenant, document: Document | None) -> Part:
    span = document.span(tenant.host_origin) if document else None
    return Part("domain", f"[{', '.join(tenant.hosts)}]", span)


def _of_pattern(environment: Layer, document: Document | None) -> Part:
    """The pattern that an environment has instead of tenancy's."""
    span = document.span(environment.where.find(("domain",))) if document else None
    return Part("domain", _shown(environment.data["domain"]), span)


def _size(count: int) -> str:
    unit, bits = next(((unit, bits) for unit, bits in _UNITS if count and count % (1 << bits) == 0), ("B", 0))
    return f"{count >> bits}{unit}" if bits else f"{count} B"
