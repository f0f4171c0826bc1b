"""What a proxy tells the applications behind it: never what a client claims about itself."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import frozen
from kmtopo_nginx.directives import Comment, Node, block, directive, origin
from kmtopo_nginx.front import Front


@frozen
class _Facts:
    """Nginx's names for how the client reached us."""

    scheme: str
    https: str
    port: str
    prefix: str
    uri: str


def headers(front: Front) -> Iterator[Node]:
    """Yields ``proxy_headers``: what HTTP applications are told."""
    yield origin(front.container.address)
    for name, value in _told(front):
        yield directive("proxy_set_header", name, value)


def parameters(front: Front) -> Iterator[Node]:
    """Yields ``fastcgi_params``: what PHP is told. Its script is one file, whatever the path."""
    facts = _facts(front)
    yield origin(front.container.address)
    for name, value in (
        ("SCRIPT_FILENAME", "$document_root/index.php"),
        ("SCRIPT_NAME", "/index.php"),
        ("DOCUMENT_ROOT", "$document_root"),
        ("DOCUMENT_URI", "/index.php"),
        ("REQUEST_URI", facts.uri),
        ("QUERY_STRING", "$query_string"),
        ("REQUEST_METHOD", "$request_method"),
        ("CONTENT_TYPE", "$content_type"),
        ("CONTENT_LENGTH", "$content_length"),
        ("REQUEST_SCHEME", facts.scheme),
        ("GATEWAY_INTERFACE", "CGI/1.1"),
        ("SERVER_PROTOCOL", "$server_protocol"),
        ("SERVER_SOFTWARE", "nginx"),
        ("SERVER_NAME", "$host"),
        ("SERVER_ADDR", "$server_addr"),
        ("SERVER_PORT", facts.port),
        ("REMOTE_ADDR", "$remote_addr"),
        ("REMOTE_PORT", "$remote_port"),
        ("REDIRECT_STATUS", "200"),
    ):
        yield directive("fastcgi_param", name, value)
    yield directive("fastcgi_param", "HTTPS", facts.https, "if_not_empty")
    for name, value in _told(front):
        yield directive("fastcgi_param", f"HTTP_{name.upper().replace('-', '_')}", value)


def trust(front: Front) -> Iterator[Node]:
    """Yields whom to believe about the client, where somebody stands in front of this proxy."""
    if front.trusted is None:
        return
    yield origin(front.deployment.tls.origin)
    yield Comment("Only these may say who the client is and how it came.")
    for cidr in front.trusted:
        yield directive("set_real_ip_from", cidr)
    yield directive("real_ip_header", "X-Forwarded-For")
    yield directive("real_ip_recursive", "on")
    senders = (directive(cidr, "1") for cidr in front.trusted)
    yield block("geo", "$realip_remote_addr", "$kmtopo_trusted", holds=(directive("default", "0"), *senders))
    yield _map("$kmtopo_trusted:$http_x_forwarded_proto", "$kmtopo_scheme", "http", {"1:https": "https"})
    yield _map("$kmtopo_scheme", "$kmtopo_https", "", {"https": "on"})
    yield _map("$kmtopo_scheme", "$kmtopo_port", "80", {"https": "443"})


def prefixes(front: Front) -> Iterator[Node]:
    """Yields what a route with ``strip`` changes for the application."""
    if any(route.strip for route in front.routes):
        yield Comment("A route that cuts its prefix off sets it; the application hears of it.")
        yield _map("", "$kmtopo_prefix", "", {})
        yield _map("$kmtopo_prefix", "$kmtopo_uri", "$uri$is_args$args", {"": "$request_uri"})


def _told(front: Front) -> tuple[tuple[str, str], ...]:
    facts = _facts(front)
    return (
        ("Host", front.authority),
        ("X-Real-IP", "$remote_addr"),
        ("X-Forwarded-For", "$remote_addr"),
        ("X-Forwarded-Host", front.authority),
        ("X-Forwarded-Port", facts.port),
        ("X-Forwarded-Proto", facts.scheme),
        ("X-Forwarded-Prefix", facts.prefix),
        ("X-Request-Id", "$request_id"),
        ("X-Tenant", "$kmtopo_tenant"),
        ("Forwarded", ""),
        ("Proxy", ""),
    )


def _facts(front: Front) -> _Facts:
    strips = any(route.strip for route in front.routes)
    prefix, uri = ("$kmtopo_prefix", "$kmtopo_uri") if strips else ("", "$request_uri")
    if front.trusted is not None:
        return _Facts("$kmtopo_scheme", "$kmtopo_https", "$kmtopo_port", prefix, uri)
    return _Facts("$scheme", "$https", str(front.public_port), prefix, uri)


def _map(source: str, target: str, default: str, rows: dict[str, str]) -> Node:
    named = (directive(key, value) for key, value in rows.items())
    return block("map", source, target, holds=(directive("default", default), *named))
