"""Stands in for mongod where none can be had: mongoeco's MongoDB wire server, with users, roles and a strict sign-in.

It proves that generated users, passwords, roles and URIs fit together, for mongosh and for PHP's driver. It is not
MongoDB: who may do what is a table of this file, made after the documentation of the built-in roles.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from mongoeco.core.bson_scalars import BsonInt64
from mongoeco.engines.sqlite import SQLiteEngine
from mongoeco.errors import OperationFailure
from mongoeco.wire import WireAuthUser, auth, handshake, protocol
from mongoeco.wire.capabilities import WireCommandCapability
from mongoeco.wire.connections import WireConnectionContext
from mongoeco.wire.executor import WireCommandExecutor
from mongoeco.wire.proxy import AsyncMongoEcoProxyServer
from mongoeco.wire.requests import WireRequestContext

Document = dict[str, Any]

MECHANISMS = ("SCRAM-SHA-256",)
DATA = Path("/data/db")

READING = frozenset(
    [
        "aggregate",
        "collStats",
        "count",
        "dbHash",
        "dbStats",
        "distinct",
        "explain",
        "find",
        "getMore",
        "listCollections",
        "listIndexes",
    ]
)
WRITING = READING | frozenset(
    [
        "create",
        "createIndexes",
        "delete",
        "drop",
        "dropIndexes",
        "findAndModify",
        "insert",
        "renameCollection",
        "update",
    ]
)
ARRANGING = frozenset(
    [
        "collStats",
        "create",
        "createIndexes",
        "dbHash",
        "dbStats",
        "drop",
        "dropDatabase",
        "dropIndexes",
        "listCollections",
        "listIndexes",
    ]
)
MANAGING = frozenset(["createUser", "dropUser", "grantRolesToUser", "revokeRolesFromUser", "updateUser", "usersInfo"])
ALLOWED = {
    "read": READING,
    "readWrite": WRITING,
    "dbAdmin": ARRANGING,
    "userAdmin": MANAGING,
    "dbOwner": WRITING | ARRANGING | MANAGING,
}
EVERYWHERE = {"readAnyDatabase": READING, "readWriteAnyDatabase": WRITING, "userAdminAnyDatabase": MANAGING}
# What a client asks before it has signed in, and what concerns only itself.
OPEN = frozenset(
    [
        "abortTransaction",
        "atlasVersion",
        "authenticate",
        "buildInfo",
        "buildinfo",
        "commitTransaction",
        "connectionStatus",
        "endSessions",
        "getCmdLineOpts",
        "getFreeMonitoringStatus",
        "getLog",
        "getParameter",
        "hello",
        "hostInfo",
        "isMaster",
        "ismaster",
        "killCursors",
        "listCommands",
        "logout",
        "ping",
        "saslContinue",
        "saslStart",
        "serverStatus",
        "whatsmyuri",
    ]
)
USERS = WireCommandCapability(name="users", kind="users", family="users")


class Accounts(auth.WireAuthenticationService):
    """The users, kept in a file beside the data."""

    def __init__(self, file: Path, *, enforced: bool) -> None:
        super().__init__(tuple(_users(file)))
        self._file, self._enforced = file, enforced

    @property
    def enabled(self) -> bool:
        """Whether a client must sign in."""
        return self._enforced

    def require_authenticated(self, connection: WireConnectionContext, command_name: str) -> None:
        """Lets everyone ask whether the server is there."""
        if command_name not in OPEN:
            super().require_authenticated(connection, command_name)

    def authorise(self, command: str, database: str, connection: WireConnectionContext) -> None:
        """Refuses a command that no role of the client allows on the database."""
        if not self._enforced or command in OPEN or command == "listDatabases":
            return
        if not connection.authenticated_users:
            raise OperationFailure(f"Command {command} requires authentication", code=13)
        if not self.may(command, database, connection):
            raise OperationFailure(f"not authorized on {database} to execute command {{ {command} }}", code=13)

    def may(self, command: str, database: str, connection: WireConnectionContext) -> bool:
        """Says whether one of the client's roles allows a command on a database."""
        return not self._enforced or any(
            role["role"] == "root"
            or (role["db"] == "admin" and command in EVERYWHERE.get(role["role"], ()))
            or (role["db"] == database and command in ALLOWED.get(role["role"], ()))
            for role in connection.authenticated_roles
        )

    def manage(self, command: str, database: str, document: Document) -> Document:
        """Carries out a command about users."""
        return getattr(self, f"_{command}")(document[command], database, document)

    def _usersInfo(self, wanted: Any, database: str, _: Document) -> Document:  # noqa: N802
        everywhere = isinstance(wanted, dict) and wanted.get("forAllDBs")
        name, source = (
            (wanted["user"], wanted["db"]) if isinstance(wanted, dict) and not everywhere else (wanted, database)
        )
        found = [u for u in self._users if everywhere or (u.source == source and name in (u.username, 1))]
        users = [
            {"_id": f"{u.source}.{u.username}", "user": u.username, "db": u.source, "roles": list(u.roles)}
            for u in found
        ]
        return {"users": users, "ok": 1.0}

    def _createUser(self, name: str, database: str, document: Document) -> Document:  # noqa: N802
        if any((u.username, u.source) == (name, database) for u in self._users):
            raise OperationFailure(f'User "{name}@{database}" already exists', code=51003)
        roles = _roles(document["roles"], database)
        user = WireAuthUser(name, document["pwd"], source=database, mechanisms=MECHANISMS, roles=roles)
        return self._keep((*self._users, user))

    def _updateUser(self, name: str, database: str, document: Document) -> Document:  # noqa: N802
        changes: Document = {"password": document["pwd"]} if "pwd" in document else {}
        if "roles" in document:
            changes["roles"] = _roles(document["roles"], database)
        return self._change(name, database, lambda user: replace(user, **changes))

    def _grantRolesToUser(self, name: str, database: str, document: Document) -> Document:  # noqa: N802
        more = _roles(document["roles"], database)
        return self._change(
            name, database, lambda u: replace(u, roles=(*u.roles, *(r for r in more if r not in u.roles)))
        )

    def _revokeRolesFromUser(self, name: str, database: str, document: Document) -> Document:  # noqa: N802
        less = _roles(document["roles"], database)
        return self._change(name, database, lambda u: replace(u, roles=tuple(r for r in u.roles if r not in less)))

    def _dropUser(self, name: str, database: str, _: Document) -> Document:  # noqa: N802
        self._change(name, database, lambda user: user)
        return self._keep(tuple(u for u in self._users if (u.username, u.source) != (name, database)))

    def _change(self, name: str, database: str, change: Callable[[WireAuthUser], WireAuthUser]) -> Document:
        if not any((u.username, u.source) == (name, database) for u in self._users):
            raise OperationFailure(f'User "{name}@{database}" not found', code=11)
        return self._keep(tuple(change(u) if (u.username, u.source) == (name, database) else u for u in self._users))

    def _keep(self, users: tuple[WireAuthUser, ...]) -> Document:
        self._users = users
        kept = [{"user": u.username, "pwd": u.password, "db": u.source, "roles": list(u.roles)} for u in users]
        self._file.write_text(json.dumps(kept))
        return {"ok": 1.0}


