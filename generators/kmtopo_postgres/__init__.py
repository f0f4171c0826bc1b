"""PostgreSQL: what provisions a server, at its first start and whenever the topology has changed, and what shuts a tenant out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from kmtopo.plugin import Artifact, Container, Deployment, Diagnostic, Generator, Graph, Tools
from kmtopo_postgres import findings
from kmtopo_postgres.options import PostgresOptions
from kmtopo_postgres.provisioning import provisioning
from kmtopo_postgres.scripts import scripts

__all__ = ["PostgresOptions", "generator"]

# Included or run by the others, and the same for every server.
_LIBRARY = ("drop.sql", "login.sql", "overseers.sql", "retire.sql", "space.sql", "tenant.sql")


def generate(graph: Graph, options: PostgresOptions, tools: Tools) -> Iterator[Artifact | Diagnostic]:
    """Yields a folder for each container of type ``postgres``, and what its topology must not say."""
    deployment = graph.deployment
    for name, store in deployment.data_stores.items():
        container = deployment.containers.get(name)
        if container is not None and container.type == "postgres" and container.runtime.folders:
            yield from findings.findings(container, store, deployment, options)
            yield from _folder(container, deployment, options, tools)


def _folder(container: Container, deployment: Deployment, options: PostgresOptions, tools: Tools) -> Iterator[Artifact]:
    place = PurePosixPath(container.vps, container.runtime.folders[0].name)
    own = (container.address,)
    yield provisioning(place / "provision.sql", container, deployment, options)
    for path, mode, content in scripts(container, deployment.environment.stage, tools):
        yield Artifact(place / path, content, mode=mode, origins=own)
    for name in _LIBRARY:
        yield Artifact(place / name, tools.template(__name__, name).render(), origins=own)


generator = Generator(
    name="postgres",
    summary="PostgreSQL: databases, roles and rights of the application and its tenants",
    options=PostgresOptions,
    generate=generate,
)
