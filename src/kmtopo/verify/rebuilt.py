"""What is rebuilt from the built files of one environment, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from kmtopo.values import frozen
from kmtopo.verify.facts import Place, Said

SECRETS = PurePosixPath("/run/secrets")


@frozen
class Service:
    """A service of a Compose file.

    ``mounts`` say by target what lies there; ``settings`` are single values by their key of Compose. ``variables`` are
    those of its process, whichever way each takes: the secret in one is ``<secret NAME>``, what the target machine
    fills is ``<env NAME>``. ``texts`` are its command and variables as written.
    """

    name: str
    place: Place
    networks: Mapping[str, Said]
    ports: Mapping[str, Said]
    mounts: Mapping[str, Said]
    secrets: Mapping[str, Said]
    waits: Mapping[str, Said]
    hosts: Mapping[str, Said]
    settings: Mapping[str, Said]
    variables: Mapping[str, Said]
    command: tuple[str, ...]
    texts: tuple[Said, ...]


@frozen
class Stack:
    """The Compose file of one machine. ``machine`` is its folder, ``file`` itself; ``networks`` hold properties by name."""

    machine: str
    file: str
    services: Mapping[str, Service]
    networks: Mapping[str, Mapping[str, Said]]
    network_places: Mapping[str, Said]
    volumes: Mapping[str, Said]
    secrets: Mapping[str, Said]


@frozen
class Rebuilt:
    """All stacks of an environment by machine, and the text of every built file by path."""

    stacks: Mapping[str, Stack]
    files: Mapping[str, str]

    def services(self) -> Iterator[tuple[Stack, Service]]:
        """Every service with the stack that it is in, by machine and name."""
        for stack in self.stacks.values():
            for service in stack.services.values():
                yield stack, service

    def seen_at(self, stack: Stack, service: Service, path: str) -> str | None:
        """Returns which built file a service sees at a path, None where it sees none."""
        wanted = PurePosixPath(path)
        for target in sorted(service.mounts, key=len, reverse=True):
            source = service.mounts[target].text.removesuffix(" read-only").removeprefix("bind ")
            if wanted.is_relative_to(target) and source.startswith("./"):
                found = str(PurePosixPath(stack.machine, source[2:]) / wanted.relative_to(target))
                return found if found in self.files else None
        return None

    def mounted(self, stack: Stack, service: Service) -> Iterator[str]:
        """The built files that a service sees, by path, each once."""
        folders = {
            f"{stack.machine}/{source[2:]}/"
            for mount in service.mounts.values()
            if (source := mount.text.removesuffix(" read-only").removeprefix("bind ")).startswith("./")
        }
        return (path for path in sorted(self.files) if any(path.startswith(folder) for folder in folders))

    def settings_of(self, stack: Stack, service: Service, name: str) -> str | None:
        """Returns the built file of a name that a service sees, the outermost of several, None where it sees none."""
        found = [path for path in self.mounted(stack, service) if PurePosixPath(path).name == name]
        return min(found, key=lambda path: path.count("/"), default=None)
