"""References become values: ``${containers.postgres.host}`` is a name, ``${secrets.x}`` a slot filled at start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, diagnose, did_you_mean
from kmtopo.model.references import Reference, parts
from kmtopo.resolve.companies import Tenant
from kmtopo.resolve.copies import own_secret
from kmtopo.types.runtime import Deferred, Port, Secret, ValuePart
from kmtopo.values import frozen

TENANT_ATTRIBUTES = ("slug", "title", "domain", "identifier")


@frozen
class Scope:
    """What references may name in one environment.

    ``tenant`` is the current one in a dedicated copy, None where tenants share the container; ``copies`` leads from a
    container to that tenant's copy of it. ``declared`` are the containers of the file, ``replaced`` those of which there
    are only copies. ``hosts`` are those of systems that others run.
    """

    project: Mapping[str, str]
    environment: Mapping[str, str]
    ports: Mapping[str, Port | None]
    hosts: Mapping[str, str]
    machines: Mapping[str, Mapping[str, str]]
    absent: frozenset[str]
    tenants: Mapping[str, Tenant] = field(default_factory=dict)
    tenant: str | None = None
    copies: Mapping[str, str] = field(default_factory=dict)
    declared: tuple[str, ...] = ()
    replaced: frozenset[str] = frozenset()


def value(text: str, scope: Scope, at: Address, found: list[Diagnostic]) -> tuple[ValuePart, ...]:
    """Resolves the references of a text; one that leads nowhere is reported and left out."""
    resolved: list[ValuePart] = []
    for part in parts(text):
        piece = part if isinstance(part, str) else _resolved(part, scope, at, found)
        if isinstance(piece, str) and resolved and isinstance(resolved[-1], str):
            resolved[-1] += piece
        else:
            resolved.append(piece)
    return tuple(resolved)


def _resolved(reference: Reference, scope: Scope, at: Address, found: list[Diagnostic]) -> ValuePart:
    if reference.body.startswith("env:"):
        return Deferred(reference.body.removeprefix("env:"))
    kind, *rest = reference.body.split(".")
    if kind == "secrets" and len(rest) == 1:
        return Secret(own_secret(rest[0], scope.tenant))
    table = _table(kind, rest, scope)
    attribute = rest[-1]
    if table is not None and attribute in table:
        return table[attribute]
    if kind == "containers" and rest[0] in scope.absent:
        return ""
    found.append(_nowhere(reference.body, _why(kind, rest, scope), scope, at))
    return ""


def _why(kind: str, rest: list[str], scope: Scope) -> str:
    """Which advice helps: the reference itself may be right."""
    if kind == "tenant" and scope.tenant is None and rest[-1] in TENANT_ATTRIBUTES:
        return "tenant"
    if kind == "containers" and rest[0] in scope.replaced:
        return "replaced"
    return "unset" if _is_unset(kind, rest, scope) else ""


def _nowhere(reference: str, why: str, scope: Scope, at: Address) -> Diagnostic:
    close = None if why else did_you_mean(reference, _known(scope))
    return diagnose("KM304", at, help=why or ("suggest" if close else ""), reference=reference, right=close or "")


def _is_unset(kind: str, rest: list[str], scope: Scope) -> bool:
    """Whether the reference is right, and the file only says nothing there."""
    if len(rest) != 2:
        return False
    name, attribute = rest
    if kind == "containers":
        return scope.copies.get(name, name) in scope.ports and attribute == "port"
    return kind == "vps" and name in scope.machines and attribute in ("address", "private_address")


def _table(kind: str, rest: list[str], scope: Scope) -> Mapping[str, str] | None:
    if len(rest) == 1:
        current = _attributes(scope.tenants.get(scope.tenant or ""))
        return {"environment": scope.environment, "project": scope.project, "tenant": current}.get(kind)
    if len(rest) != 2:
        return None
    if kind == "tenants":
        return _attributes(scope.tenants.get(rest[0]))
    if kind != "containers":
        return scope.machines.get(rest[0]) if kind == "vps" else None
    name = scope.copies.get(rest[0], rest[0])
    port = scope.ports.get(name)
    if name not in scope.ports:
        return None
    # Ours are found by their names, what others run by its host.
    return {"host": scope.hosts.get(name, name), **({"port": str(port.number)} if port else {})}


def _attributes(tenant: Tenant | None) -> Mapping[str, str] | None:
    """What references may ask of a tenant; a host that could not be read is empty."""
    if tenant is None:
        return None
    values = (tenant.name, tenant.title, next(iter(tenant.hosts), ""), tenant.identifier)
    return dict(zip(TENANT_ATTRIBUTES, values, strict=True))


def _known(scope: Scope) -> list[str]:
    known = [f"containers.{name}.{attribute}" for name in scope.declared for attribute in ("host", "port")]
    known += [f"tenant.{attribute}" for attribute in TENANT_ATTRIBUTES if scope.tenant]
    known += [f"vps.{name}.{attribute}" for name, table in scope.machines.items() for attribute in table]
    return known + [f"environment.{a}" for a in scope.environment] + [f"project.{a}" for a in scope.project]
