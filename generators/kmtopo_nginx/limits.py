"""Limits: what one client and one tenant may ask for at once."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal

from kmtopo.plugin import Route
from kmtopo_nginx import names
from kmtopo_nginx.directives import Comment, Directive, Node, directive
from kmtopo_nginx.front import Front
from kmtopo_nginx.options import per_second
from kmtopo_nginx.owners import Policy
from kmtopo_nginx.sizes import in_bytes

# No slug holds an underscore, so that no upstream can have the name of a zone.
_CLIENT_ZONE = "kmtopo_client"
_TENANT_ZONE = "kmtopo_tenant"
_CONNECTIONS_ZONE = "kmtopo_connections"
_CLIENT_KEY = "$kmtopo_tenant:$binary_remote_addr"
_TENANT_KEY = "$kmtopo_tenant"


def everywhere(front: Front) -> Iterator[Node]:
    """Yields the zones, and the limits of whoever has none of its own."""
    yield Comment("One client may not starve its company, nor one company the others.")
    yield _zone(_CLIENT_KEY, _CLIENT_ZONE, "10m", per_second(front.options.client_rate))
    yield _zone(_TENANT_KEY, _TENANT_ZONE, "4m", per_second(front.options.tenant_rate))
    for zone, rate in sorted({_own_zone(p.rate): p.rate for p, _ in front.groups if p.rate is not None}.items()):
        yield _zone(_TENANT_KEY, zone, "4m", rate)
    for route in front.routes:
        if route.rate:
            yield _zone(_CLIENT_KEY, _route_zone(route), "10m", route.rate.per_second)
    yield directive("limit_conn_zone", _CLIENT_KEY, f"zone={_CONNECTIONS_ZONE}:10m")
    yield directive("limit_req_status", "429")
    yield directive("limit_conn_status", "429")
    if front.is_strict:
        yield from _usual_rates(front)
        yield directive("limit_conn", _CONNECTIONS_ZONE, str(front.options.client_connections))


def of_owner(front: Front, policy: Policy) -> Iterator[Node]:
    """Yields a tenant's own limits, for its server block."""
    if policy.body is not None:
        yield body(policy.body)
    if policy.rate is not None:
        yield from _client_rate(front)
        yield _limit(_own_zone(policy.rate), policy.rate)
    if policy.connections is not None:
        yield directive("limit_conn", _CONNECTIONS_ZONE, str(policy.connections))


def of_route(front: Front, route: Route) -> Iterator[Node]:
    """Yields a route's own rate; beside it the usual ones, which it would otherwise replace."""
    if route.rate is not None:
        yield from _usual_rates(front)
        yield _limit(_route_zone(route), route.rate.per_second)


def body(size: int) -> Directive:
    """Returns the limit of a request's body; ``size`` in bytes."""
    return directive("client_max_body_size", in_bytes(size))


def _usual_rates(front: Front) -> Iterator[Node]:
    yield from _client_rate(front)
    if front.is_strict:
        yield _limit(_TENANT_ZONE, per_second(front.options.tenant_rate))


def _client_rate(front: Front) -> Iterator[Node]:
    if front.is_strict:
        yield _limit(_CLIENT_ZONE, per_second(front.options.client_rate))


def _zone(key: str, name: str, size: str, rate: Decimal) -> Directive:
    return directive("limit_req_zone", key, f"zone={name}:{size}", f"rate={_rate(rate)}")


def _limit(zone: str, rate: Decimal) -> Directive:
    return directive("limit_req", f"zone={zone}", f"burst={_whole(2 * rate)}", f"delay={_whole(rate)}")


def _own_zone(rate: Decimal) -> str:
    return f"{_TENANT_ZONE}_{_rate(rate).replace('/', '')}"


def _route_zone(route: Route) -> str:
    site = f"@{names.slug(route.site)}" if route.site else ""
    return f"kmtopo_route{site}{names.path(route.path)}"


def _rate(rate: Decimal) -> str:
    """Nginx counts whole requests, by second or by minute."""
    return f"{int(rate)}r/s" if rate == int(rate) else f"{_whole(60 * rate)}r/m"


def _whole(number: Decimal) -> int:
    # A rate by the minute or hour was divided: what is a millionth above a whole number is that number.
    return max(1, int(round(number, 6).to_integral_value(ROUND_CEILING)))
