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
            "labels": {"kmtopo.environment": deployment.environment.name, "kmtopo.segment": name},
        }
        described[name] = came_from(network.address, bridge, apart=bool(described))
    return described


def volumes(deployment: Deployment, containers: Iterable[Container]) -> dict[str, Commented]:
    """Describes the named volumes that these containers mount."""
    owners: dict[str, Address] = {}
    for container in containers:
        for name, _ in named_volumes(container):
            owners.setdefault(name, _origin_of_volume(name, container, deployment))
    labels = {"labels": {"kmtopo.environment": deployment.environment.name}}
    return {name: came_from(owners[name], labels) for name in sorted(owners)}


def secrets(deployment: Deployment, containers: Iterable[Container]) -> dict[str, Commented]:
    """Describes the slots of secrets; each is a file in one folder, which the target may name in KMTOPO_SECRETS."""
    folder = secrets_folder(deployment)
    owners = _owners_of_secrets(containers)
    return {name: came_from(owners[name], {"file": f"{folder}/{name}"}) for name in sorted(owners)}


def came_from(address: Address, value: Any, *, apart: bool = False) -> Commented:
    """Puts the comment above a block that says where in the topology it comes from, a blank line before it where asked."""
    line = f"from {address}"
    return Commented(value, ("", line) if apart else (line,))


def _origin_of_volume(name: str, container: Container, deployment: Deployment) -> Address:
    volume = deployment.volumes.get(name)
    return (volume and volume.origin) or container.address


def _owners_of_secrets(containers: Iterable[Container]) -> Mapping[str, Address]:
    owners: dict[str, Address] = {}
    # A family's own container comes before those that descend from it.
    for container in sorted(containers, key=lambda c: (c.name != c.family, c.name)):
        for name in container.secrets:
            owners.setdefault(name, container.address)
    return owners
