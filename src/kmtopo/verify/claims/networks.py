"""Claim: the networks are those of the deployment, and nobody is on one who is not declared there."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.diagnostics import Term
from kmtopo.resolve.deployment import Deployment, Network
from kmtopo.verify.claims.services import pairs
from kmtopo.verify.facts import Due, Finding, Place, Subject, compare
from kmtopo.verify.rebuilt import Rebuilt

CODE = "KM751"


def members(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds the networks of each service equal to the container's attachments."""
    for service, container in pairs(rebuilt, deployment):
        wanted = {one.network: Due("", one.origin) for one in container.attachments}
        yield from compare(
            Subject(CODE, Term("network"), service.name), service.networks, wanted, service.place, container.address
        )


def networks(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds the networks of each machine equal to those that have members on it."""
    for vps, stack in rebuilt.stacks.items():
        wanted = {n.name: Due("", n.address) for n in deployment.networks.values() if vps in n.vps}
        machine = deployment.vps[vps].address
        yield from compare(
            Subject(CODE, Term("network"), vps), stack.network_places, wanted, Place(stack.file), machine
        )


def segments(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds subnet and isolation of each network equal to the deployment's."""
    for stack in rebuilt.stacks.values():
        for name, built in stack.networks.items():
            if network := deployment.networks.get(name):
                wanted = {"internal": Due(_internal(network), network.address), "subnet": _subnet(network)}
                home = stack.network_places[name].place
                yield from compare(Subject(CODE, Term("property"), name), built, wanted, home)


def neighbours(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds the names that lead to other machines equal to the container's neighbours."""
    for service, container in pairs(rebuilt, deployment):
        wanted = {one.name: Due(one.ip, container.address) for one in container.neighbours}
        yield from compare(
            Subject(CODE, Term("host"), service.name), service.hosts, wanted, service.place, container.address
        )


def _internal(network: Network) -> str:
    # One that spans machines is a bridge on each: declared calls leave it through the private address.
    return str(network.internal and not network.spans).lower()


def _subnet(network: Network) -> Due:
    return Due(network.subnet, network.subnet_origin or network.address)
