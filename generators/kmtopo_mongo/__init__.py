"""MongoDB: users with roles on exactly their databases, made on the first start and on any later day alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from kmtopo.plugin import (
    Artifact,
    Container,
    DataStore,
    Deployment,
    Diagnostic,
    Generator,
    Graph,
    Options,
    Tools,
    diagnose,
)
from kmtopo_mongo import deprovision, scripts
from kmtopo_mongo.provision import provision

__all__ = ["generator"]


def generate(graph: Graph, _options: Options, _tools: Tools) -> Iterator[Artifact | Diagnostic]:
    """Yields a folder for each container of type ``mongodb``."""
    deployment = graph.deployment
    for container in deployment.containers.values():
        store = deployment.data_stores.get(container.name)
        if container.type == "mongodb" and container.runtime.folders and store is not None:
            yield from _findings(container)
            yield from _folder(container, store, deployment)


def _findings(container: Container) -> Iterator[Diagnostic]:
    command = container.command
    words = command.split() if isinstance(command, str) else command or ()
    if "--noauth" in words:
        yield diagnose("KM633", at=container.address / "command", name=container.name)


def _folder(container: Container, store: DataStore, deployment: Deployment) -> Iterator[Artifact]:
    own, first_start = (PurePosixPath(container.vps, folder.name) for folder in container.runtime.folders)
    here = (container.address,)
    origins = tuple(dict.fromkeys((*here, *(space.address for space in store.spaces))))
    yield Artifact(own / "deprovision.js", deprovision.in_the_server(store), origins=here)
    yield Artifact(own / "deprovision.sh", deprovision.at_the_operator(container, deployment), 0o755, here)
    yield Artifact(first_start / "provision.js", scripts.first_start(container), origins=here)
    yield Artifact(own / "provision.js", provision(store), origins=origins)
    yield Artifact(own / "provision.sh", scripts.provision(container), 0o755, here)


generator = Generator(
    name="mongo",
    summary="MongoDB users: each group of processes reads and writes its own databases, and no others",
    options=Options,
    generate=generate,
)
