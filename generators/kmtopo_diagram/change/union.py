"""Both sides of a change in one graph: what is there now, and what is there no longer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from kmtopo.plugin import Edge, Graph

T = TypeVar("T")


def united(before: Graph, after: Graph) -> Graph:
    """Returns the graph after the change, with everything that it took away still in it."""
    old, new = before.deployment, after.deployment
    owners = {container.tenant for container in old.containers.values()}
    deployment = replace(
        new,
        tenants=_both({name: tenant for name, tenant in old.tenants.items() if name in owners}, new.tenants),
        vps=_both(old.vps, new.vps),
        networks=_both(old.networks, new.networks),
        containers=_both(old.containers, new.containers),
        volumes=_both(old.volumes, new.volumes),
    )
    on = {name: frozenset(container.networks) for name, container in deployment.containers.items()}
    members = {
        name: tuple(
            member
            for member in sorted({*before.members.get(name, ()), *after.members.get(name, ())})
            if name in on[member]
        )
        for name in deployment.networks
    }
    return replace(after, deployment=deployment, wiring=(*after.wiring, *_lost(before, after)), members=members)


def _lost(before: Graph, after: Graph) -> Iterator[Edge]:
    """The relations that are no longer said."""
    said = {(edge.relation, edge.source, edge.target) for edge in after.wiring}
    yield from (edge for edge in before.wiring if (edge.relation, edge.source, edge.target) not in said)


def _both(old: Mapping[str, T], new: Mapping[str, T]) -> dict[str, T]:
    return dict(sorted({**old, **new}.items()))


def without_anything(graph: Graph) -> Graph:
    """Returns the same environment before anything ran in it."""
    deployment = replace(
        graph.deployment, vps={}, networks={}, containers={}, volumes={}, zones={}, tenants={}, hosts=(), data_stores={}
    )
    return replace(graph, deployment=deployment, wiring=(), members={})
