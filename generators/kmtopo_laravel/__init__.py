"""Laravel: the list of the tenants that an application serves, and whom it believes about its clients."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Address, Artifact, Generator, Graph, Options, Tools
from kmtopo_laravel.bootstrap import bootstrap
from kmtopo_laravel.families import Family, families
from kmtopo_laravel.tenants import tenants

__all__ = ["generator"]


def generate(graph: Graph, _options: Options, _tools: Tools) -> Iterator[Artifact]:
    """Yields the folder of each application of type ``laravel``, which all of its processes mount."""
    for family in families(graph.deployment):
        yield Artifact(family.folder / "bootstrap.php", bootstrap(family), origins=(family.first.address,))
        if family.serves_all:
            yield Artifact(family.folder / "tenants.php", tenants(family), origins=_origins(family))


def _origins(family: Family) -> tuple[Address, ...]:
    deployment = family.deployment
    companies = (tenant.address for tenant in deployment.tenants.values())
    return tuple(dict.fromkeys((deployment.environment.address, family.first.address, *companies)))


generator = Generator(
    name="laravel",
    summary="Laravel applications: their tenants, and the proxies and hosts that they trust",
    options=Options,
    generate=generate,
)
