"""Rules about names: hosts, and identifiers derived from slugs."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.graph.graph import Graph
from kmtopo.resolve.deployment import Host

LONGEST_IDENTIFIER = 63
LONGEST_SUFFIX = "_migrate"


def domain_twice(graph: Graph) -> Iterator[Diagnostic]:
    """A host leads to one tenant or site."""
    first: dict[str, Host] = {}
    for host in graph.deployment.hosts:
        rival = first.setdefault(host.name, host)
        if rival is not host:
            also = [Label(address=rival.origin, text="first")] if rival.origin != host.origin else []
            owner, other = host.tenant or host.site or "", rival.tenant or rival.site or ""
            yield diagnose("KM506", host.origin, also=also, host=host.name, owner=owner, other=other)


def slug_collision(graph: Graph) -> Iterator[Diagnostic]:
    """Two tenants must stay apart where ``-`` becomes ``_``."""
    first: dict[str, str] = {}
    for tenant in graph.deployment.tenants.values():
        rival = first.setdefault(tenant.identifier, tenant.name)
        if rival != tenant.name:
            also = [Label(address=graph.deployment.tenants[rival].address, part="key", text="first")]
            yield diagnose("KM525", tenant.address, part="key", also=also, name=tenant.name, identifier=tenant.identifier)


def identifier_too_long(graph: Graph) -> Iterator[Diagnostic]:
    """PostgreSQL cuts names at 63 bytes, so that two tenants could become one."""
    project = graph.deployment.project.name.replace("-", "_")
    for tenant in graph.deployment.tenants.values():
        longest = f"{project}_{tenant.identifier}{LONGEST_SUFFIX}"
        if len(longest) > LONGEST_IDENTIFIER:
            yield diagnose("KM526", tenant.address, part="key", name=longest, length=len(longest), most=LONGEST_IDENTIFIER)
