"""Env files: what each container's process gets to know, and an example that lists every key."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Artifact, Generator, Graph, Options, Tools, deliver
from kmtopo_env.example import example
from kmtopo_env.files import env_file, tenant_files

__all__ = ["generator"]


def generate(graph: Graph, _options: Options, _tools: Tools) -> Iterator[Artifact]:
    """Yields an env file for every container with literal variables and one for every dedicated tenant.

    Each machine gets a ``.env.example`` beside them.
    """
    deployment = graph.deployment
    for vps in deployment.vps:
        containers = [c for c in deployment.containers_on(vps) if c.role != "external"]
        deliveries = [(container, deliver(container)) for container in containers]
        if deliveries:
            yield example(vps, deployment, deliveries)
        for container, delivery in deliveries:
            written = env_file(vps, container, delivery)
            if written is not None:
                yield written
        yield from tenant_files(vps, deployment, deliveries)


generator = Generator(
    name="env",
    summary="Env files of containers, and .env.example",
    options=Options,
    generate=generate,
)
