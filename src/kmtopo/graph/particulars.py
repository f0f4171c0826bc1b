"""What two environments may have otherwise and still be alike, and one and the same may not change unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from kmtopo.addresses import Address
from kmtopo.graph.cost import money
from kmtopo.graph.likeness import Difference
from kmtopo.graph.load import mib
from kmtopo.model.credentials import is_credential
from kmtopo.resolve.companies import Tenant
from kmtopo.resolve.deployment import Container, Deployment, Vps

# That a literal credential has changed is said; what it was or is, is not.
MASK = "•••"
_PASSWORD_IN_URL = re.compile(r"(?<=://)([^\s:/@]*):[^\s/@]+@")


def particulars(one: Deployment, other: Deployment) -> Iterator[Difference]:
    """Compares values: of variables, health checks, builds and volumes, of tenants, networks and machines."""
    for name in sorted(one.containers.keys() & other.containers.keys()):
        at = Address.of("containers", name)
        yield from _container(at, one.containers[name], other.containers[name])
    for name in sorted(one.tenants.keys() & other.tenants.keys()):
        # There may be thousands, and few of them change.
        if one.tenants[name] != other.tenants[name]:
            at = Address.of("tenants", name)
            yield from _otherwise(at, _tenant(one.tenants[name]), _tenant(other.tenants[name]))
    for name in sorted(one.networks.keys() & other.networks.keys()):
        at = Address.of("networks", name)
        yield from _otherwise(at, {"subnet": one.networks[name].subnet}, {"subnet": other.networks[name].subnet})
    for name in sorted(one.vps.keys() | other.vps.keys()):
        here, there = one.vps.get(name), other.vps.get(name)
        at = Address.of("vps", name)
        if here is None or there is None:
            yield Difference("rest", at, "-" if here else "", "-" if there else "")
        else:
            yield from _otherwise(at, _machine(here), _machine(there))


def _container(at: Address, one: Container, other: Container) -> Iterator[Difference]:
    yield from _otherwise(at, {"vps": one.vps, **_build(one)}, {"vps": other.vps, **_build(other)})
    yield from _otherwise(at / "healthcheck", _healthcheck(one), _healthcheck(other))
    yield from _in_both(at / "volumes", _volumes(one), _volumes(other))
    old, new = ({v.name: v.written for v in each.variables} for each in (one, other))
    for name in sorted(old.keys() & new.keys()):
        if old[name] != new[name]:
            yield Difference("rest", at / "env" / name, _masked(name, old[name]), _masked(name, new[name]))


def _masked(name: str, value: str) -> str:
    if is_credential(name) and value and "${" not in value:
        return MASK
    return _PASSWORD_IN_URL.sub(rf"\1:{MASK}@", value) or "-"


def _build(container: Container) -> dict[str, str]:
    build = container.build
    if build is None:
        return {"build.dockerfile": "", "build.target": "", "build.args": ""}
    args = ", ".join(f"{name}={_masked(name, value)}" for name, value in build.args)
    return {"build.dockerfile": build.dockerfile or "", "build.target": build.target or "", "build.args": args}


def _healthcheck(container: Container) -> dict[str, str]:
    check = container.healthcheck
    if check is None:
        return dict.fromkeys(("test", "interval", "timeout", "retries", "start_period"), "")
    return {
        "test": " ".join(check.test),
        "interval": f"{check.interval}s",
        "timeout": f"{check.timeout}s",
        "retries": str(check.retries),
        "start_period": f"{check.start_period}s",
    }


def _volumes(container: Container) -> dict[str, str]:
    """What is mounted where: by another name, a volume is another one, and empty."""
    return {mount.path: mount.volume or mount.bind or "" for mount in container.mounts}


def _tenant(tenant: Tenant) -> dict[str, str]:
    limits = tenant.limits
    return {
        "title": tenant.title,
        "zone": tenant.zone or "",
        "branches": ", ".join(tenant.branches),
        "limits.rate": f"{_number(limits.rate.per_second)}/s" if limits.rate else "",
        "limits.body": mib(limits.body) if limits.body else "",
        "limits.connections": str(limits.connections or ""),
    }


def _machine(vps: Vps) -> dict[str, str]:
    cost = vps.cost
    return {
        "address": vps.public_ip or "",
        "private_address": vps.private_ip or "",
        "capacity.cpu": _number(vps.capacity.cpu) if vps.capacity.cpu else "",
        "capacity.memory": mib(vps.capacity.memory) if vps.capacity.memory else "",
        "capacity.disk": mib(vps.capacity.disk) if vps.capacity.disk else "",
        "cost": money(cost) if cost else "",
    }


def _otherwise(at: Address, one: Mapping[str, str], other: Mapping[str, str]) -> Iterator[Difference]:
    for key, value in one.items():
        if value != other[key]:
            yield Difference("rest", at.join(key.split(".")), value, other[key])


def _in_both(at: Address, one: Mapping[str, str], other: Mapping[str, str]) -> Iterator[Difference]:
    for key in sorted(one.keys() & other.keys()):
        if one[key] != other[key]:
            yield Difference("rest", at / key, one[key], other[key])


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"
