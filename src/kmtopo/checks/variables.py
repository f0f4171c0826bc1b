"""Rules about images and environment variables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.graph.graph import Graph
from kmtopo.model.credentials import is_credential
from kmtopo.resolve.deployment import Container
from kmtopo.types.runtime import Variable

_FILLED = "\0"
_URL_WITH_PASSWORD = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s/:@]*:([^\s/@]+)@").search
LEGACY = {
    "CACHE_DRIVER": "CACHE_STORE",
    "BROADCAST_DRIVER": "BROADCAST_CONNECTION",
    "FILESYSTEM_DRIVER": "FILESYSTEM_DISK",
    "MAIL_ENCRYPTION": "MAIL_SCHEME",
}


def image_unpinned(graph: Graph) -> Iterator[Diagnostic]:
    """An image without a tag, or with ``latest``, is another one tomorrow."""
    for container in graph.deployment.containers.values():
        image = container.image or "built:here"
        tag = image.rpartition("/")[2].partition(":")[2]
        if "@" not in image and tag in ("", "latest") and not _has_image_of(container, graph):
            name = image.removesuffix(":latest")
            yield diagnose("KM516", container.address / "image", name=name, image=image)


def _has_image_of(container: Container, graph: Graph) -> bool:
    """Whether the image is inherited: then it is told where it is written."""
    parent = graph.deployment.containers.get(container.family)
    return parent is not None and parent is not container and parent.image == container.image


def literal_credential(graph: Graph) -> Iterator[Diagnostic]:
    """A credential has no place in the file: it names a secret instead."""
    for container in graph.deployment.containers.values():
        for variable in _own(container):
            if is_credential(variable.name) and variable.literal and variable.origin is not None:
                yield diagnose("KM520", variable.origin, name=variable.name, secret=variable.name.lower())


def url_credential(graph: Graph) -> Iterator[Diagnostic]:
    """A password inside an address is a credential, whatever the variable is called."""
    for container in graph.deployment.containers.values():
        for variable in _own(container):
            text = "".join(part if isinstance(part, str) else _FILLED for part in variable.parts)
            found = _URL_WITH_PASSWORD(text)
            if found and found[1].strip(_FILLED) and not is_credential(variable.name):
                secret = f"{variable.name.lower()}_password"
                yield diagnose("KM533", variable.origin or container.address, name=variable.name, secret=secret)


def debug_in_production(graph: Graph) -> Iterator[Diagnostic]:
    """Laravel's debug pages show the environment, secrets included, to whoever causes an error."""
    if graph.deployment.environment.stage != "production":
        return
    for container in graph.deployment.containers.values():
        if container.type != "laravel":
            continue
        for variable in _own(container):
            value = (variable.literal or "").lower()
            if (variable.name, value) in {("APP_DEBUG", "true"), ("APP_DEBUG", "1"), ("APP_ENV", "local")}:
                yield diagnose("KM519", variable.origin or container.address, name=variable.name, value=value)


def legacy_key(graph: Graph) -> Iterator[Diagnostic]:
    """Laravel 11 and later no longer read some keys, and say nothing."""
    for container in graph.deployment.containers.values():
        if container.type == "laravel":
            for variable in _own(container):
                if variable.name in LEGACY and variable.origin is not None:
                    right = LEGACY[variable.name]
                    yield diagnose("KM523", variable.origin, part="key", name=variable.name, right=right)


def key_case(graph: Graph) -> Iterator[Diagnostic]:
    """Two variables that differ only in case are one typing mistake."""
    for container in graph.deployment.containers.values():
        if len({variable.name.upper() for variable in container.variables}) == len(container.variables):
            continue
        first: dict[str, Variable] = {}
        for variable in container.variables:
            rival = first.setdefault(variable.name.upper(), variable)
            at = variable.origin or rival.origin
            if rival is not variable and at is not None:
                also = [Label(address=rival.origin, part="key", text="first")] if rival.origin not in (None, at) else []
                yield diagnose("KM524", at, part="key", also=also, name=variable.name, other=rival.name)


def scheduler_replicas(graph: Graph) -> Iterator[Diagnostic]:
    """Two schedulers run every task twice."""
    for container in graph.deployment.containers.values():
        if container.process == "scheduler" and container.replicas > 1:
            at = container.address / "replicas"
            yield diagnose("KM522", at, name=container.name, replicas=container.replicas)


def _own(container: Container) -> Iterator[Variable]:
    return (v for v in container.variables if v.origin is not None)
