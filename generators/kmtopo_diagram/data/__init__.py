"""The graph of an environment as plain data, for programs: every thing and every relation, with its facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kmtopo.plugin import Container, Cost, Edge, Graph, Network, Relation, Tenant, Vps

Facts = Mapping[str, Any]
"""Words, numbers (a measured one is a Decimal), truth values and lists of words, by name; what is not known is left out."""


def things(graph: Graph) -> Iterator[Facts]:
    """Every machine, network, container, zone and tenant, in this order and each by name; ``id`` is its node's address."""
    deployment = graph.deployment
    yield from (_known(_vps(one)) for one in deployment.vps.values())
    yield from (_known(_network(one)) for one in deployment.networks.values())
    yield from (_known(_container(one)) for one in deployment.containers.values())
    for zone in deployment.zones.values():
        yield _known({"id": f"zones.{zone.name}", "kind": "zone", "title": zone.title, "city": zone.city})
    yield from (_known(_tenant(one)) for one in deployment.tenants.values())


def relations(graph: Graph) -> Iterator[Facts]:
    """Every relation between two of them, ``from`` the address in the topology that says so."""
    for edge in graph.edges:
        yield _known(_edge(edge, graph))
    for container in graph.deployment.containers.values():
        for one in container.publications:
            yield {
                "relation": "Publishes",
                "source": f"containers.{container.name}",
                "target": f"vps.{container.vps}",
                "from": str(one.origin),
                "host_ip": one.host_ip,
                "host_port": one.host_port,
                "container_port": one.container_port,
                "transport": one.transport,
            }
    for tenant in graph.deployment.tenants.values():
        if tenant.zone:
            place = {"source": f"tenants.{tenant.name}", "target": f"zones.{tenant.zone}"}
            yield {"relation": "LocatedIn", **place, "from": str(tenant.address)}


def _known(facts: Facts) -> Facts:
    return {key: value for key, value in facts.items() if value is not None and value != []}


def _vps(vps: Vps) -> Facts:
    return {
        "id": f"vps.{vps.name}",
        "kind": "vps",
        "title": vps.title,
        "provider": vps.provider,
        "os": vps.os,
        "engine": vps.engine,
        "address": vps.public_ip,
        "private_address": vps.private_ip,
        "location": vps.location,
        "cpu": vps.capacity.cpu,
        "memory_bytes": vps.capacity.memory,
        "disk_bytes": vps.capacity.disk,
        **_cost(vps.cost),
    }


def _cost(cost: Cost | None) -> Facts:
    if cost is None:
        return {}
    return {"cost_low": cost.low, "cost_high": cost.high, "currency": cost.currency}


def _network(network: Network) -> Facts:
    return {
        "id": f"networks.{network.name}",
        "kind": "network",
        "title": network.title,
        "purpose": network.purpose,
        "internal": network.internal,
        "subnet": network.subnet,
        "encrypted": network.encrypted,
        "tenant": network.tenant,
    }


def _container(container: Container) -> Facts:
    return {
        "id": f"containers.{container.name}",
        "kind": "external" if container.is_external else "container",
        "title": container.title,
        "purpose": container.purpose,
        "type": container.type,
        "role": container.role,
        "process": container.process,
        "once": container.once,
        "image": container.image,
        "host": container.host or None,
        "port": container.port.number if container.port else None,
        "protocol": container.port.protocol if container.port else None,
        "replicas": container.replicas,
        "cpu": container.cpu,
        "memory_bytes": container.memory,
        "volumes": [mount.volume for mount in container.mounts if mount.volume],
        "tenant": container.tenant,
    }


def _tenant(tenant: Tenant) -> Facts:
    return {
        "id": f"tenants.{tenant.name}",
        "kind": "tenant",
        "title": tenant.title,
        "branches": list(tenant.branches),
        "hosts": list(tenant.hosts),
        "placement": "dedicated" if tenant.dedicated else "pooled",
        "central": tenant.central,
        "reads_all": tenant.reads_all,
    }


def _edge(edge: Edge, graph: Graph) -> Facts:
    facts: dict[str, Any] = {
        "relation": edge.relation.value,
        "source": str(edge.source),
        "target": str(edge.target),
        "from": str(edge.origin),
    }
    if edge.relation in (Relation.CONNECTS_TO, Relation.ROUTES_TO):
        port = graph.deployment.containers[edge.target.name].port
        facts |= {"network": edge.network, "optional": edge.optional}
        facts |= {"port": port.number, "protocol": port.protocol} if port else {}
    return facts
