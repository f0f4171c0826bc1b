"""References become values: ``${containers.postgres.host}`` is a name, ``${secrets.x}`` a slot filled at start."""

from __future__ import annotations

from collections.abc import Mapping

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, diagnose, did_you_mean
from kmtopo.model.references import Reference, parts
from kmtopo.types.runtime import Deferred, Port, Secret, ValuePart
from kmtopo.values import frozen


@frozen
class Scope:
    """What references may name in one environment."""

    project: Mapping[str, str]
    environment: Mapping[str, str]
    ports: Mapping[str, Port | None]
    hosts: Mapping[str, str]
    machines: Mapping[str, Mapping[str, str]]
    absent: frozenset[str]


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
        return Secret(rest[0])
    table = _table(kind, rest, scope)
    attribute = rest[-1]
    if table is not None and attribute in table:
        return table[attribute]
    if kind == "containers" and rest[0] in scope.absent:
        return ""
    found.append(_nowhere(reference.body, _is_unset(kind, rest, scope), scope, at))
    return ""


def _nowhere(reference: str, unset: bool, scope: Scope, at: Address) -> Diagnostic:
    close = None if unset else did_you_mean(reference, _known(scope))
    help_ = "unset" if unset else "suggest" if close else ""
    return diagnose("KM304", at, help=help_, reference=reference, right=close or "")


def _is_unset(kind: str, rest: list[str], scope: Scope) -> bool:
    """Whether the reference is right, and the file only says nothing there."""
    if len(rest) != 2:
        return False
    name, attribute = rest
    if kind == "containers":
        return name in scope.hosts and attribute == "port"
    return kind == "vps" and name in scope.machines and attribute in ("address", "private_address")


def _table(kind: str, rest: list[str], scope: Scope) -> Mapping[str, str] | None:
    if len(rest) == 1:
        return {"environment": scope.environment, "project": scope.project}.get(kind)
    if len(rest) != 2:
        return None
    if kind == "containers" and rest[0] in scope.hosts:
        port = scope.ports.get(rest[0])
        return {"host": scope.hosts[rest[0]], **({"port": str(port.number)} if port else {})}
    return scope.machines.get(rest[0]) if kind == "vps" else None


def _known(scope: Scope) -> list[str]:
    known = [f"containers.{name}.{attribute}" for name in scope.hosts for attribute in ("host", "port")]
    known += [f"vps.{name}.{attribute}" for name, table in scope.machines.items() for attribute in table]
    return known + [f"environment.{a}" for a in scope.environment] + [f"project.{a}" for a in scope.project]
