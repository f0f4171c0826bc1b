"""What is spoken at a port, as people write it."""

from __future__ import annotations

from kmtopo.plugin import Container

_PROTOCOLS = {
    "amqp": "AMQP",
    "fastcgi": "FastCGI",
    "grpc": "gRPC",
    "http": "HTTP",
    "https": "HTTPS",
    "mongodb": "MongoDB",
    "mysql": "SQL",
    "postgresql": "SQL",
    "redis": "Redis",
    "smtp": "SMTP",
    "tcp": "TCP",
    "udp": "UDP",
    "ws": "WebSocket",
}


def protocol(container: Container) -> str:
    """Names what is spoken at the container's port, "" where it listens on none."""
    return "" if container.port is None else _PROTOCOLS.get(container.port.protocol, container.port.protocol)
