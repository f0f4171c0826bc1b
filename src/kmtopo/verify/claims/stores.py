"""Where the files are that provision the data stores of a deployment."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.diagnostics import Term
from kmtopo.resolve.deployment import Deployment
from kmtopo.types.stores import DataStore
from kmtopo.verify.claims.services import pairs
from kmtopo.verify.facts import Finding, Subject
from kmtopo.verify.rebuilt import Rebuilt

CODE = "KM755"
_FILES = {"postgres": "provision.sql", "redis": "users.acl", "mongodb": "provision.js"}


def present(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Sees that each data store sees the file that provisions it."""
    containers = {service.name: container for service, container in pairs(rebuilt, deployment)}
    for stack, service in rebuilt.services():
        container = containers.get(service.name)
        if container is None or service.name not in deployment.data_stores or container.type not in _FILES:
            continue
        if rebuilt.settings_of(stack, service, _FILES[container.type]) is None:
            subject = Subject(CODE, Term("file"), service.name)
            yield Finding(subject, service.place, "missing", "", _FILES[container.type], container.address)


def provisioned(rebuilt: Rebuilt, deployment: Deployment, kind: str) -> Iterator[tuple[str, DataStore]]:
    """Yields the file that provisions each store of a type, with what the store has to keep; ``present`` tells of others."""
    containers = {service.name: container for service, container in pairs(rebuilt, deployment)}
    for stack, service in rebuilt.services():
        store = deployment.data_stores.get(service.name)
        if store is not None and service.name in containers and containers[service.name].type == kind:
            file = rebuilt.settings_of(stack, service, _FILES[kind])
            if file is not None:
                yield file, store
