"""One container as a Compose service, keys in the order that readers of Compose files are used to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from kmtopo.plugin import (
    Container,
    Delivery,
    Dependency,
    Deployment,
    Healthcheck,
    Repeated,
    Tmpfs,
    Variable,
    secret_path,
)
from kmtopo_compose.options import ComposeOptions
from kmtopo_compose.quantities import cores, seconds, size

# What the copies of a thousand tenants have in common is described once.
_ALL = Repeated(["ALL"])
_NO_NEW_PRIVILEGES = Repeated(["no-new-privileges:true"])
_CONDITIONS = {
    "started": "service_started",
    "healthy": "service_healthy",
    "completed": "service_completed_successfully",
}


def service(
    container: Container,
    delivery: Delivery,
    command: list[str] | None,
    deployment: Deployment,
    neighbours: frozenset[str],
    options: ComposeOptions,
) -> dict[str, Any]:
    """Describes a container; ``neighbours`` are the services of its machine, the only ones that it can wait for."""
    source = _source(container, deployment.root)
    before = _literal(
        {
            **source,
            "depends_on": {d.on: _dependency(d) for d in container.dependencies if d.on in neighbours},
            "volumes": list(_volumes(container, deployment.root)),
            "secrets": sorted(container.secrets),
        }
    )
    after = _literal(
        {
            "env_file": [str(file) for file in delivery.env_files],
            "ports": list(_ports(container)),
            "networks": list(container.networks),
            "extra_hosts": {n.name: n.ip for n in container.neighbours},
            "command": command,
            "working_dir": _code(container),
            "restart": "no" if container.once else "unless-stopped",
            "healthcheck": _healthcheck(container.healthcheck) if container.healthcheck else None,
            "logging": _logging(options),
            "labels": _labels(container, deployment),
            **_hardening(container),
        }
    )
    folders = [_secret_folder(name, deployment) for name in container.runtime.secret_folders]
    before["volumes"] = [*before["volumes"], *folders]
    return _stated({**before, "environment": _environment(delivery), **after})


def _source(container: Container, root: str) -> dict[str, Any]:
    build = container.build
    if build is None:
        return {"image": container.image}
    context = str(PurePosixPath(root, build.context))
    described = {"context": context, "dockerfile": build.dockerfile, "target": build.target, "args": dict(build.args)}
    return {"image": container.image, "build": _stated(described)}


def _dependency(dependency: Dependency) -> dict[str, Any]:
    waits = {"condition": _CONDITIONS[dependency.condition]}
    return {**waits, "restart": True} if dependency.restart else waits


def _volumes(container: Container, root: str) -> Iterator[dict[str, Any]]:
    for folder in container.runtime.folders:
        yield _bind(f"./{folder.name}", folder.target, read_only=True)
    for given in container.runtime.files:
        yield _bind(str(PurePosixPath(root, given.source)), given.target, read_only=True)
    for mount in container.mounts:
        if mount.bind is not None:
            yield _bind(str(PurePosixPath(root, mount.bind)), mount.path)
    for name, path in sorted(named_volumes(container), key=lambda volume: volume[1]):
        yield {"type": "volume", "source": name, "target": path}


def named_volumes(container: Container) -> Iterator[tuple[str, str]]:
    """Yields the named volumes of a container with the path of each inside: the file's, then its type's own."""
    for mount in container.mounts:
        if mount.volume is not None:
            yield mount.volume, mount.path
    taken = {mount.path for mount in container.mounts}
    for extra in container.runtime.volumes:
        if extra.path not in taken:
            yield extra.name, extra.path


def _secret_folder(name: str, deployment: Deployment) -> dict[str, Any]:
    return _bind(f"{secrets_folder(deployment)}/{name}", secret_path(name), read_only=True)


def secrets_folder(deployment: Deployment) -> str:
    """Writes for Compose where the secrets of the target lie."""
    return f"${{KMTOPO_SECRETS:-{deployment.secrets_folder}}}"


def _bind(source: str, target: str, *, read_only: bool = False) -> dict[str, Any]:
    # A missing folder stops the start; by default Docker would make an empty one that belongs to root.
    strict = {"create_host_path": False}
    how = {"read_only": True} if read_only else {}
    return {"type": "bind", "source": source, "target": target, **how, "bind": strict}


def _code(container: Container) -> str | None:
    """The folder that a command of the file runs in: where the code is mounted, which no image can know."""
    folders = [mount.path for mount in container.mounts if mount.bind is not None]
    return folders[0] if container.command is not None and len(folders) == 1 else None


def _environment(delivery: Delivery) -> dict[str, str]:
    return {variable.name: _filled(variable) for variable in delivery.filled}


def _filled(variable: Variable) -> str:
    return "".join(
        part.replace("$", "$$") if isinstance(part, str) else f"${{{part.name}:?set {part.name} in .env}}"
        for part in variable.parts
    )


def _ports(container: Container) -> Iterator[dict[str, Any]]:
    # What is bound for other machines publishes nothing, and yet is a port of this one.
    ways_in = (*container.publications, *container.bindings)
    order = sorted(ways_in, key=lambda p: (p.host_port, p.transport, p.host_ip))
    for publication in order:
        yield {
            "target": publication.container_port,
            "published": str(publication.host_port),
            "host_ip": publication.host_ip,
            "protocol": publication.transport,
        }


@lru_cache
def _healthcheck(check: Healthcheck) -> Repeated:
    described = {
        "test": list(check.test),
        "interval": seconds(check.interval),
        "timeout": seconds(check.timeout),
        "retries": check.retries,
        "start_period": seconds(check.start_period),
    }
    return Repeated(_literal(described))


@lru_cache
def _logging(options: ComposeOptions) -> Repeated:
    # The engine's own default keeps a log for ever.
    kept = {"max-file": str(options.log_files), "max-size": options.log_size}
    return Repeated(_literal({"driver": "json-file", "options": kept}))


def _labels(container: Container, deployment: Deployment) -> dict[str, str | None]:
    return _stated(
        {
            "kmtopo.environment": deployment.environment.name,
            "kmtopo.segment": container.home,
            "kmtopo.tenant": container.tenant,
        }
    )


def _hardening(container: Container) -> dict[str, Any]:
    runtime = container.runtime
    return {
        "user": runtime.user,
        "cap_add": sorted(runtime.capabilities),
        "cap_drop": _ALL,
        "deploy": _deploy(container.cpu, container.memory, runtime.pids, container.replicas),
        "init": True,
        "read_only": runtime.read_only or None,
        "security_opt": _NO_NEW_PRIVILEGES,
        "shm_size": size(runtime.shm_size) if runtime.shm_size else None,
        "stop_grace_period": seconds(runtime.stop_grace),
        "stop_signal": runtime.stop_signal,
        "tmpfs": _folders_in_memory(runtime.tmpfs, runtime.user) if runtime.tmpfs else None,
    }


@lru_cache
def _deploy(cpu: Decimal | None, memory: int | None, pids: int, replicas: int) -> Repeated:
    limits = _stated(
        {
            "cpus": cores(cpu) if cpu else None,
            "memory": size(memory) if memory else None,
            "pids": pids,
        }
    )
    several = {"replicas": replicas} if replicas > 1 else {}
    return Repeated({**several, "resources": {"limits": limits}})


@lru_cache
def _folders_in_memory(folders: tuple[Tmpfs, ...], user: str | None) -> Repeated:
    return Repeated(_literal([_tmpfs(folder, user) for folder in folders]))


def _tmpfs(folder: Tmpfs, user: str | None) -> str:
    # Before 1.1.8, runc forgets the mode when a container is started again; its owner may write all the same.
    number = (user or "").partition(":")[0]
    owner = f",uid={number}" if number.isdecimal() else ""
    return f"{folder.path}:size={size(folder.size)},mode={folder.mode:o}{owner}"


def _stated(entries: dict[str, Any]) -> dict[str, Any]:
    """Leaves out what says nothing."""
    return {key: value for key, value in entries.items() if value not in (None, [], {})}


def _literal(value: Any) -> Any:
    """Doubles every ``$``: nothing here is for Compose to fill in."""
    if type(value) is str:
        return value.replace("$", "$$") if "$" in value else value
    if type(value) is dict:
        return {key: _literal(inner) for key, inner in value.items()}
    return [_literal(inner) for inner in value] if type(value) is list else value
