"""What services share: networks, volumes and secrets, each with the place in the topology that it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kmtopo.plugin import Address, Commented, Container, Deployment
from kmtopo_compose.service import named_volumes, secrets_folder


def networks(deployment: Deployment, containers: Iterable[Container]) -> dict[str, Commented]:
    """Describes the segments that these containers join, each a bridge with the subnet that the topology gives it."""
    joined = sorted({name for container in containers for name in container.networks})
    described: dict[str, Commented] = {}
    for name in joined:
        network = deployment.networks[name]
        bridge = {
            # Docker lets nothing leave an internal bridge; between machines the firewall keeps it in.
            "internal": network.internal and not network.spans,
            "ipam": {"config": [{"subnet": network.subnet}]},
            "labels": labels(deployment, network.tenant, name),
        }
        tenant = tenant_of(network.tenant, deployment)
        described[name] = came_from(network.address, bridge, tenant=tenant, apart=bool(described))
    return described


def volumes(deployment: Deployment, containers: Iterable[Container]) -> dict[str, Commented]:
    """Describes the named volumes that these containers mount."""
    owners: dict[str, Commented] = {}
    for container in containers:
        for name, _ in named_volumes(container):
            origin, tenant = _origin_of_volume(name, container, deployment), tenant_of(container.tenant, deployment)
            body = {"labels": labels(deployment, container.tenant)}
            owners.setdefault(name, came_from(origin, body, tenant=tenant))
    return {name: owners[name] for name in sorted(owners)}


def secrets(deployment: Deployment, containers: Iterable[Container]) -> dict[str, Commented]:
    """Describes the slots of secrets; each is a file in one folder, which the target may name in KMTOPO_SECRETS."""
    folder = secrets_folder(deployment)
    owners = _owners_of_secrets(containers)
    return {
        name: came_from(owner.address, {"file": f"{folder}/{name}"}, tenant=tenant_of(owner.tenant, deployment))
        for name, owner in sorted(owners.items())
    }


def came_from(address: Address, value: Any, *, tenant: Address | None = None, apart: bool = False) -> Commented:
    """Puts the comment above a block that says where in the topology it comes from, a blank line before it where asked.

    What a ``tenant`` has to itself is there because of the line that makes it dedicated.
    """
    lines = [f"from {place}" for place in (tenant, address) if place is not None]
    return Commented(value, ("", *lines) if apart else tuple(lines))


def tenant_of(name: str | None, deployment: Deployment) -> Address | None:
    """Returns what says that a tenant has copies of its own; None for what tenants share."""
    tenant = deployment.tenants.get(name or "")
    return tenant.copies_at if tenant else None


def labels(deployment: Deployment, tenant: str | None, segment: str | None = None) -> dict[str, str]:
    """Labels a part of the project, so that all of an environment, a segment or a tenant can be listed."""
    known = {"environment": deployment.environment.name, "segment": segment, "tenant": tenant}
    return {f"kmtopo.{key}": value for key, value in known.items() if value is not None}


def _origin_of_volume(name: str, container: Container, deployment: Deployment) -> Address:
    volume = deployment.volumes.get(name)
    return (volume and volume.origin) or container.address


def _owners_of_secrets(containers: Iterable[Container]) -> Mapping[str, Container]:
    owners: dict[str, Container] = {}
    # A family's own container comes before those that descend from it.
    for container in sorted(containers, key=lambda c: (c.name != c.family, c.name)):
        for name in container.secrets:
            owners.setdefault(name, container)
    return owners
