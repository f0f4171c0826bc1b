"""What a topology must not say of a PostgreSQL that is to keep tenants apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kmtopo.plugin import Address, Container, DataStore, Deployment, Diagnostic, Label, Variable, diagnose
from kmtopo_postgres.images import version
from kmtopo_postgres.options import PostgresOptions
from kmtopo_postgres.provisioning import addresses, overseers
from kmtopo_postgres.scripts import administrator_of

FIRST_WITH_ICU = 15
# What the server allows where its command says nothing.
USUAL_CONNECTIONS = 100

_limit = re.compile(r"(?:^|\s)(?:-c\s*['\"]?|--)max[_-]connections=(\d+)|(?:^|\s)-N\s*(\d+)").findall
# Ways to be believed without a password, or with one that anybody on the way can use again.
_WEAK = ("trust", "md5", "password")
_weak_argument = re.compile(rf"(?:--auth(?:-host)?[= ]|-A\s*)({'|'.join(_WEAK)})\b").search


def findings(
    container: Container, store: DataStore, deployment: Deployment, options: PostgresOptions
) -> Iterator[Diagnostic]:
    """Yields what is wrong with one server and with those that call it."""
    yield from _shared_roles(store, administrator_of(container), deployment)
    yield from _administrators(container, deployment)
    yield from _budget(container, store, deployment)
    yield from _weak_logins(container)
    yield from _locale(container, options)
    yield from _first_start(container)


def _shared_roles(store: DataStore, administrator: str, deployment: Deployment) -> Iterator[Diagnostic]:
    first = {administrator: store.address}
    for name, address in _roles(store, deployment):
        rival = first.get(name)
        if rival is None:
            first[name] = address
            continue
        kind = "administrator" if name == administrator else ""
        also = [Label(address=rival, part="key", text=kind or "first")] if rival != address else []
        yield diagnose("KM620", address, part="key", also=also, help=kind, name=name)


def _roles(store: DataStore, deployment: Deployment) -> Iterator[tuple[str, Address]]:
    """Every role of a server but its administrator, and what in the topology has it."""
    homes = addresses(store, deployment)
    central, *tenants = store.spaces
    yield overseers(store), central.address
    for space in store.spaces:
        for group in (space.owner, space.writer, space.reader):
            yield group, space.address
    for login in central.logins:
        yield login.name, homes[login.name]
    for space in tenants:
        for login in space.logins:
            yield login.name, space.address


def _administrators(container: Container, deployment: Deployment) -> Iterator[Diagnostic]:
    """An application that logs in as the administrator may do everything, to everybody's data."""
    name = administrator_of(container)
    for caller in deployment.containers.values():
        if any(call.to == container.name for call in caller.calls):
            for variable in _said(caller):
                if variable.literal == name:
                    yield diagnose("KM620", variable.origin, help="variable", name=name)


def _budget(container: Container, store: DataStore, deployment: Deployment) -> Iterator[Diagnostic]:
    at, allowed = _allowed(container)
    if store.demand > allowed and not _is_unread(container, deployment):
        yield diagnose("KM621", at, name=container.name, allowed=allowed, demand=store.demand)
    role = deployment.tenancy.connections if deployment.tenancy else 0
    if store.kind in ("database", "schema") and role > allowed:
        origin = Address.of("tenancy", "connections")
        yield diagnose("KM621", origin, help="role", name=container.name, allowed=allowed, demand=role)


def _is_unread(container: Container, deployment: Deployment) -> bool:
    """Whether what the demand is reckoned from could not be read, of any caller."""
    callers = (c for c in deployment.containers.values() if any(call.to == container.name for call in c.calls))
    return any(caller.absent & {"process", "replicas", "resources", "type"} for caller in callers)


def _allowed(container: Container) -> tuple[Address, int]:
    """How many connections the server takes, and where that is said."""
    own = container.command is not None
    command = container.command if own else container.runtime.command
    text = command if isinstance(command, str) else " ".join(command or ())
    found = [int(number) for numbers in _limit(text) for number in numbers if number]
    at = container.address / "command" if own else container.address
    return at, found[-1] if found else USUAL_CONNECTIONS


def _weak_logins(container: Container) -> Iterator[Diagnostic]:
    for variable in _said(container):
        value = variable.literal or ""
        weak = value if variable.name == "POSTGRES_HOST_AUTH_METHOD" and value in _WEAK else None
        if variable.name == "POSTGRES_INITDB_ARGS":
            found = _weak_argument(value)
            weak = found[1] if found else None
        if weak is not None:
            yield diagnose("KM622", variable.origin, name=container.name, method=weak)


def _said(container: Container) -> Iterator[Variable]:
    """The variables that the file itself gives."""
    return (variable for variable in container.variables if variable.origin is not None)


def _locale(container: Container, options: PostgresOptions) -> Iterator[Diagnostic]:
    major = version(container.image)
    if options.locale is not None and major is not None and major < FIRST_WITH_ICU:
        at = Address.of("generators", "postgres", "locale")
        also = [Label(address=container.address / "image", text="image")]
        yield diagnose("KM623", at, also=also, image=container.image)


def _first_start(container: Container) -> Iterator[Diagnostic]:
    """What the file mounts where a generated folder belongs takes its place, and Compose does not say a word."""
    scripts, first = container.runtime.folders[0], container.runtime.folders[-1]
    for mount in container.mounts:
        if mount.path == first.target:
            yield diagnose("KM624", mount.origin, name=container.name, script=f"{scripts.name}/provision.sh")
