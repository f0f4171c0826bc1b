"""What is wrong or worth knowing about a Redis server as the topology has it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kmtopo.plugin import Call, Container, DataStore, Deployment, Diagnostic, Label, diagnose
from kmtopo_redis.users import may_flush

_USERS = "users.acl"
_evicts = re.compile(r"maxmemory-policy[\s=]+((?:allkeys|volatile)-[a-z]+)").search


def findings(container: Container, store: DataStore, deployment: Deployment) -> Iterator[Diagnostic]:
    """Yields what would keep users out, what would lose keys, and who cannot empty the cache as a whole."""
    yield from _rival(store, deployment)
    yield from _own_command(container)
    yield from _evicted(container, deployment)
    yield from _unflushable(container, store, deployment)


def _rival(store: DataStore, deployment: Deployment) -> Iterator[Diagnostic]:
    """Two users of one name keep the server from starting."""
    for family, account in store.accounts:
        if account.login.name == store.administrator.name:
            at = deployment.containers[family].address if family in deployment.containers else store.address
            yield diagnose("KM634", at=at, part="key", family=family, store=store.container, name=account.login.name)


def _own_command(container: Container) -> Iterator[Diagnostic]:
    """The type's command makes the users; another one leaves the server without them."""
    if container.command is not None and _USERS not in _text(container):
        yield diagnose("KM630", at=container.address / "command", name=container.name)


def _evicted(container: Container, deployment: Deployment) -> Iterator[Diagnostic]:
    """What must not be lost is lost where a full server throws keys out."""
    found = _evicts(_text(container))
    if found is None:
        return
    for _, call in _calls(container, deployment):
        lost = sorted({"queue", "sessions"} & set(call.purposes))
        if lost:
            also = [Label(address=call.origin, part="key", text="caller")]
            at, purposes = container.address / "command", ", ".join(f"`{word}`" for word in lost)
            yield diagnose("KM631", at=at, also=also, name=container.name, policy=found[1], purposes=purposes)
            return


def _unflushable(container: Container, store: DataStore, deployment: Deployment) -> Iterator[Diagnostic]:
    """Who shares a server may not empty its databases; that is worth knowing to whoever caches there."""
    if may_flush(store):
        return
    callers = _calls(container, deployment)
    cached = [call for caller, call in callers if caller.type == "laravel" and "cache" in call.purposes]
    if cached:
        also = [Label(address=cached[0].origin, part="key", text="caller")]
        yield diagnose("KM632", at=container.address, part="key", also=also, name=container.name)


def _calls(container: Container, deployment: Deployment) -> Iterator[tuple[Container, Call]]:
    for caller in deployment.containers.values():
        for call in caller.calls:
            if call.to == container.name:
                yield caller, call


def _text(container: Container) -> str:
    command = container.command
    return command if isinstance(command, str) else " ".join(command or ())
