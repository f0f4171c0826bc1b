"""Locations: which path leads to which container, once for all hosts that share the rules."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Route
from kmtopo_nginx import limits, names
from kmtopo_nginx.directives import Directive, Node, block, directive, origin
from kmtopo_nginx.front import Front, is_fastcgi
from kmtopo_nginx.owners import Policy, routes_of

_DOCUMENT_ROOT = "/var/www/html"
_WEBSOCKET_SECONDS = 3600


def locations(front: Front, policy: Policy) -> Iterator[Node]:
    """Yields the locations of the hosts under one policy, the longest path first: Nginx takes the first that fits."""
    routes = routes_of(front.routes, policy.site)
    if front.is_strict:
        yield origin(front.container.address)
        yield block("location", "~", r"/\.(?!well-known(?:/|$))", holds=[directive("return", "404")])
    for route in routes:
        yield origin(route.origin)
        yield block("location", *_matches(route), holds=_holds(front, policy, route))
    if not any(route.path == "/" for route in routes):
        yield origin(front.container.address)
        yield block("location", "/", holds=[directive("return", "404")])


def _matches(route: Route) -> tuple[str, ...]:
    """Matches whole segments: ``/api`` is not the beginning of ``/apix``."""
    return ("/",) if route.path == "/" else ("~", f"^{_pattern(route)}(?:/|$)")


def _pattern(route: Route) -> str:
    return names.path(route.path).replace(".", r"\.")


def _holds(front: Front, policy: Policy, route: Route) -> Iterator[Node]:
    if route.body is not None and not policy.drops_bodies:
        yield limits.body(route.body)
    if not policy.drops_rates:
        yield from limits.of_route(front, route)
    if route.strip and route.path != "/":
        yield directive("set", "$kmtopo_prefix", route.path)
        yield directive("rewrite", f"^{_pattern(route)}/?(.*)$", "/$1", "break")
    yield from _to_php(front, route) if is_fastcgi(route) else _to_http(front, route)


def _to_php(front: Front, route: Route) -> Iterator[Directive]:
    callee = front.deployment.containers.get(route.to)
    yield from _patience("fastcgi", route.timeout)
    yield directive("root", names.file((callee and callee.runtime.document_root) or _DOCUMENT_ROOT))
    yield directive("fastcgi_pass", front.target(route))


def _to_http(front: Front, route: Route) -> Iterator[Directive]:
    yield from _patience("proxy", route.timeout or (_WEBSOCKET_SECONDS if route.websocket else None))
    if route.websocket:
        yield directive("include", "proxy_headers")
        yield directive("proxy_set_header", "Upgrade", "$kmtopo_upgrade")
        yield directive("proxy_set_header", "Connection", "$kmtopo_connection")
    yield directive("proxy_pass", f"http://{front.target(route)}")


def _patience(module: str, seconds: int | None) -> Iterator[Directive]:
    if seconds is not None:
        yield directive(f"{module}_read_timeout", f"{seconds}s")
        yield directive(f"{module}_send_timeout", f"{seconds}s")
