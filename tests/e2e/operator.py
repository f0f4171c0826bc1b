"""The operator of a machine: runs what kmtopo prints and what it generates, as they are."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from e2e.project import COMPOSE
from e2e.stack import Stack
from realtools.compose import PROGRAM


@dataclass(frozen=True)
class Operator:
    """Somebody with a shell in the tree of a stack; ``home`` has Compose as a command of Docker."""

    stack: Stack
    home: Path

    def run(self, command: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Runs a line of shell, and types something at its questions."""
        project = self.stack.project
        chosen = {"COMPOSE_FILE": f"{COMPOSE}:{project.override}", "DOCKER_CONFIG": str(self.home)}
        return subprocess.run(
            ["sh", "-c", command],
            cwd=project.tree,
            env={"PATH": os.environ["PATH"], "HOME": str(self.home), **self.stack.docker.address, **chosen},
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )

    def follow(self, printed: str) -> list[str]:
        """Carries out the steps that a build has printed, in their order, and returns them.

        Left out are those for services that this machine cannot start.
        """
        steps = [line.strip().partition("  # ")[0] for line in printed.splitlines() if line.startswith("    ")]
        missing = tuple(f"sh {service}/" for service in self.stack.without)
        commands = [step for step in steps if step and not step.startswith(("#", *missing))]
        for command in commands:
            ended = self.run(command)
            assert ended.returncode == 0, f"{command}: {ended.stdout}{ended.stderr}"
        return commands


def operator(stack: Stack, home: Path) -> Operator:
    """Gives an operator a home in which ``docker compose`` is the Compose that the tests have."""
    plugins = home / "cli-plugins"
    plugins.mkdir(parents=True)
    (plugins / "docker-compose").symlink_to(PROGRAM)
    return Operator(stack, home)
