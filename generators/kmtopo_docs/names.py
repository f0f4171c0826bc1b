"""What things are called in documents."""

from __future__ import annotations

from collections import Counter

from kmtopo.plugin import Container, Deployment, Port
from kmtopo_docs.words import Words

INTERNET = "internet"


def container_titles(deployment: Deployment) -> dict[str, str]:
    """What each container is called, by name: a copy says whose it is, and namesakes say their names."""
    containers = deployment.containers.values()
    shared = Counter((c.title, c.tenant) for c in containers)
    titles = {c.name: c.title if shared[c.title, c.tenant] == 1 else f"{c.title} {c.original}" for c in containers}
    return {INTERNET: "Internet", **{c.name: _whose(deployment, titles[c.name], c.tenant) for c in containers}}


def network_titles(deployment: Deployment) -> dict[str, str]:
    """What each network is called, by name."""
    return {name: _whose(deployment, each.title, each.tenant) for name, each in deployment.networks.items()}


def _whose(deployment: Deployment, title: str, tenant: str | None) -> str:
    owner = deployment.tenants.get(tenant or "")
    return f"{title} ({owner.title})" if owner else title


def port_name(port: Port | None) -> str:
    """``9000/fastcgi``, as the topology says it; UDP is named, since it is the exception."""
    if port is None:
        return ""
    return f"{port.number}/{port.protocol}" if port.transport == "tcp" else f"{port.number}/{port.transport}"


def published(container: Container) -> str:
    """Which ports of the machine lead in: ``203.0.113.10:443 → 443``."""
    shown = (
        f"{_host(p.host_ip)}:{p.host_port} → {p.container_port}" + ("" if p.transport == "tcp" else f"/{p.transport}")
        for p in container.publications
    )
    return ", ".join(shown)


def _host(ip: str) -> str:
    return f"[{ip}]" if ":" in ip else ip


def counts(deployment: Deployment, words: Words) -> str:
    """What there is: ``9 contenedores, 3 redes y 7 tenencias``."""
    ours = sum(not container.is_external for container in deployment.containers.values())
    parts = [words.containers.counted(ours), words.networks_of.counted(len(deployment.networks))]
    if deployment.tenants:
        parts.append(words.tenants_of.counted(len(deployment.tenants)))
    return words.listed(parts)
