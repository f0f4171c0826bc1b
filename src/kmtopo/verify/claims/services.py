"""Claim: each machine runs the containers of the deployment, as they are to run, and each waits for what it has to."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.diagnostics import Term
from kmtopo.resolve.deployment import Container, Deployment
from kmtopo.verify.facts import Due, Finding, Place, Said, Subject, compare
from kmtopo.verify.rebuilt import Rebuilt, Service

CODE = "KM759"
_WORDS = {"started": "started", "healthy": "healthy", "completed": "completed_successfully"}


def services(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds the services of every machine equal to its containers."""
    for vps in deployment.vps:
        stack = rebuilt.stacks.get(vps)
        running = {c.name: Due("", c.address) for c in running_on(deployment, vps)}
        built = {service.name: Said("", service.place) for service in stack.services.values()} if stack else {}
        yield from compare(
            Subject(CODE, Term("service"), vps),
            built,
            running,
            Place(f"{vps}/compose.yaml"),
            deployment.vps[vps].address,
        )


def settings(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds image, user, limits, replicas and what keeps a process small equal to the container's."""
    for service, container in pairs(rebuilt, deployment):
        wanted = {key: Due(text, container.address) for key, text in _wanted(container)}
        yield from compare(
            Subject(CODE, Term("setting"), service.name), service.settings, wanted, service.place, container.address
        )


def waiting(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds what a service waits for equal to the container's dependencies."""
    for service, container in pairs(rebuilt, deployment):
        wanted = {
            one.on: Due(_WORDS[one.condition] + (", restarts with it" if one.restart else ""), container.address)
            for one in container.dependencies
        }
        yield from compare(
            Subject(CODE, Term("dependency"), service.name), service.waits, wanted, service.place, container.address
        )


def pairs(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[tuple[Service, Container]]:
    """Every service with its container; those without one are told by ``services``."""
    for stack, service in rebuilt.services():
        container = deployment.containers.get(service.name)
        if container is not None and container.vps == stack.machine:
            yield service, container


def running_on(deployment: Deployment, vps: str) -> Iterator[Container]:
    """The containers of a machine that Compose has to start."""
    return (container for container in deployment.containers_on(vps) if container.role != "external")


def _wanted(container: Container) -> Iterator[tuple[str, str]]:
    runtime = container.runtime
    if container.image:
        yield "image", container.image
    if runtime.user:
        yield "user", runtime.user
    if runtime.read_only:
        yield "read_only", "true"
    if runtime.capabilities:
        yield "cap_add", ", ".join(sorted(runtime.capabilities))
    yield "cap_drop", "ALL"
    yield "security_opt", "no-new-privileges:true"
    yield "replicas", str(container.replicas)
    if container.cpu is not None:
        yield "cpus", f"{container.cpu.normalize():f}"
    if container.memory is not None:
        yield "memory", str(container.memory)
