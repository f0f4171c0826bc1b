"""Rules about how data stores keep tenants apart."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.graph.graph import Graph
from kmtopo.types.catalogue import catalogue

# What leaves every tenant in one place needs nobody to make anything.
UNSEPARATED = "shared"


def unprovisioned(graph: Graph) -> Iterator[Diagnostic]:
    """Nothing makes databases and users in a store that the catalogue does not know."""
    deployment = graph.deployment
    for store in deployment.tenancy.stores if deployment.tenancy else ():
        container = deployment.containers.get(store.container)
        if container is None or "type" in container.absent or store.kind == UNSEPARATED:
            continue
        if store.container not in deployment.data_stores:
            also = [Label(address=store.origin, text="store")]
            yield diagnose("KM517", container.address, part="key", also=also, name=container.name, kind=store.kind)


def unfit(graph: Graph) -> Iterator[Diagnostic]:
    """Each kind of store keeps tenants apart in ways of its own."""
    deployment, types = graph.deployment, catalogue()
    for store in deployment.tenancy.stores if deployment.tenancy else ():
        container = deployment.containers.get(store.container)
        possible = types[container.type].separations if container and container.type in types else ()
        if container is not None and "type" not in container.absent and possible and store.kind not in possible:
            listed = ", ".join(possible)
            yield diagnose(
                "KM525", store.origin, name=container.name, type=container.type, kind=store.kind, listed=listed
            )
