"""How two environments differ in what runs, and where that comes from; never in where it runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Literal

from kmtopo.addresses import Address
from kmtopo.graph.graph import Graph
from kmtopo.graph.load import mib
from kmtopo.resolve.deployment import Container, Deployment, Route
from kmtopo.types.naming import certificate
from kmtopo.types.runtime import Rate
from kmtopo.values import frozen

TLS_PORT = 443

Aspect = Literal["scale", "domain", "tenants", "tls", "ports", "rest"]


@frozen
class Difference:
    """One thing that is otherwise: absent on one side where that is empty.

    ``aspect`` is the reason that an architect would give: ``scale`` (limits, replicas, sizes), ``domain``, ``tenants``,
    ``tls``, ``ports`` (of the machine), or ``rest``: what runs.
    """

    aspect: Aspect
    address: Address
    left: str
    right: str

    @property
    def sign(self) -> str:
        """What it is on the way from left to right, as plans write it: ``+``, ``~`` or ``-``."""
        return "+" if not self.left else "-" if not self.right else "~"

    @property
    def values(self) -> tuple[str, ...]:
        """Both sides, as far as there is more to say than that something is there."""
        return tuple(value for value in (self.left, self.right) if value not in ("", "-"))


def differences(left: Graph, right: Graph) -> tuple[Difference, ...]:
    """Compares what runs in two environments: containers, images, networks, calls, routes, keys of variables, secrets, stores.

    Sorted by aspect and address. Machines, addresses, subnets, and the names of projects and volumes may differ.
    """
    one, other = left.deployment, right.deployment
    found = [
        *_environment(one, other),
        *_tenants(one, other),
        *_networks(one, other),
        *_containers(one, other),
    ]
    return tuple(sorted(found, key=lambda d: (d.aspect, str(d.address))))


def _environment(one: Deployment, other: Deployment) -> Iterator[Difference]:
    yield from _differing("tls", Address.of("tls"), one.tls.mode, other.tls.mode)
    sites = [", ".join(h.name for h in each.hosts if h.tenant is None) for each in (one, other)]
    yield from _differing("domain", Address.of("domain"), *sites)
    stores = [{s.container: s.kind for s in each.tenancy.stores} if each.tenancy else {} for each in (one, other)]
    yield from _maps("rest", Address.of("tenancy", "stores"), *stores)


def _tenants(one: Deployment, other: Deployment) -> Iterator[Difference]:
    for name in sorted({*one.tenants, *other.tenants}):
        here, there = one.tenants.get(name), other.tenants.get(name)
        if here == there:
            continue
        at = Address.of("tenants", name)
        if here is None or there is None:
            yield Difference("tenants", at, _present(here), _present(there))
            continue
        yield from _differing("domain", at / "domain", ", ".join(here.hosts), ", ".join(there.hosts))
        placements = ["dedicated" if t.dedicated else "pooled" for t in (here, there)]
        yield from _differing("tenants", at / "placement", *placements)


def _networks(one: Deployment, other: Deployment) -> Iterator[Difference]:
    for name in sorted({*one.networks, *other.networks}):
        here, there = one.networks.get(name), other.networks.get(name)
        at = Address.of("networks", name)
        if here is None or there is None:
            yield Difference("rest", at, _present(here), _present(there))
        else:
            yield from _differing("rest", at / "internal", _word(here.internal), _word(there.internal))


def _containers(one: Deployment, other: Deployment) -> Iterator[Difference]:
    shared = {*one.tenants} & {*other.tenants}
    for name in sorted({*one.containers, *other.containers}):
        here, there = one.containers.get(name), other.containers.get(name)
        at = Address.of("containers", name)
        if here is not None and there is not None:
            yield from _container(at, here, there)
        else:
            yield Difference(_whose(here or there, shared), at, _present(here), _present(there))


def _whose(container: Container | None, shared: Collection[str]) -> Aspect:
    """Why a container is on one side only: it is the copy of a tenant that the other side has not, or for no such reason."""
    own = container.tenant if container else None
    return "rest" if own is None or own in shared else "tenants"


# What is said of a container in one word each, and the aspect that it belongs to.
_WORDS: tuple[tuple[str, Aspect, Callable[[Container], str]], ...] = (
    ("type", "rest", lambda c: c.type),
    ("process", "rest", lambda c: c.process),
    ("once", "rest", lambda c: _word(c.once)),
    ("image", "rest", lambda c: c.image or ""),
    ("build", "rest", lambda c: c.build.context if c.build else ""),
    ("command", "rest", lambda c: c.command if isinstance(c.command, str) else " ".join(c.command or ())),
    ("port", "rest", lambda c: f"{c.port.number}/{c.port.protocol}" if c.port else ""),
    ("replicas", "scale", lambda c: str(c.replicas)),
    ("cpu", "scale", lambda c: f"{c.cpu.normalize():f}" if c.cpu else ""),
    ("memory", "scale", lambda c: mib(c.memory) if c.memory else ""),
)


def _container(at: Address, one: Container, other: Container) -> Iterator[Difference]:
    for key, aspect, said in _WORDS:
        yield from _differing(aspect, at / key, said(one), said(other))
    for key, aspect, described in _PARTS:
        yield from _maps(aspect, at / key, described(one), described(other))


def _calls(container: Container) -> dict[str, str]:
    return {c.to: ", ".join([*c.purposes, *(["optional"] if c.optional else [])]) or "-" for c in container.calls}


def _routes(container: Container) -> dict[str, str]:
    return {f"{r.site or ''}{r.path}": _route(r) for r in container.routes if r.tenant is None}


def _routes_of_tenants(container: Container) -> dict[str, str]:
    """The routes to dedicated tenants' copies: there are as many as tenants that have some."""
    return {f"{r.tenant} {r.site or ''}{r.path}": _route(r) for r in container.routes if r.tenant is not None}


