"""A generated tree, started by the real Compose on a real daemon."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from e2e.daemon import Docker
from e2e.machine import cannot_start
from e2e.project import COMPOSE, Project
from e2e.web import Door
from realtools.compose import PROGRAM

HEALTHY_WITHIN = "300"  # seconds
LABEL = "label=com.docker.compose.project"


@dataclass(frozen=True)
class Stack:
    """One environment that runs; ``without`` are services whose image this machine cannot make."""

    docker: Docker
    project: Project
    door: Door
    without: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name in Docker."""
        return f"kmmotos-{self.project.environment}"

    def compose(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Runs one command of Compose in the tree."""
        command = [PROGRAM, "-f", COMPOSE, "-f", self.project.override, *words]
        surroundings = {"HOME": str(self.project.folder), **self.docker.address}
        ended = subprocess.run(
            command,
            cwd=self.project.tree,
            env=surroundings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert not check or ended.returncode == 0, f"{words}: {ended.stderr[-3000:]}"
        return ended

    def up(self) -> None:
        """Starts what is not as the files say, and waits until all of it is healthy."""
        scales = [f"--scale={name}=0" for name in self.without]
        started = self.compose("up", "--detach", "--wait", "--wait-timeout", HEALTHY_WITHIN, *scales, check=False)
        assert started.returncode == 0, f"{started.stderr[-2000:]}\n{self.complaints()}"

    def down(self) -> None:
        """Removes everything, data too.

        A daemon before 23 may count a container on a network that it has removed already, and then keeps the network.
        """
        ended = self.compose("down", "--volumes", "--remove-orphans", "--timeout", "0", check=False)
        mine = f"{LABEL}={self.name}"
        left = [self.docker.say(*words, "--quiet", "--filter", mine) for words in (("ps", "--all"), ("volume", "ls"))]
        assert left == ["", ""], ended.stderr[-2000:]

    def complaints(self) -> str:
        """What containers that are not well have said last."""
        unwell = [c["Service"] for c in self.containers() if c["State"] != "running" or c["Health"] == "unhealthy"]
        return self.compose("logs", "--no-color", "--tail", "15", *unwell, check=False).stdout if unwell else ""

    def containers(self) -> list[dict[str, Any]]:
        """What Compose says about each container, those that have ended too."""
        return [json.loads(line) for line in self.compose("ps", "--all", "--format", "json").stdout.splitlines()]

    def inspect(self, service: str) -> dict[str, Any]:
        """What Docker knows about the first container of a service."""
        found: dict[str, Any] = json.loads(self.docker.say("inspect", self._first(service)))[0]
        return found

    def run(self, service: str, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Runs a program in the first container of a service, as the user that the container runs as."""
        return self.docker.run("exec", "--interactive", self._first(service), *words, input=typed)

    def _first(self, service: str) -> str:
        return f"{self.name}-{service}-1"

    def addresses(self, service: str) -> dict[str, str]:
        """The address of a service's container on each network, by the network's name in the topology."""
        networks = self.inspect(service)["NetworkSettings"]["Networks"]
        return {name.removeprefix(f"{self.name}_"): joined["IPAddress"] for name, joined in networks.items()}

    @contextmanager
    def occupied(self, network: str, address: str) -> Iterator[None]:
        """Gives an address to somebody else, so that a container that comes back gets another one."""
        place = (f"--network={self.name}_{network}", f"--ip={address}")
        squatter = self.docker.say("run", "--detach", "--rm", *place, "kmtopo-e2e/base", "sleep", "infinity")
        try:
            yield
        finally:
            self.docker.say("rm", "--force", squatter)

    def reaches(self, service: str, host: str, port: int) -> bool:
        """Whether a connection from a container comes about."""
        return self.run(service, "nc", "-z", "-w", "2", host, str(port)).returncode == 0


def started(stack: Stack) -> Stack:
    """Starts a stack, after what a killed run has left; one that is somebody else's is left alone."""
    _make_room(stack)
    stack.up()
    return stack


def _make_room(stack: Stack) -> None:
    mine = f"{LABEL}={stack.name}"
    images = stack.docker.say("ps", "--all", "--filter", mine, "--format", "{{.Image}}").split()
    volumes = stack.docker.say("volume", "ls", "--quiet", "--filter", mine).split()
    if images and all(image.startswith("kmtopo-e2e/") for image in images):
        stack.down()  # what a killed run has left
    elif images or volumes:
        cannot_start(stack.name, "it is on this daemon already, with data that is not the tests'")
