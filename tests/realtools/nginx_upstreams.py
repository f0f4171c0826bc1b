"""Applications for a proxy to talk to: they answer with what they were told, over HTTP or FastCGI."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain, cycle
from os import getpid
from threading import Thread
from typing import BinaryIO

LOCAL = "127.0.0.1"

# Below those that the kernel hands out by itself, and each process begins elsewhere: nobody takes one between the moment
# when it is found free and the one when a server listens on it.
_FIRST, _LAST = 10_000, 32_000
_PORTS = cycle(chain(range(_FIRST + getpid() * 97 % (_LAST - _FIRST), _LAST), range(_FIRST, _LAST)))


class Application:
    """Listens on a port of its own, which it keeps while it is stopped and started again."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.port = free_port()
        self._listener: socket.socket | None = None
        self._open: list[socket.socket] = []
        self._threads: list[Thread] = []

    def start(self) -> None:
        self._listener = socket.create_server((LOCAL, self.port), reuse_port=False)
        self._spawn(self._accept, self._listener)

    def stop(self) -> None:
        """Stops listening and hangs up on whoever is connected."""
        for connection in (self._listener, *self._open):
            if connection is not None:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(timeout=5)
        if self._listener is not None:
            self._listener.close()
        self._listener, self._open, self._threads = None, [], []

    def talk(self, stream: BinaryIO) -> None:
        """Answers one connection until the other side closes it."""
        raise NotImplementedError

    def _spawn(self, work, *args) -> None:
        thread = Thread(target=work, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                self._open.append(connection)
                self._spawn(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rwb") as stream, suppress(OSError, EOFError):
            self.talk(stream)

    def heard(self, method: str, uri: str, headers: dict[str, str], body: bytes, **more: object) -> bytes:
        told = {"from": self.name, "method": method, "uri": uri, "headers": headers, "body": len(body), **more}
        return json.dumps(told).encode()


class HttpApplication(Application):
    """Speaks HTTP/1.1 with keep-alive; after a WebSocket handshake it echoes."""

    def talk(self, stream: BinaryIO) -> None:
        while line := stream.readline():
            method, uri, _ = line.decode().split()
            headers = dict(_headers(stream))
            if headers.get("upgrade") == "websocket" and headers.get("connection") == "upgrade":
                _write(stream, b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n")
                _echo(stream)
                return
            body = stream.read(int(headers.get("content-length", 0)))
            told = self.heard(method, uri, headers, body)
            _write(stream, b"HTTP/1.1 200 OK\r\nX-Powered-By: test\r\nContent-Length: %d\r\n\r\n" % len(told) + told)


class PhpApplication(Application):
    """Speaks FastCGI as PHP-FPM does."""

    BEGIN, END, PARAMS, STDIN, STDOUT = 1, 3, 4, 5, 6

    def talk(self, stream: BinaryIO) -> None:
        sent = {self.PARAMS: b"", self.STDIN: b""}
        while header := stream.read(8):
            kind, _, length, padding = struct.unpack("!xBHHBx", header)
            content = stream.read(length + padding)[:length]
            if kind in sent:
                sent[kind] += content
            if kind == self.STDIN and not content:
                break
        else:
            return
        told = self._told(dict(_pairs(sent[self.PARAMS])), sent[self.STDIN])
        reply = b"Status: 200 OK\r\nContent-Type: application/json\r\nX-Powered-By: PHP\r\n\r\n" + told
        records = ((self.STDOUT, reply), (self.STDOUT, b""), (self.END, bytes(8)))
        _write(stream, b"".join(struct.pack("!BBHHBx", 1, kind, 1, len(part), 0) + part for kind, part in records))

    def _told(self, parameters: dict[str, str], body: bytes) -> bytes:
        headers = {
            name.removeprefix("HTTP_").lower().replace("_", "-"): value
            for name, value in parameters.items()
            if name.startswith("HTTP_")
        }
        return self.heard(parameters["REQUEST_METHOD"], parameters["REQUEST_URI"], headers, body, parameters=parameters)


@contextmanager
def serving(*applications: Application) -> Iterator[None]:
    """Keeps applications up for the length of a block."""
    for application in applications:
        application.start()
    try:
        yield
    finally:
        for application in applications:
            application.stop()


def free_port() -> int:
    """Returns a port that nobody listens on, and that the kernel gives to nobody else until it is listened on."""
    while True:
        with socket.socket() as probe, suppress(OSError):
            probe.bind((LOCAL, port := next(_PORTS)))
            return port


def _headers(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    while (line := stream.readline().decode().rstrip("\r\n")) != "":
        name, _, value = line.partition(":")
        yield name.lower(), value.strip()


def _echo(stream: BinaryIO) -> None:
    while line := stream.readline():
        _write(stream, b"echo " + line)


def _write(stream: BinaryIO, content: bytes) -> None:
    stream.write(content)
    stream.flush()


def _pairs(content: bytes) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(content):
        lengths = []
        for _ in range(2):
            long = content[at] >> 7
            lengths.append(struct.unpack_from("!I", content, at)[0] & 0x7FFFFFFF if long else content[at])
            at += 4 if long else 1
        name, value = content[at : at + lengths[0]], content[at + lengths[0] : at + sum(lengths)]
        at += sum(lengths)
        yield name.decode(), value.decode()
