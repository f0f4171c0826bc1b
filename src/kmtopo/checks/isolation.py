"""Whether tenants are kept apart: networks, stores, credentials, hosts, variables and volumes, each with a witness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from kmtopo.addresses import Address
from kmtopo.checks.separation import UNSEPARATED
from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.graph.ends import pooled
from kmtopo.graph.graph import Graph
from kmtopo.model.layered import Layer
from kmtopo.resolve.deployment import Container
from kmtopo.values import frozen

SHOWN_LEAKS = 4
_WORD = re.compile(r"[A-Za-z0-9_-]+")


@frozen
class Leak:
    """Something through which a tenant gets at what is another's: ``kind`` is a word of the texts, ``at`` the witness."""

    kind: str
    one: str
    other: str
    what: str
    at: Address


def isolated(layer: Layer, graphs: Iterable[Graph]) -> Iterator[Diagnostic]:
    """Yields at most one finding: the first leak with the others beside it; what pooled tenants share by design where there is none."""
    graphs = list(graphs)
    found = list(dict.fromkeys(leak for graph in graphs for leak in leaks(graph)))
    at = layer.where.find(("isolate",))
    if found:
        first, *others = found
        also = [Label(address=leak.at, part="key", text="leak") for leak in found[:SHOWN_LEAKS]]
        more = ", ".join(dict.fromkeys(leak.what for leak in others[:SHOWN_LEAKS]))
        yield diagnose(
            "KM561",
            at,
            also=also,
            help=f"{first.kind}_more" if others else first.kind,
            one=first.one,
            other=first.other,
            what=first.what,
            more=more,
        )
        return
    shared = sorted({name for graph in graphs for name in pooled(graph)})
    users = sorted({name for graph in graphs for name in _one_user_for_all(graph)})
    if shared:
        yield diagnose("KM562", at, help="users" if users else "", names=", ".join(shared), stores=", ".join(users))


def leaks(graph: Graph) -> Iterator[Leak]:
    """Looks for every way from one tenant to another; paths through a proxy are none."""
    if len(graph.deployment.tenants) < 2:
        return
    yield from _networks(graph)
    yield from _stores(graph)
    yield from _credentials(graph)
    yield from _secrets(graph)
    yield from _hosts(graph)
    yield from _variables(graph)
    yield from _volumes(graph)


def _networks(graph: Graph) -> Iterator[Leak]:
    """Nobody else's processes are on a network of a tenant's own copies; whom these call is."""
    containers = graph.deployment.containers
    serving = set(pooled(graph))
    for network, members in graph.members.items():
        for name, other in combinations(members, 2):
            one, two = containers[name], containers[other]
            if one.vps == two.vps and _are_apart(one, two, serving) and not _call(one, two):
                yield Leak("network", _whose(one), _whose(two), network, one.address)


def _are_apart(one: Container, two: Container, serving: Iterable[str]) -> bool:
    if one.tenant is None and two.tenant is None:
        return False
    return one.tenant != two.tenant and all(c.tenant is not None or c.name in serving for c in (one, two))


def _call(one: Container, two: Container) -> bool:
    return two.name in _called(one) or one.name in _called(two)


def _called(container: Container) -> set[str]:
    return {*(call.to for call in container.calls), *(route.to for route in container.routes)}


def _stores(graph: Graph) -> Iterator[Leak]:
    """What tenants' processes keep data in is told apart by tenant."""
    deployment = graph.deployment
    kinds = {store.container: store for store in deployment.tenancy.stores} if deployment.tenancy else {}
    callers: dict[str, Container] = {}
    for name in (*pooled(graph), *(c.name for c in deployment.containers.values() if c.tenant)):
        for call in deployment.containers[name].calls:
            callers.setdefault(call.to, deployment.containers[name])
    for name, caller in sorted(callers.items()):
        store = deployment.containers.get(name)
        if store is None or not store.is_store or store.tenant is not None:
            continue
        if name not in kinds:
            yield Leak("store", *_two(graph), name, next(c.origin for c in caller.calls if c.to == name))
        elif kinds[name].kind == UNSEPARATED:
            yield Leak("shared", *_two(graph), name, kinds[name].origin)


