"""Dedicated tenants: one of them is drawn for all, since what they have to themselves differs in names alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kmtopo.plugin import Container, Deployment, Graph, Network
from kmtopo_diagram.subject.words import Noun, Words


def folded(graph: Graph, words: Words) -> Graph:
    """Returns a graph with the copies of one dedicated tenant only, named after it, or after how many there are."""
    deployment = graph.deployment
    dedicated = _dedicated(deployment)
    if not dedicated:
        return graph
    shown, label = dedicated[0], _label(dedicated, deployment, words.tenant)
    owners = _label(dedicated, deployment, words.dedicated)
    networks = {
        n.name: _network(n, owners, len(dedicated)) for n in deployment.networks.values() if n.tenant in (None, shown)
    }
    own = [c for c in deployment.containers.values() if c.tenant in (None, shown)]
    limits = _limits(deployment)
    containers = {c.name: _container(c, label, networks, limits) for c in own}
    return Graph(
        replace(deployment, containers=containers, networks=networks),
        tuple(e for e in graph.wiring if {e.source.name, e.target.name} <= containers.keys()),
        {name: tuple(m for m in graph.members[name] if m in containers) for name in networks},
    )


def said_of_folding(deployment: Deployment, words: Words) -> str:
    """Says that one of several is shown, "" where nothing is left out."""
    count = len(_dedicated(deployment))
    return words.says_folded.format(owners=words.dedicated.counted(count)) if count > 1 else ""


def _dedicated(deployment: Deployment) -> list[str]:
    return sorted({c.tenant for c in deployment.containers.values() if c.tenant})


def _label(dedicated: list[str], deployment: Deployment, tenants: Noun) -> str:
    one = deployment.tenants[dedicated[0]].title
    return one if len(dedicated) == 1 else tenants.counted(len(dedicated))


def _network(network: Network, label: str, count: int) -> Network:
    if network.tenant is None:
        return network
    # The addresses of one network say nothing of the others'.
    return replace(network, title=f"{network.title} · {label}", subnet=network.subnet if count == 1 else "")


def _limits(deployment: Deployment) -> Mapping[str, bool]:
    """Whether all copies of a container have the same limits, by original."""
    found: dict[str, set[tuple[object, object]]] = {}
    for container in deployment.containers.values():
        if container.tenant:
            found.setdefault(container.original, set()).add((container.cpu, container.memory))
    return {name: len(limits) == 1 for name, limits in found.items()}


def _container(
    container: Container, label: str, networks: Mapping[str, Network], limits: Mapping[str, bool]
) -> Container:
    shared = replace(container, attachments=tuple(a for a in container.attachments if a.network in networks))
    if container.tenant is None:
        return shared
    alike = limits[container.original]
    return replace(shared, kind=label, cpu=container.cpu if alike else None, memory=container.memory if alike else None)
