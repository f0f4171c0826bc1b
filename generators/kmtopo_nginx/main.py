"""``nginx.conf``: everything that does not depend on who the tenants are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_CEILING

from kmtopo_nginx import forwarding, limits, tls
from kmtopo_nginx.directives import Comment, Node, block, directive, origin
from kmtopo_nginx.front import TLS_PORT, Front
from kmtopo_nginx.sizes import hash_bucket, hash_table
from kmtopo_nginx.upstreams import to_http, to_php, upstreams

_DEFAULT_BODY = 1024**2
_HEALTH_URL = re.compile(r"http://(?P<listener>127\.0\.0\.1:\d+)(?P<path>/[\w/-]*)").search
_COMPRESSED = (
    "application/javascript",
    "application/json",
    "application/manifest+json",
    "application/wasm",
    "application/xml",
    "image/svg+xml",
    "text/css",
    "text/plain",
)
_LOGGED = (
    '"time":"$time_iso8601"',
    '"request_id":"$request_id"',
    '"tenant":"$kmtopo_tenant"',
    '"host":"$host"',
    '"client":"$remote_addr"',
    '"method":"$request_method"',
    '"uri":"$request_uri"',
    '"protocol":"$server_protocol"',
    '"status":$status',
    '"bytes":$body_bytes_sent',
    '"seconds":$request_time',
    '"upstream":"$upstream_addr"',
    '"upstream_status":"$upstream_status"',
    '"upstream_seconds":"$upstream_response_time"',
    '"referer":"$http_referer"',
    '"agent":"$http_user_agent"',
)


def main(front: Front) -> Iterator[Node]:
    """Yields the whole of ``nginx.conf``."""
    here = origin(front.container.address)
    yield here
    yield directive("user", "nginx")
    yield directive("worker_processes", _workers(front))
    yield directive("worker_rlimit_nofile", "16384")
    yield directive("pid", "/run/nginx.pid")
    yield directive("error_log", "/dev/stderr", "warn")
    if front.uses_acme:
        yield origin(front.deployment.tls.origin)
        yield directive("load_module", tls.ACME_MODULE)
        yield here
    yield block("events", holds=[directive("worker_connections", "4096")])
    yield block("http", holds=_http(front))


def _workers(front: Front) -> str:
    """As many as the CPUs that the container may use: ``auto`` would count the machine's."""
    cpu = front.container.cpu
    return str(max(1, int(cpu.to_integral_value(ROUND_CEILING)))) if cpu else "auto"


def _http(front: Front) -> Iterator[Node]:
    yield from _basics()
    yield from _hashes(front)
    yield from _resolver()
    yield from _log()
    yield _tenants(front)
    yield from forwarding.trust(front)
    yield from limits.everywhere(front)
    yield from _compression()
    yield from _security(front)
    yield from forwarding.prefixes(front)
    if front.speaks_http:
        yield from to_http(front)
    if front.speaks_fastcgi:
        yield from to_php()
    yield from upstreams(front)
    if front.copies:
        yield origin(front.container.address)
        yield Comment("Dedicated tenants have containers of their own.")
        yield directive("include", "dedicated.conf")
    yield from tls.everywhere(front)
    yield from _servers(front)


def _basics() -> Iterator[Node]:
    yield directive("default_type", "application/octet-stream")
    yield directive("server_tokens", "off")
    yield directive("sendfile", "on")
    yield directive("tcp_nopush", "on")
    yield directive("keepalive_timeout", "65s")
    yield directive("keepalive_requests", "1000")
    yield directive("client_header_timeout", "15s")
    yield directive("client_body_timeout", "30s")
    yield directive("send_timeout", "30s")
    yield directive("reset_timedout_connection", "on")
    yield limits.body(_DEFAULT_BODY)


def _hashes(front: Front) -> Iterator[Node]:
    hosts = [host for owner in front.owners for host in owner.hosts]
    table, bucket = str(hash_table(len(hosts))), str(hash_bucket(hosts))
    for kind in ("server_names", "map"):
        yield directive(f"{kind}_hash_max_size", table)
        yield directive(f"{kind}_hash_bucket_size", bucket)


def _resolver() -> Iterator[Node]:
    yield Comment("Docker's own DNS: a container that comes back at another address is found again.")
    yield directive("resolver", "127.0.0.11", "valid=10s", "ipv6=off")
    yield directive("resolver_timeout", "3s")


def _log() -> Iterator[Node]:
    yield Comment("One JSON object a request, to the container's own log")
    yield directive("log_format", "kmtopo", "escape=json", f"{{{','.join(_LOGGED)}}}")
    yield directive("access_log", "/dev/stdout", "kmtopo")


def _tenants(front: Front) -> Node:
    named = any(owner.tenant for owner in front.owners)
    rows = (directive("hostnames"), directive("default", ""), directive("include", "tenants.map"))
    return block("map", "$host", "$kmtopo_tenant", holds=rows if named else rows[1:2])


def _compression() -> Iterator[Node]:
    yield Comment("Compression")
    yield directive("gzip", "on")
    yield directive("gzip_vary", "on")
    yield directive("gzip_proxied", "any")
    yield directive("gzip_min_length", "1024")
    yield directive("gzip_types", *_COMPRESSED)


def _security(front: Front) -> Iterator[Node]:
    yield Comment("What every answer says to the browser")
    yield from tls.strict_transport(front)
    yield directive("add_header", "X-Content-Type-Options", "nosniff", "always")
    yield directive("add_header", "X-Frame-Options", "SAMEORIGIN", "always")
    yield directive("add_header", "Referrer-Policy", "strict-origin-when-cross-origin", "always")


def _servers(front: Front) -> Iterator[Node]:
    yield origin(front.container.address)
    if front.owners:
        yield from _refusals(front)
    yield from _health(front)
    yield directive("include", "servers.conf")


def _refusals(front: Front) -> Iterator[Node]:
    yield Comment("Whoever asks for no host of ours gets no answer.")
    unnamed = directive("server_name", "_")
    plain = directive("listen", str(front.http_port), "default_server")
    yield block("server", holds=[plain, unnamed, directive("return", "444")])
    if front.ends_tls:
        misdirected = block("location", "/", holds=[directive("return", "421")])
        secure = directive("listen", str(TLS_PORT), "ssl", "default_server")
        reject = directive("ssl_reject_handshake", "on")
        yield block("server", holds=[secure, directive("http2", "on"), unnamed, reject, misdirected])


def _health(front: Front) -> Iterator[Node]:
    """Answers where the container's own health check asks."""
    check = front.container.runtime.healthcheck
    asked = _HEALTH_URL(" ".join(check.test)) if check else None
    if asked is None:
        return
    answer = (directive("default_type", "text/plain"), directive("return", "200", "ok\n"))
    yield block(
        "server",
        holds=[
            directive("listen", asked["listener"], "default_server"),
            directive("server_name", "_"),
            directive("access_log", "off"),
            block("location", "=", asked["path"], holds=answer),
            block("location", "/", holds=[directive("return", "404")]),
        ],
    )
