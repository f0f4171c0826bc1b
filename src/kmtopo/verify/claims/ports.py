"""Claim: a machine's ports lead where the deployment says, and no other port is open."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.diagnostics import Term
from kmtopo.resolve.deployment import Deployment, Publication
from kmtopo.verify.claims.services import pairs
from kmtopo.verify.facts import Due, Finding, Subject, compare
from kmtopo.verify.rebuilt import Rebuilt


def ports(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds the published ports of each service equal to the container's publications and bindings."""
    for service, container in pairs(rebuilt, deployment):
        wanted = {_text(one): Due("", one.origin) for one in (*container.publications, *container.bindings)}
        subject = Subject("KM752", Term("port"), service.name)
        yield from compare(subject, service.ports, wanted, service.place, container.address)


def _text(one: Publication) -> str:
    return f"{one.host_ip}:{one.host_port}->{one.container_port}/{one.transport}"
