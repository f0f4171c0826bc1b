"""Claim: each process finds its volumes, folders and generated files where it looks for them, and sees nothing else."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from kmtopo.diagnostics import Term
from kmtopo.resolve.deployment import Container, Deployment
from kmtopo.verify.claims.services import pairs
from kmtopo.verify.facts import Due, Finding, Place, Subject, compare
from kmtopo.verify.rebuilt import SECRETS, Rebuilt

CODE = "KM756"


def mounts(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds what lies at each path of a service equal to the container's mounts."""
    for service, container in pairs(rebuilt, deployment):
        wanted = dict(_wanted(container, deployment))
        subject = Subject(CODE, Term("mount"), service.name)
        yield from compare(subject, service.mounts, wanted, service.place, container.address)


def volumes(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds the volumes of each machine equal to those of the deployment on it."""
    for vps, stack in rebuilt.stacks.items():
        machine = deployment.vps[vps].address
        wanted = {v.name: Due("", v.origin or machine) for v in deployment.volumes.values() if v.vps == vps}
        yield from compare(Subject(CODE, Term("volume"), vps), stack.volumes, wanted, Place(stack.file), machine)


def _wanted(container: Container, deployment: Deployment) -> Iterator[tuple[str, Due]]:
    for mount in container.mounts:
        source = f"bind {_path(deployment.root, mount.bind)}" if mount.bind else f"volume {mount.volume}"
        yield mount.path, Due(source, mount.origin or container.address)
    for folder in container.runtime.folders:
        yield folder.target, Due(f"bind ./{folder.name} read-only", container.address)
    for given in container.runtime.files:
        yield given.target, Due(f"bind {_path(deployment.root, given.source)} read-only", container.address)
    for name in container.runtime.secret_folders:
        source = _path(deployment.secrets_folder, name)
        yield str(SECRETS / name), Due(f"bind {source} read-only", container.address)


def _path(folder: str, below: str) -> str:
    return posixpath.normpath(posixpath.join(folder, below))