def _credentials(graph: Graph) -> Iterator[Leak]:
    """No user of a store is of two tenants, but that of processes which serve them all."""
    tenants = graph.deployment.tenants
    for store in graph.deployment.data_stores.values():
        owners: dict[str, str] = {}
        pooled = {account.login.name for _, account in store.accounts if account.space.tenant is None}
        for space in store.spaces:
            for login in space.logins:
                other = owners.setdefault(login.name, space.tenant or "")
                if (
                    other != space.tenant
                    and other
                    and space.tenant
                    and login.name not in pooled
                    and not (tenants[other].central or _is_central(graph, space.tenant))
                ):
                    yield Leak("login", other, space.tenant or "", login.name, space.address)


def _is_central(graph: Graph, tenant: str | None) -> bool:
    return tenant is not None and graph.deployment.tenants[tenant].central


def _secrets(graph: Graph) -> Iterator[Leak]:
    """No secret is in the hands of two tenants' processes."""
    owners: dict[str, Container] = {}
    for container in _of_tenants(graph):
        for secret in container.secrets:
            first = owners.setdefault(secret, container)
            if first.tenant != container.tenant:
                yield Leak("secret", _whose(first), _whose(container), secret, container.address)


def _hosts(graph: Graph) -> Iterator[Leak]:
    """No tenant's wildcard covers another's host."""
    hosts = [h for h in graph.deployment.hosts if h.tenant]
    wild = {h.name[1:]: h for h in hosts if h.name.startswith("*.")}
    for host in hosts if wild else ():
        for suffix in _suffixes(host.name):
            pattern = wild.get(suffix)
            if pattern is not None and pattern.tenant != host.tenant:
                yield Leak("host", pattern.tenant or "", host.tenant or "", pattern.name, pattern.origin)


def _suffixes(name: str) -> Iterator[str]:
    """What a wildcard may have after its star: ``.b.example`` and ``.example`` of ``a.b.example``."""
    yield from (name[index:] for index, sign in enumerate(name) if sign == ".")


def _variables(graph: Graph) -> Iterator[Leak]:
    """No variable of a tenant's process names what is another's."""
    owners = {c.name: c.tenant for c in graph.deployment.containers.values() if c.tenant}
    for store in graph.deployment.data_stores.values():
        owners |= {space.name: space.tenant for space in store.spaces if space.tenant}
    # What a type says is nearly the same for all copies, and of nobody.
    owned: dict[str | None, list[str]] = {None: []}
    for container in graph.deployment.containers.values():
        for variable in container.variables if container.tenant else ():
            text = variable.literal
            if text not in owned:
                owned[text] = [word for word in _WORD.findall(text or "") if word in owners]
            for word in owned[text]:
                if owners[word] != container.tenant:
                    at = variable.origin or container.address
                    yield Leak("variable", container.tenant or "", owners[word] or "", variable.name, at)


def _volumes(graph: Graph) -> Iterator[Leak]:
    """No files are seen by two tenants' processes."""
    owners: dict[str, Container] = {}
    for container in _of_tenants(graph):
        for mount in container.mounts:
            # A folder of code, which only development mounts, is the same for everybody.
            first = owners.setdefault(mount.volume, container) if mount.volume else container
            if mount.volume and first.tenant != container.tenant:
                yield Leak("volume", _whose(first), _whose(container), mount.volume, mount.origin or container.address)


def _of_tenants(graph: Graph) -> Iterator[Container]:
    """The processes that serve tenants: the copies, and those that serve all who have none."""
    serving = set(pooled(graph))
    return (c for c in graph.deployment.containers.values() if c.tenant or c.name in serving)


def _one_user_for_all(graph: Graph) -> Iterator[str]:
    """Stores in which pooled processes have one user, whomever they serve."""
    for name, store in graph.deployment.data_stores.items():
        for _, account in store.accounts:
            of_all = account.space.tenant is None or _is_central(graph, account.space.tenant)
            if of_all and store.kind is not None and not account.folders:
                yield name


def _whose(container: Container) -> str:
    return container.tenant or container.name


def _two(graph: Graph) -> tuple[str, str]:
    """Two tenants to speak of, where all of them are concerned."""
    names = sorted(name for name, tenant in graph.deployment.tenants.items() if not tenant.central)
    one, *others = names or sorted(graph.deployment.tenants)
    return one, (others or [one])[0]
