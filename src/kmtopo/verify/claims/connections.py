"""Claim, from the files alone: whoever a process logs in as exists where it connects to, with the same secret."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from kmtopo.diagnostics import Term
from kmtopo.resolve.deployment import Deployment
from kmtopo.values import frozen
from kmtopo.verify.facts import Finding, Said, Subject
from kmtopo.verify.readers.acl import users
from kmtopo.verify.readers.mongo_script import calls
from kmtopo.verify.readers.psql import inclusions
from kmtopo.verify.rebuilt import SECRETS, Rebuilt, Service, Stack

CODE = "KM754"
_SECRET = re.compile(r"<secret ([^>]*)>")


@frozen
class Connection:
    """How a process gets at a data store; ``said`` is the variable that names its host."""

    host: str
    port: str
    database: str
    user: str
    secret: str
    said: Said


def connections(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Follows every connection that a process has variables for."""
    by_name = {service.name: (stack, service) for stack, service in rebuilt.services()}
    known = {name: _known(rebuilt, *by_name[name]) for name in deployment.data_stores if name in by_name}
    for stack, service in rebuilt.services():
        container = deployment.containers.get(service.name)
        origin = container.address if container else None
        for one in _connections(service):
            subject, place = Subject(CODE, Term("connection"), service.name), one.said.place
            called = deployment.containers.get(one.host)
            if called is not None and called.role == "external":
                continue
            if one.host not in by_name or not _reaches(stack, service, *by_name[one.host]):
                yield Finding(subject, place, "unreachable", one.host, origin=origin)
            elif one.user and _user(one) not in known.get(one.host, {_user(one)}):
                yield Finding(subject, place, "unknown", _user(one), one.host, origin)
            elif called and called.port and one.port not in ("", str(called.port.number)):
                right = f"{one.host}:{called.port.number}"
                yield Finding(subject, place, "", f"{one.host}:{one.port}", right, origin)


def _connections(service: Service) -> Iterator[Connection]:
    variables = service.variables
    for prefix in ("DB", "REDIS"):
        if host := variables.get(f"{prefix}_HOST"):
            text = {key: _text(variables, f"{prefix}_{key}") for key in ("PORT", "DATABASE", "USERNAME", "PASSWORD")}
            secret = _SECRET.sub(r"\1", text["PASSWORD"])
            database = text["DATABASE"] if prefix == "DB" else ""
            yield Connection(host.text, text["PORT"], database, text["USERNAME"], secret, host)
    if uri := variables.get("MONGODB_URI"):
        secret = "".join(_SECRET.findall(uri.text)[:1])
        parts = urlsplit(_SECRET.sub("secret", uri.text))
        database = parts.path.lstrip("/")
        yield Connection(parts.hostname or "", str(parts.port or ""), database, parts.username or "", secret, uri)


def _text(variables: Mapping[str, Said], name: str) -> str:
    if name in variables:
        return variables[name].text
    path = variables[f"{name}_FILE"].text if f"{name}_FILE" in variables else ""
    return f"<secret {path.removeprefix(f'{SECRETS}/')}>" if path else ""


def _reaches(stack: Stack, caller: Service, other_stack: Stack, callee: Service) -> bool:
    """Whether they share a network of one machine, or the caller knows the address of a machine that lets it in."""
    if stack.machine == other_stack.machine:
        return bool(set(caller.networks) & set(callee.networks))
    ip = caller.hosts.get(callee.name)
    return ip is not None and any(port.startswith(f"{ip.text}:") for port in callee.ports)


def _user(one: Connection) -> str:
    return f"{one.user} ({one.secret}){f' in {one.database}' if one.database else ''}"


def _known(rebuilt: Rebuilt, stack: Stack, store: Service) -> set[str]:
    """Who may log in to a store, as its provisioning says."""
    found: set[str] = set()
    if path := rebuilt.settings_of(stack, store, "provision.sql"):
        found |= {
            f"{one.variables['login']} ({one.variables['secret']}) in {one.variables['database']}"
            for one in inclusions(path, rebuilt.files[path])
            if one.file == "login.sql"
        }
    if path := rebuilt.settings_of(stack, store, "users.acl"):
        found |= {f"{user.name} ({user.secret})" for user in users(path, rebuilt.files[path]) if user.on}
    if path := rebuilt.settings_of(stack, store, "provision.js"):
        found |= {
            f"{one.arguments[0]} ({one.arguments[2].removeprefix(f'{SECRETS}/')}) in {one.arguments[1]}"
            for one in calls(path, rebuilt.files[path])
            if one.name == "user"
        }
    return found
