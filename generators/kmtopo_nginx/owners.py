"""Whose hosts a proxy answers for, and which rules each owner's requests stand under."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from kmtopo.plugin import Address, Deployment, Host, Limits, Route, frozen
from kmtopo_nginx import names
from kmtopo_nginx.directives import origin_line


@frozen
class Policy:
    """What a server block depends on; owners with equal policies may share one.

    ``body`` in bytes, ``rate`` in requests per second and ``connections`` are a tenant's own limits.
    ``drops_bodies`` and ``drops_rates``: routes have limits that the tenant's own replace.
    """

    site: str | None = None
    body: int | None = None
    rate: Decimal | None = None
    connections: int | None = None
    drops_bodies: bool = False
    drops_rates: bool = False

    @property
    def locations(self) -> str:
        """The file with the locations of these routes."""
        name = f"site-{names.slug(self.site)}" if self.site else "all"
        return f"locations/{name}{'-own-body' * self.drops_bodies}{'-own-rate' * self.drops_rates}.conf"

    @property
    def order(self) -> tuple[str, int, Decimal, int]:
        """A sort key that does not depend on who the owners are."""
        return (self.site or "", self.body or 0, self.rate or Decimal(0), self.connections or 0)


@frozen
class Owner:
    """A tenant, a site or the one application, with its hosts. ``mark`` is the comment line that names it."""

    address: Address
    mark: str
    hosts: tuple[str, ...]
    tenant: str | None
    policy: Policy


def owners(deployment: Deployment, routes: Iterable[Route]) -> tuple[Owner, ...]:
    """Returns the owners of all hosts: the application, sites by name, tenants by name."""
    known = tuple(routes)
    replaceable = _Replaceable(any(r.body is not None for r in known), any(r.rate is not None for r in known))
    grouped: dict[tuple[str, str], list[Host]] = {}
    for host in deployment.hosts:
        grouped.setdefault((host.tenant or "", host.site or ""), []).append(host)
    return tuple([_owner(deployment, hosts, replaceable) for _, hosts in sorted(grouped.items())])


def groups(owned: Iterable[Owner]) -> tuple[tuple[Policy, tuple[Owner, ...]], ...]:
    """Returns the owners of each policy, in an order that a further owner does not change; nobody is under the usual one."""
    known = tuple(owned)
    shared: dict[Policy, list[Owner]] = {} if known else {Policy(): []}
    for owner in known:
        shared.setdefault(owner.policy, []).append(owner)
    return tuple((policy, tuple(shared[policy])) for policy in sorted(shared, key=lambda policy: policy.order))


def routes_of(routes: Iterable[Route], site: str | None) -> tuple[Route, ...]:
    """Returns the routes that hold on a site, the longest path first; a site's own wins over one for all hosts."""
    known = tuple(routes)
    chosen = {route.path: route for owner in (None, site) for route in known if route.site == owner}
    return tuple(sorted(chosen.values(), key=lambda route: (-len(route.path), route.path)))


@frozen
class _Replaceable:
    bodies: bool
    rates: bool


def _owner(deployment: Deployment, hosts: list[Host], replaceable: _Replaceable) -> Owner:
    first = hosts[0]
    tenant = deployment.tenants[first.tenant] if first.tenant else None
    address = tenant.address if tenant else first.origin
    return Owner(
        address=address,
        mark=origin_line(address),
        hosts=tuple(names.host(host.name) for host in hosts),
        tenant=names.slug(tenant.name) if tenant else None,
        policy=_policy(tenant.limits, replaceable) if tenant else Policy(site=first.site),
    )


def _policy(limits: Limits, replaceable: _Replaceable) -> Policy:
    return Policy(
        body=limits.body,
        rate=limits.rate.per_second if limits.rate else None,
        connections=limits.connections,
        drops_bodies=replaceable.bodies and limits.body is not None,
        drops_rates=replaceable.rates and limits.rate is not None,
    )
