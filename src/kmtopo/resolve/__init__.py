"""Topology x environment -> Deployment: inheritance, overlays, tenants and their copies, references, allocation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.model.topology import Topology
from kmtopo.resolve.allocation import allocate
from kmtopo.resolve.dedicated import dedicate
from kmtopo.resolve.deploy import deploy
from kmtopo.resolve.deployment import Deployment
from kmtopo.resolve.drafts import needs, plan, pool_of
from kmtopo.resolve.lock import Lock
from kmtopo.resolve.moved_data import leftovers
from kmtopo.resolve.moves import carried, moves
from kmtopo.resolve.stores import database_needs
from kmtopo.resolve.world import World, worlds
from kmtopo.types.catalogue import Catalogue
from kmtopo.values import frozen

__all__ = ["Resolution", "resolve"]

ROOT = "../../.."


@frozen
class Resolution:
    """The deployments by environment, the entries that they were made of, and the lock after allocation."""

    deployments: Mapping[str, Deployment]
    worlds: Mapping[str, World]
    lock: Lock


def resolve(
    topology: Topology,
    lock: Lock,
    catalogue: Catalogue,
    environments: Iterable[str] | None = None,
    root: str = ROOT,
) -> tuple[Resolution, list[Diagnostic]]:
    """Resolves environments, all of them unless some are named; returns them and what was found.

    Allocation always looks at all environments, so that building one alone gives it the same
    subnets and ports.
    """
    found: list[Diagnostic] = []
    built, problems = worlds(topology)
    found += problems
    if not topology.environments and not topology.is_absent("environments"):
        found.append(diagnose("KM318", Address()))
    built = {name: dedicate(world, topology, found) for name, world in built.items()}
    plans = {name: plan(topology, world, catalogue, found) for name, world in built.items()}
    wanted = replace(needs(plans), databases=database_needs(plans.values(), found))
    renames, is_lock_known = moves(topology, found), not lock.is_unread
    lock, used = carried(lock, wanted, renames, built)
    lock, problems = allocate(wanted, lock, pool_of(topology), Address.of("pool"))
    found += problems
    chosen = sorted(plans if environments is None else set(environments) & set(plans))
    deployments = {name: deploy(topology, plans[name], lock, root, found) for name in chosen}
    if is_lock_known and not topology.absent:
        found += leftovers(renames, used, deployments)
    return Resolution(deployments, built, lock), found
