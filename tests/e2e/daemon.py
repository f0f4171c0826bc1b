"""A Docker daemon: the one that answers, else one of our own that touches nothing of the machine's."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from e2e.machine import cannot_start, program

WHAT = "a Docker daemon"
# Images stay here, so that a second run need not build them; containers, networks and volumes do not.
DATA = Path("/var/lib/kmtopo-e2e")
RUNTIME = Path("/run/kmtopo-e2e")
SECONDS = 30


@dataclass(frozen=True)
class Docker:
    """The command line of Docker, speaking to one daemon; ``host`` is None for the usual one."""

    host: str | None = None

    @property
    def address(self) -> dict[str, str]:
        """The variables that lead a program to the daemon."""
        if self.host:
            return {"DOCKER_HOST": self.host}
        return {name: value for name, value in os.environ.items() if name.startswith("DOCKER_")}

    @property
    def environment(self) -> dict[str, str]:
        """The variables of a command; the builder is the one that every client has."""
        return {**os.environ, "DOCKER_BUILDKIT": "0", **self.address}

    def run(self, *words: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
        """Runs one command of Docker."""
        command = [program("docker", WHAT), *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]

    def say(self, *words: str | Path) -> str:
        """Returns what a command printed; it must succeed."""
        ended = self.run(*words)
        assert ended.returncode == 0, f"docker {words}: {ended.stderr}"
        return ended.stdout.strip()

    def answers(self) -> bool:
        """Whether the daemon is there."""
        return self.run("version", "--format", "{{.Server.Version}}").returncode == 0


@contextmanager
def daemon() -> Iterator[Docker]:
    """Gives the daemon that answers; where none does, one of our own until the tests are over."""
    usual = Docker()
    if usual.answers():
        yield usual
        return
    with _started() as ours:
        yield ours


@contextmanager
def _started() -> Iterator[Docker]:
    if os.geteuid() != 0:
        cannot_start(WHAT, "none answers, and only root may start one")
    for folder in (DATA, RUNTIME):
        folder.mkdir(parents=True, exist_ok=True)
    docker, log = Docker(f"unix://{RUNTIME}/docker.sock"), RUNTIME / "dockerd.log"
    with log.open("w") as out, subprocess.Popen(_command(docker), stdout=out, stderr=out) as process:
        try:
            _await(docker, process, log)
            yield docker
        finally:
            process.terminate()
            process.wait(SECONDS)


def _command(docker: Docker) -> list[str | Path]:
    return [
        program("dockerd", WHAT),
        f"--host={docker.host}",
        f"--data-root={DATA}/docker",
        f"--exec-root={RUNTIME}/exec",
        f"--pidfile={RUNTIME}/docker.pid",
        "--exec-opt=native.cgroupdriver=cgroupfs",  # works where there is no systemd
        "--bridge=none",  # every network is one that a test made
    ]


def _await(docker: Docker, process: subprocess.Popen[bytes], log: Path) -> None:
    end = monotonic() + SECONDS
    while not docker.answers():
        if process.poll() is not None or monotonic() > end:
            cannot_start(WHAT, log.read_text()[-2000:])
        sleep(0.2)
