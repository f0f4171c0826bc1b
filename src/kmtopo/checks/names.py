"""Rules about names: hosts, and identifiers derived from slugs."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.graph.graph import Graph
from kmtopo.resolve.deployment import Host
from kmtopo.types.stores import DataStore, Login

LONGEST_IDENTIFIER = 63
LONGEST_SUFFIX = "_migrate"


def domain_twice(graph: Graph) -> Iterator[Diagnostic]:
    """A host leads to one tenant or site."""
    first: dict[str, Host] = {}
    for host in graph.deployment.hosts:
        rival = first.setdefault(host.name, host)
        if rival is not host:
            yield _claimed_twice(host, rival)


def _claimed_twice(host: Host, rival: Host) -> Diagnostic:
    owner, other = host.tenant or host.site or "", rival.tenant or rival.site or ""
    if rival.origin == host.origin and owner != other:
        # A pattern without a place for the tenant's name is one mistake, however many tenants there are.
        return diagnose("KM506", host.origin, help="pattern", host=host.name)
    also = [Label(address=rival.origin, text="first")] if rival.origin != host.origin else []
    help_ = "same" if owner == other else ""
    return diagnose("KM506", host.origin, also=also, help=help_, host=host.name, owner=owner, other=other)


def identifier_too_long(graph: Graph) -> Iterator[Diagnostic]:
    """PostgreSQL cuts names at 63 bytes, so that two tenants could become one."""
    project = graph.deployment.project.name.replace("-", "_")
    for tenant in graph.deployment.tenants.values():
        longest = f"{project}_{tenant.identifier}{LONGEST_SUFFIX}"
        if len(longest) > LONGEST_IDENTIFIER:
            excess = len(longest) - LONGEST_IDENTIFIER
            yield diagnose("KM526", tenant.address, part="key", tenant=tenant.name, name=longest, excess=excess)


def secret_collision(graph: Graph) -> Iterator[Diagnostic]:
    """A slot holds one password: names that join to one slot would give two users the same."""
    first: dict[str, tuple[str, str, Address]] = {}
    for store in graph.deployment.data_stores.values():
        for login, address in _logins(store):
            known = first.get(login.secret)
            if known is None:
                first[login.secret] = (store.container, login.name, address)
            elif known[:2] != (store.container, login.name):
                also = [Label(address=known[2], part="key", text="other")]
                yield diagnose("KM527", address, part="key", also=also, secret=login.secret)


def _logins(store: DataStore) -> Iterator[tuple[Login, Address]]:
    """The users of a store, each with what it is named after: its tenant, or the store itself."""
    yield store.administrator, store.address
    for space in store.spaces:
        address = space.address if space.tenant else store.address
        for login in space.logins:
            yield login, address