class Executor(WireCommandExecutor):
    """Carries out commands for those who may."""

    _auth: Accounts

    def _build_request_context(
        self,
        body: Document,
        *,
        connection: WireConnectionContext,
        db_name: str | None = None,
        on_normalized: Any = None,
    ) -> WireRequestContext:
        command, database = next(iter(body)), db_name or body.get("$db") or "admin"
        self._auth.authorise(command, database, connection)
        if command in MANAGING:
            return WireRequestContext(database, command, body, body, USERS, connection)
        if command == "buildinfo":
            body = {"buildInfo": 1, "$db": database}
        if command in ("saslStart", "saslContinue"):
            body = {**body, "db": body.get("db", database)}  # it would look the user up in admin
        return super()._build_request_context(body, connection=connection, db_name=db_name, on_normalized=on_normalized)

    async def execute_prepared(self, context: WireRequestContext) -> Document:
        """Answers about users, and shows of all databases those that the client may read."""
        if context.capability is USERS:
            return self._auth.manage(context.command_name, context.db_name, context.command_document)
        answer = await super().execute_prepared(context)
        if context.command_name == "listDatabases":
            shown = [d for d in answer["databases"] if self._auth.may("find", d["name"], context.connection)]
            answer = {**answer, "databases": shown}
        return answer


class Server(AsyncMongoEcoProxyServer):
    """mongoeco's server, with our users."""

    def __init__(self, accounts: Accounts, host: str, port: int) -> None:
        super().__init__(engine=SQLiteEngine(str(DATA / "data.sqlite")), host=host, port=port)
        self._auth = accounts
        self._executor = Executor(
            self._client, self._cursor_store, self._session_store, surface=self._surface, auth=accounts
        )


def _users(file: Path) -> Iterator[WireAuthUser]:
    for kept in json.loads(file.read_text()) if file.exists() else ():
        roles = _roles(kept["roles"], kept["db"])
        yield WireAuthUser(kept["user"], kept["pwd"], source=kept["db"], mechanisms=MECHANISMS, roles=roles)


def _roles(given: list[Any], database: str) -> tuple[Document, ...]:
    return tuple(
        {"role": r, "db": database} if isinstance(r, str) else {"role": r["role"], "db": r["db"]} for r in given
    )


def _as_strict_drivers_want_it() -> None:
    """Completes three answers that PHP's driver and mongosh look at closely."""
    first, encode = auth.build_scram_server_first, protocol.encode_wire_value
    hello = handshake.WireHandshakeService.build_hello_response

    def build_first(*, salt: bytes, **rest: Any) -> Any:
        return first(salt=hashlib.sha256(salt).digest()[:28], **rest)

    def build_hello(self: Any, *, body: Document, **rest: Any) -> Document:
        answer = hello(self, body=body, **rest)
        return {**answer, "saslSupportedMechs": list(MECHANISMS)} if body.get("saslSupportedMechs") else answer

    def encode_answer(value: Any) -> Any:
        cursor = value.get("cursor") if isinstance(value, dict) else None
        if isinstance(cursor, dict) and isinstance(cursor.get("id"), int):
            value = {**value, "cursor": {**cursor, "id": BsonInt64(cursor["id"])}}
        return encode(value)

    auth.build_scram_server_first = build_first
    handshake.WireHandshakeService.build_hello_response = build_hello
    protocol.encode_wire_value = encode_answer


async def serve(options: argparse.Namespace) -> None:
    """Serves until it is told to stop."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    host = "0.0.0.0" if options.bind_ip_all else options.bind_ip
    async with Server(Accounts(DATA / "users.json", enforced=options.auth), host, options.port):
        print(f"Waiting for connections on {host}:{options.port}", flush=True)
        await stop.wait()


def main() -> None:
    """Takes the options of mongod that it can honour and leaves the others."""
    options = argparse.ArgumentParser()
    options.add_argument("--auth", action="store_true")
    options.add_argument("--bind_ip", default="127.0.0.1")
    options.add_argument("--bind_ip_all", action="store_true")
    options.add_argument("--port", type=int, default=27017)
    os.umask(0o077)
    _as_strict_drivers_want_it()
    asyncio.run(serve(options.parse_known_args()[0]))


if __name__ == "__main__":
    main()
