"""What a rename leaves behind: data does not follow a name, and a rename that is done has nothing left to do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.resolve.deployment import Deployment
from kmtopo.resolve.moves import Moves
from kmtopo.types.naming import key_prefix

_SHOWN = 6


def leftovers(known: Moves, used: Collection[Address], deployments: Mapping[str, Deployment]) -> Iterator[Diagnostic]:
    """Reports the renames whose data lies under former names, and those that rename nothing any more."""
    for move in known.all:
        name = known.end(move)
        data = sorted({each for d in deployments.values() for each in _named_after(move.noun, name, d)})
        before, after = Address.of(move.noun, move.before), Address.of(move.noun, move.after)
        if data and name == move.after:
            shown = ", ".join(data[:_SHOWN]) + (" …" if len(data) > _SHOWN else "")
            yield diagnose("KM344", move.at, subject=after, before=before, after=after, data=shown)
        elif not data and move.at not in used:
            yield diagnose("KM343", move.at, subject=after, before=before)


def _named_after(noun: str, name: str, deployment: Deployment) -> Iterator[str]:
    """The volumes, databases, schemas and prefixes of an environment that an item's name is part of."""
    if noun == "environments" and deployment.environment.name == name:
        yield from (_volume(volume, deployment) for volume in deployment.volumes)
    elif noun == "tenants":
        yield from _of_tenant(name, deployment)
    elif noun == "containers":
        yield from _of_container(name, deployment)


def _of_tenant(name: str, deployment: Deployment) -> Iterator[str]:
    own = {c.name for c in deployment.containers.values() if c.tenant == name}
    volumes = (v for v in deployment.volumes.values() if v.mounted_by and own >= set(v.mounted_by))
    yield from (_volume(volume.name, deployment) for volume in volumes)
    yield from (
        space.name for store in deployment.data_stores.values() for space in store.spaces if space.tenant == name
    )


def _of_container(name: str, deployment: Deployment) -> Iterator[str]:
    names = {c.name for c in deployment.containers.values() if name in (c.name, c.original)}
    for volume in deployment.volumes.values():
        # One that the file names keeps its name; one that the container's type brings is called after the container.
        if any(volume.name.startswith(f"{each}-") for each in names & set(volume.mounted_by)):
            yield _volume(volume.name, deployment)
    project, environment = deployment.project.name, deployment.environment.name
    prefixes = {key_prefix(project, environment, each) for each in names}
    accounts = [account for store in deployment.data_stores.values() for _, account in store.accounts]
    yield from (account.space.name for account in accounts if account.space.name in prefixes)


def _volume(name: str, deployment: Deployment) -> str:
    """What Docker calls a volume."""
    return f"{deployment.compose_project}_{name}"
