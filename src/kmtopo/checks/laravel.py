"""Rules about Laravel applications: workers, prefixes of keys, session cookies, what a browser gets to read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kmtopo.diagnostics import Diagnostic, Label, diagnose, is_one_slip
from kmtopo.graph.graph import Graph
from kmtopo.resolve.deployment import Container, Deployment
from kmtopo.types.laravel import worker_timeout
from kmtopo.types.laravel_variables import KEYS, RETRY_AFTER
from kmtopo.types.runtime import Variable

_RETRIED = {"redis": "REDIS_QUEUE_RETRY_AFTER", "database": "DB_QUEUE_RETRY_AFTER"}
_BROWSER = "VITE_"


def worker_timeouts(graph: Graph) -> Iterator[Diagnostic]:
    """A job that its worker has not given up when it is handed out again runs twice."""
    for container in _applications(graph):
        if container.process != "queue":
            continue
        timeout = worker_timeout(container.command or container.runtime.command or ())
        queue = _RETRIED.get(_literal(container, "QUEUE_CONNECTION"))
        retried = _literal(container, queue) if queue else ""
        after = int(retried) if retried.isdecimal() else RETRY_AFTER
        if queue and timeout is not None and not 0 < timeout < after:
            yield _run_twice(container, queue, timeout, after)


def _run_twice(container: Container, queue: str, timeout: int, after: int) -> Diagnostic:
    said = next((v.origin for v in container.variables if v.name == queue and v.origin), None)
    at = container.address / "command" if container.command is not None or said is None else said
    also = [Label(address=said, text="retry")] if said not in (None, at) else []
    help_ = "" if timeout else "never"
    return diagnose("KM540", at, also=also, help=help_, name=container.name, timeout=timeout, key=queue, after=after)


def shared_prefix(graph: Graph) -> Iterator[Diagnostic]:
    """Keys that do not begin as the processes' user may write them are refused, or belong to others."""
    for container in _applications(graph):
        for variable in _said(container, "REDIS_PREFIX"):
            for call in container.calls:
                store = graph.deployment.data_stores.get(call.to)
                account = store.account(container.family) if store else None
                prefixed = account is not None and _is_redis(graph.deployment, call.to)
                value = variable.literal
                if account and prefixed and value is not None and not value.startswith(account.space.name):
                    yield diagnose("KM541", variable.origin, value=value, prefix=account.space.name, store=call.to)


def wide_session(graph: Graph) -> Iterator[Diagnostic]:
    """A session cookie that several tenants' hosts get lets one tenant's session into another."""
    for container in _applications(graph):
        for variable in _said(container, "SESSION_DOMAIN"):
            domain = (variable.literal or "").lstrip(".").lower()
            tenants = {h.tenant for h in graph.deployment.hosts if domain and f".{h.name}".endswith(f".{domain}")}
            if len(tenants) > 1:
                yield diagnose("KM542", variable.origin, value=variable.literal, count=len(tenants))


def vite_secret(graph: Graph) -> Iterator[Diagnostic]:
    """What Vite builds in is downloaded by every visitor."""
    for container in graph.deployment.containers.values():
        for variable in container.variables:
            if variable.origin is not None and variable.name.startswith(_BROWSER):
                for secret in variable.secrets:
                    yield diagnose("KM543", variable.origin, name=variable.name, secret=secret)


def redis_client(graph: Graph) -> Iterator[Diagnostic]:
    """The package of stancl sets a tenant's prefix by a call that only one of the two clients knows."""
    tenancy = graph.deployment.tenancy
    if tenancy is None or tenancy.flavor != "stancl":
        return
    separated = {store.container for store in tenancy.stores if _is_redis(graph.deployment, store.container)}
    for container in _applications(graph):
        for variable in _said(container, "REDIS_CLIENT"):
            if variable.literal != "phpredis" and separated & {call.to for call in container.calls}:
                yield diagnose("KM544", variable.origin, value=variable.literal or "")


def misspelt_key(graph: Graph) -> Iterator[Diagnostic]:
    """A variable that is one slip away from one that Laravel reads is most likely that one."""
    for container in _applications(graph):
        own = {variable.name: variable for variable in container.variables if variable.origin is not None}
        for name, variable in own.items():
            right = next((key for key in _near(name) if key not in own), None)
            if right is not None:
                yield diagnose("KM532", variable.origin, part="key", name=name, right=right)


@lru_cache(4096)  # all copies of dedicated tenants have the same
def _near(name: str) -> tuple[str, ...]:
    """The keys of Laravel that a name is one slip away from, sorted; none where it is one of them."""
    return () if name in KEYS else tuple(sorted(key for key in KEYS if is_one_slip(name, key)))


def _applications(graph: Graph) -> Iterator[Container]:
    return (c for c in graph.deployment.containers.values() if c.type == "laravel")


def _said(container: Container, name: str) -> Iterator[Variable]:
    """The variable of this name, where the file says it."""
    return (v for v in container.variables if v.name == name and v.origin is not None)


def _literal(container: Container, name: str) -> str:
    return next((v.literal or "" for v in container.variables if v.name == name), "")


def _is_redis(deployment: Deployment, name: str) -> bool:
    return name in deployment.containers and deployment.containers[name].type == "redis"
