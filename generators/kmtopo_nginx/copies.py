"""Dedicated tenants: whose requests go to which copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kmtopo.plugin import Address, Deployment, Route, frozen
from kmtopo_nginx import names
from kmtopo_nginx.directives import Directive, Node, block, directive, origin


@frozen
class Copy:
    """A dedicated tenant's own container behind a route; ``address`` is what says that the tenant has it."""

    tenant: str
    address: Address
    route: Route


def copies(deployment: Deployment, routes: Iterable[Route]) -> dict[str, tuple[Copy, ...]]:
    """Returns for each container of the file the copies that routes lead to, by tenant."""
    found: dict[str, dict[str, Copy]] = {}
    for route in routes:
        if route.tenant is not None:
            tenant = deployment.tenants[route.tenant]
            copy = Copy(tenant.name, tenant.copies_at or tenant.address, route)
            found.setdefault(deployment.containers[route.to].original, {}).setdefault(route.to, copy)
    return {name: tuple(sorted(found[name].values(), key=lambda copy: copy.tenant)) for name in sorted(found)}


def variable(callee: str) -> str:
    """Names what holds the group of servers that answers to a request's tenant."""
    return f"$kmtopo_to_{names.slug(callee).replace('-', '_')}"


def chosen_by_tenant(deployment: Deployment, found: Mapping[str, tuple[Copy, ...]]) -> Iterator[Node]:
    """Yields one map for each callee: a row leads a dedicated tenant's requests to its copy."""
    for callee, own in found.items():
        shared = deployment.containers.get(callee)
        yield origin(shared.address if shared else deployment.containers[own[0].route.to].address)
        rows = (directive("default", names.slug(callee) if shared else ""), *_rows(own))
        yield block("map", "$kmtopo_tenant", variable(callee), holds=rows)


def _rows(own: Iterable[Copy]) -> Iterator[Node]:
    for copy in own:
        yield origin(copy.address)
        yield Directive(names.map_key(copy.tenant), (names.slug(copy.route.to),))