def _route(route: Route) -> str:
    options = {
        "websocket": route.websocket,
        "strip": route.strip,
        f"body {mib(route.body or 0)}": route.body is not None,
        f"timeout {route.timeout}s": route.timeout is not None,
        f"rate {_rate(route.rate)}": route.rate is not None,
    }
    return " ".join([route.to, str(route.port.number), *(option for option, said in options.items() if said)])


def _rate(rate: Rate | None) -> str:
    return f"{rate.per_second.normalize():f}/s" if rate else ""


def _ports(container: Container) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for p in container.publications:
        found.setdefault(f"{p.container_port}/{p.transport}", []).append(f"{p.host_ip}:{p.host_port}")
    return {port: ", ".join(sorted(hosts)) for port, hosts in found.items()}


def _exposed(container: Container, *, tls: bool) -> dict[str, str]:
    """Which ports lead in, and whether from the machine alone: where on the machine they lead in may differ."""
    found: dict[str, str] = {}
    for p in container.publications:
        if tls == (container.is_proxy and p.container_port == TLS_PORT):
            port = f"{p.container_port}/{p.transport}"
            found[port] = found.get(port, "loopback") if p.is_loopback else "published"
    return found


def _sizes(container: Container) -> dict[str, str]:
    return {m.path: mib(m.size) for m in container.mounts if m.size}


def _volumes(container: Container) -> dict[str, str]:
    return {m.path: "bind" if m.bind else "volume" for m in container.mounts if m.origin is not None}


def _secrets(container: Container) -> dict[str, str]:
    # Whoever ends TLS himself has a certificate: that is the aspect ``tls``.
    return dict.fromkeys(set(container.secrets) - set(certificate(container.name)), "-")


_PARTS: tuple[tuple[str, Aspect, Callable[[Container], dict[str, str]]], ...] = (
    ("networks", "rest", lambda c: dict.fromkeys(c.networks, "-")),
    ("uses", "rest", _calls),
    ("routes", "rest", _routes),
    ("routes", "tenants", _routes_of_tenants),
    ("env", "rest", lambda c: dict.fromkeys((v.name for v in c.variables), "-")),
    ("secrets", "rest", _secrets),
    ("volumes", "rest", _volumes),
    ("volumes", "scale", _sizes),
    ("publish", "rest", partial(_exposed, tls=False)),
    ("publish", "tls", partial(_exposed, tls=True)),
    ("publish", "ports", _ports),
)


def _maps(aspect: Aspect, at: Address, one: Mapping[str, str], other: Mapping[str, str]) -> Iterator[Difference]:
    for key in sorted({*one, *other}):
        yield from _differing(aspect, at / key, one.get(key, ""), other.get(key, ""))


def _differing(aspect: Aspect, at: Address, one: str, other: str) -> Iterator[Difference]:
    if one != other:
        yield Difference(aspect, at, one, other)


def _present(thing: object) -> str:
    return "" if thing is None else "-"


def _word(flag: bool) -> str:
    return "true" if flag else "false"


def excepted(found: Iterable[Difference], words: Iterable[str]) -> tuple[Difference, ...]:
    """What is left when aspects and addresses are set aside; where things run on the machine is never asked."""
    aside = {"ports", *words}
    return tuple(d for d in found if d.aspect not in aside and not any(_is_under(d.address, word) for word in aside))


def _is_under(address: Address, word: str) -> bool:
    text = str(address)
    return text == word or text.startswith((f"{word}.", f"{word}["))
