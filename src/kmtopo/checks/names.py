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
