"""Upstreams: the containers behind the proxy, and how patiently it talks to them."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Neighbour, Route
from kmtopo_nginx import names
from kmtopo_nginx.copies import chosen_by_tenant
from kmtopo_nginx.directives import Comment, Node, block, directive, origin
from kmtopo_nginx.front import Front, is_fastcgi


def upstreams(front: Front) -> Iterator[Node]:
    """Yields one group for each container that routes lead to; Nginx starts without it and finds it later."""
    distant = _distant(front)
    for route in front.callees():
        callee = front.deployment.containers.get(route.to)
        name = names.slug(route.to)
        yield origin(callee.address if callee else route.origin)
        yield block("upstream", name, holds=_upstream(name, route, distant.get(route.to)))


def dedicated(front: Front) -> Iterator[Node]:
    """Yields ``dedicated.conf``: which copy answers to which tenant, and a group for each copy."""
    distant = _distant(front)
    yield from chosen_by_tenant(front.deployment, front.copies)
    for copy in sorted((copy for own in front.copies.values() for copy in own), key=lambda c: (c.tenant, c.route.to)):
        name = names.slug(copy.route.to)
        yield origin(copy.address)
        yield block("upstream", name, holds=_upstream(name, copy.route, distant.get(copy.route.to)))


def _distant(front: Front) -> dict[str, Neighbour]:
    """The containers on other machines."""
    return {neighbour.name: neighbour for neighbour in front.container.neighbours}


def to_http(front: Front) -> Iterator[Node]:
    """Yields what holds for every HTTP application."""
    if any(route.websocket for route in front.routes):
        yield Comment("WebSocket is the one protocol that a client may switch to.")
        yield _if_websocket("$kmtopo_upgrade", "websocket")
        yield _if_websocket("$kmtopo_connection", "upgrade")
    yield Comment("HTTP applications")
    yield directive("include", "proxy_headers")
    yield directive("proxy_set_header", "Connection", "")
    yield directive("proxy_http_version", "1.1")
    yield directive("proxy_buffer_size", "16k")
    yield directive("proxy_buffers", "8", "16k")
    yield directive("proxy_busy_buffers_size", "32k")
    yield from _both("proxy")


def to_php() -> Iterator[Node]:
    """Yields what holds for every PHP application."""
    yield Comment("PHP applications; no fastcgi_keep_conn: a kept connection holds a PHP process that others wait for")
    yield directive("include", "fastcgi_params")
    yield directive("fastcgi_buffer_size", "32k")
    yield directive("fastcgi_buffers", "16", "16k")
    yield directive("fastcgi_busy_buffers_size", "64k")
    yield from _both("fastcgi")


def _both(module: str) -> Iterator[Node]:
    yield directive(f"{module}_hide_header", "X-Powered-By")
    yield directive(f"{module}_connect_timeout", "5s")
    yield directive(f"{module}_read_timeout", "60s")
    yield directive(f"{module}_send_timeout", "60s")
    # Nginx's only writable place is memory: a slow client gets its answer from the application, not from a file.
    yield directive(f"{module}_max_temp_file_size", "0")


def _upstream(name: str, route: Route, distant: Neighbour | None) -> Iterator[Node]:
    yield directive("zone", name, "64k")
    if distant is None:
        yield directive("server", f"{name}:{route.port.number}", "resolve", "max_fails=3", "fail_timeout=10s")
    else:
        # On another machine, which Docker's resolver knows nothing of.
        address = f"{distant.ip}:{distant.port or route.port.number}"
        yield directive("server", address, "max_fails=3", "fail_timeout=10s")
    if not is_fastcgi(route):
        yield directive("keepalive", "32")


def _if_websocket(target: str, value: str) -> Node:
    return block("map", "$http_upgrade", target, holds=[directive("default", ""), directive("websocket", value)])
