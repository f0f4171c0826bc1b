"""Generated scripts of MongoDB's shell, run by a real JavaScript engine against a server that lives in a few lines.

What the server keeps and how it answers follows the documentation of ``createUser``, ``updateUser``, ``usersInfo``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from py_mini_racer import MiniRacer

SHELL = """
const printed = [];
function print(text) { printed.push(text); }
function require(name) {
  if (name !== "fs") { throw new Error(`no module ${name}`); }
  return { existsSync: (path) => path in files, readFileSync: (path, encoding) => files[path] };
}
function named(database) {
  const own = (name) => server.users.filter((each) => each.db === database && each.user === name);
  return {
    getName: () => database,
    getSiblingDB: named,
    auth: (name, password) => {
      const found = server.users.find((each) => each.db === database && each.user === name && each.pwd === password);
      if (!found) { throw new Error("Authentication failed."); }
      server.signedIn = true;
    },
    getUser: (name) => own(name)[0] || null,
    createUser: (user) => {
      if (own(user.user).length) { throw new Error("already exists"); }
      server.users.push(Object.assign({ db: database }, user));
    },
    updateUser: (name, changes) => Object.assign(own(name)[0], changes),
    revokeRolesFromUser: (name, roles) => {
      const gone = roles.map((each) => JSON.stringify(each));
      for (const each of own(name)) { each.roles = each.roles.filter((role) => !gone.includes(JSON.stringify(role))); }
    },
    dropUser: (name) => { server.users = server.users.filter((each) => !own(name).includes(each)); },
    dropDatabase: () => { server.databases = server.databases.filter((each) => each !== database); },
    runCommand: (command) => command.listDatabases
      ? { databases: server.databases.map((name) => ({ name: name })) }
      : { users: command.usersInfo.forAllDBs ? server.users : [] },
  };
}
const db = named("test");
"""


@dataclass(frozen=True)
class Run:
    """What a script left behind: the server's users and databases, what it printed, and the error that ended it."""

    users: tuple[Mapping[str, Any], ...]
    databases: tuple[str, ...]
    printed: tuple[str, ...]
    error: str


def run(
    script: str,
    files: Mapping[str, str],
    users: tuple[Mapping[str, Any], ...] = (),
    databases: tuple[str, ...] = (),
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Runs a script on a server with these users and databases; ``files`` are what its container has."""
    start = {"users": list(users), "databases": list(databases), "signedIn": False}
    world = f"const files = {json.dumps(files)}; const server = {json.dumps(start)};"
    process = f"const process = {{ env: {json.dumps(dict(environment or {}))} }};"
    engine = MiniRacer()
    engine.eval(world + process + SHELL)
    # In its own scope, as the shell runs a file; what it throws is its end.
    ended = engine.eval(
        f"let error = ''; try {{ (() => {{\n{script}\n}})(); }} catch (thrown) {{ error = thrown.message }} error"
    )
    left = json.loads(str(engine.eval("JSON.stringify([server.users, server.databases, printed])")))
    return Run(tuple(left[0]), tuple(left[1]), tuple(left[2]), str(ended))
