"""Redis: who may do what in each server, and how a running one learns of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from kmtopo.plugin import Address, Artifact, Container, DataStore, Diagnostic, Generator, Graph, Options, Tools
from kmtopo_redis import findings, scripts
from kmtopo_redis.users import users

__all__ = ["generator"]


def generate(graph: Graph, _options: Options, _tools: Tools) -> Iterator[Artifact | Diagnostic]:
    """Yields a folder for each container of type ``redis``."""
    deployment = graph.deployment
    for container in deployment.containers.values():
        store = deployment.data_stores.get(container.name)
        if container.type == "redis" and container.runtime.folders and store is not None:
            yield from findings.findings(container, store, deployment)
            yield from _folder(container, store)


def _folder(container: Container, store: DataStore) -> Iterator[Artifact]:
    folder = PurePosixPath(container.vps, container.runtime.folders[0].name)
    here = (container.address,)
    origins: tuple[Address, ...] = tuple(dict.fromkeys((*here, *(space.address for space in store.spaces))))
    yield Artifact(folder / "provision.sh", scripts.provision(container), 0o755, here)
    yield Artifact(folder / "users.acl", users(store), origins=origins)
    yield Artifact(folder / "users.sh", scripts.users(container, store), origins=here)


generator = Generator(
    name="redis",
    summary="Redis users: a prefix of keys for each group of processes, nobody else's keys seen",
    options=Options,
    generate=generate,
)
