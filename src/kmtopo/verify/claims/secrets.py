"""Claim: each process gets the secrets that it needs and no other, and whatever it reads is there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from kmtopo.diagnostics import Term
from kmtopo.resolve.deployment import Deployment
from kmtopo.verify.claims.services import pairs
from kmtopo.verify.facts import Due, Finding, Place, Said, Subject, compare
from kmtopo.verify.readers.psql import SECRET_OF_LOGIN
from kmtopo.verify.rebuilt import SECRETS, Rebuilt, Service, Stack

CODE = "KM757"
_READ = re.compile(rf"{SECRETS}/([\w.-]+(?:/[\w.-]+)*)")
_LISTS = (".acl", ".conf", ".js", ".sh", ".sql")


def mounted(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds the secrets of each service equal to the container's slots."""
    for service, container in pairs(rebuilt, deployment):
        wanted = {name: Due("", container.address) for name in container.secrets}
        subject = Subject(CODE, Term("secret"), service.name)
        yield from compare(subject, service.secrets, wanted, service.place, container.address)


def kept(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds the secrets of each machine, and where their values are kept, equal to what its services get."""
    for vps, stack in rebuilt.stacks.items():
        containers = [c for c in deployment.containers_on(vps) if c.role != "external"]
        wanted = {
            name: Due(posixpath.normpath(f"{deployment.secrets_folder}/{name}"), container.address)
            for container in containers
            for name in container.secrets
        }
        yield from compare(
            Subject(CODE, Term("secret"), vps), stack.secrets, wanted, Place(stack.file), deployment.vps[vps].address
        )


def read(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Sees that every file of a secret that a service reads is mounted in it."""
    for stack, service in rebuilt.services():
        container = deployment.containers.get(service.name)
        for name, said in sorted(_read(rebuilt, stack, service).items()):
            folders = [str(SECRETS / folder) for folder in PurePosixPath(name).parents]
            if name not in service.secrets and not any(folder in service.mounts for folder in folders):
                origin = container.address if container else None
                yield Finding(Subject(CODE, Term("secret"), service.name), said.place, "missing", "", name, origin)


def _read(rebuilt: Rebuilt, stack: Stack, service: Service) -> dict[str, Said]:
    found: dict[str, Said] = {}
    for said in service.texts:
        found |= dict.fromkeys(_READ.findall(said.text), said)
    for path in rebuilt.mounted(stack, service):
        if path.endswith(_LISTS):
            for number, line in enumerate(rebuilt.files[path].split("\n"), 1):
                for name in (*_READ.findall(line), *SECRET_OF_LOGIN.findall(line)):
                    found.setdefault(name, Said(name, Place(path, number)))
    return found
