"""One HTTP request, to the address that a host's name would lead to."""

from __future__ import annotations

import json
import socket
import ssl
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any

SECONDS = 10


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 where nothing did."""

    status: int
    headers: dict[str, str]
    body: str

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Door:
    """Where clients come in; ``trust`` is None without TLS."""

    address: str
    port: int
    trust: ssl.SSLContext | None = None

    def ask(self, host: str, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
        """Asks for a path of a host, once; who is not answered at all gets status 0."""
        connection = self._connection(host)
        usual = self.port in (80, 443)
        sent = {"Host": host if usual else f"{host}:{self.port}", **headers}
        try:
            connection.request(method, path, body.encode() if body else None, sent)
            response = connection.getresponse()
            # A switch of protocols has no body that ends.
            text = "" if response.status == 101 else response.read().decode()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, text)
        except (HTTPException, OSError) as why:
            return Answer(0, {}, f"{type(why).__name__}: {why}")
        finally:
            connection.close()

    def _connection(self, host: str) -> HTTPConnection:
        if self.trust is None:
            return HTTPConnection(self.address, self.port, timeout=SECONDS)
        return _Named(self.address, self.port, host, self.trust)


class _Named(HTTPSConnection):
    """Goes to an address, and speaks to it by the name of a host."""

    def __init__(self, address: str, port: int, host: str, trust: ssl.SSLContext) -> None:
        super().__init__(address, port, timeout=SECONDS, context=trust)
        self._name, self._trust = host, trust

    def connect(self) -> None:
        plain = socket.create_connection((self.host, self.port), self.timeout)
        self.sock = self._trust.wrap_socket(plain, server_hostname=self._name)
