"""Compose's own rules: which containers ``docker compose up -d`` replaces when it finds other files than last time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from kmtopo.source import Source
from kmtopo.syntax import parse
from kmtopo.values import frozen

# Compose leaves these out when it compares a container with its service; env files count by what is in them.
_NOT_COMPARED = frozenset({"build", "depends_on", "env_file", "profiles", "pull_policy", "scale"})


@frozen
class Stack:
    """The Compose project of one machine; ``environments`` holds the lines of each env file by its path."""

    name: str
    services: Mapping[str, Mapping[str, Any]]
    networks: Mapping[str, Any]
    secrets: Mapping[str, Any]
    environments: Mapping[str, frozenset[str]]

    def mounts(self, service: str, path: str) -> bool:
        """Tells whether a service sees a file of the machine's folder, in a folder that is mounted whole."""
        mounted = (mount.get("source", "") for mount in self.services[service].get("volumes", ()))
        return any(source.startswith("./") and path.startswith(f"{source[2:]}/") for source in mounted)

    def tenant(self, service: str) -> str | None:
        """Names the tenant that a service is for alone."""
        labels: Mapping[str, str] = self.services[service].get("labels", {})
        return labels.get("kmtopo.tenant")


@frozen
class Difference:
    """What happens to the services of a project, each sorted by name.

    ``restarted`` start again because what they depend on is replaced; of ``scaled`` some replicas come or go;
    ``forced`` see other secrets, which Compose does not notice; ``built`` have an image to be built again.
    """

    created: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    restarted: tuple[str, ...] = ()
    scaled: tuple[str, ...] = ()
    forced: tuple[str, ...] = ()
    built: tuple[str, ...] = ()


def stack(compose: str, file: Callable[[str], str]) -> Stack:
    """Reads a ``compose.yaml``; ``file`` returns the content of a file beside it, "" where there is none."""
    document, _ = parse(Source("compose.yaml", compose))
    data: Mapping[str, Any] = document.data if document and isinstance(document.data, Mapping) else {}
    services: Mapping[str, Mapping[str, Any]] = data.get("services") or {}
    files = {path for service in services.values() for path in service.get("env_file", ())}
    return Stack(
        name=str(data.get("name", "")),
        services=services,
        networks=data.get("networks") or {},
        secrets=data.get("secrets") or {},
        environments={path: _assignments(file(path)) for path in files},
    )


def difference(old: Stack, new: Stack) -> Difference:
    """Compares two states of a project as Compose does."""
    both = [name for name in sorted(new.services) if name in old.services]
    replaced = [name for name in both if _compared(name, old) != _compared(name, new)]
    forced = [name for name in both if name not in replaced and _secrets(name, old) != _secrets(name, new)]
    return Difference(
        created=tuple(sorted(new.services.keys() - old.services.keys())),
        removed=tuple(sorted(old.services.keys() - new.services.keys())),
        replaced=tuple(replaced),
        restarted=followers(new, replaced),
        scaled=tuple(name for name in both if name not in replaced and _replicas(name, old) != _replicas(name, new)),
        forced=tuple(forced),
        built=tuple(name for name in both if old.services[name].get("build") != new.services[name].get("build")),
    )


def followers(state: Stack, replaced: Collection[str]) -> tuple[str, ...]:
    """Names the services that Compose starts again because it replaces what they depend on, in the same run."""
    return tuple(n for n in sorted(state.services) if n not in replaced and _follows(n, state, replaced))


def _assignments(env_file: str) -> frozenset[str]:
    return frozenset(line for line in env_file.splitlines() if line and not line.startswith("#"))


def _compared(name: str, state: Stack) -> tuple[Any, ...]:
    service = state.services[name]
    own = {key: value for key, value in service.items() if key not in _NOT_COMPARED}
    own["deploy"] = {key: value for key, value in service.get("deploy", {}).items() if key != "replicas"}
    lines = frozenset(line for path in service.get("env_file", ()) for line in state.environments[path])
    # A network with another subnet is made anew, and whoever is on it with it.
    return own, lines, [state.networks.get(network) for network in service.get("networks", ())]


def _secrets(name: str, state: Stack) -> list[Any]:
    return [state.secrets.get(secret) for secret in state.services[name].get("secrets", ())]


def _follows(name: str, state: Stack, replaced: Collection[str]) -> bool:
    dependencies = state.services[name].get("depends_on", {}).items()
    return any(on in replaced and how.get("restart") for on, how in dependencies)


def _replicas(name: str, state: Stack) -> int:
    replicas: int = state.services[name].get("deploy", {}).get("replicas", 1)
    return replicas
