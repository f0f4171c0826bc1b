"""Translation validation: the built files are read back by readers of their own formats and held equal to the graph.

Nothing here is shared with what wrote the files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from kmtopo.diagnostics import Term
from kmtopo.resolve.deployment import Deployment
from kmtopo.verify.claims import (
    connections,
    mounts,
    networks,
    ports,
    rights_in_mongo,
    rights_in_redis,
    rights_in_sql,
    routes,
    secrets,
    services,
    stores,
    tenants,
    variables,
)
from kmtopo.verify.facts import Finding, Subject
from kmtopo.verify.ground import Unreadable, compose_program, composed, laid_out
from kmtopo.verify.readers.compose_file import read_stack
from kmtopo.verify.rebuilt import Rebuilt, Stack
from kmtopo.verify.telling import told

__all__ = ["Finding", "compose_program", "told", "verify"]

_CLAIMS = (
    services.services,
    services.settings,
    services.waiting,
    networks.networks,
    networks.members,
    networks.segments,
    networks.neighbours,
    ports.ports,
    mounts.mounts,
    mounts.volumes,
    secrets.mounted,
    secrets.kept,
    secrets.read,
    variables.variables,
    connections.connections,
    stores.present,
    rights_in_sql.spaces,
    rights_in_sql.logins,
    rights_in_sql.overseers,
    rights_in_sql.groups,
    rights_in_redis.keys,
    rights_in_redis.commands,
    rights_in_mongo.roles,
    rights_in_mongo.logins,
    tenants.in_the_application,
)
_CLAIMS_ABOUT_PROXIES = (routes.routes, routes.hosts, routes.upstreams, routes.listening, tenants.at_the_proxy)


def verify(files: Mapping[str, str], deployment: Deployment, program: tuple[str, ...] | None) -> Iterator[Finding]:
    """Yields every difference between the built files of an environment and its deployment.

    Args:
        files: texts by path, relative to the environment's folder.
        deployment: what the files were made from.
        program: how Compose is called; None reads Compose files as plain YAML.

    Raises:
        ImportError: crossplane or python-dotenv is not installed.
    """
    import crossplane  # noqa: F401 - what is missing is told before anything is read
    import dotenv  # noqa: F401

    machines = _machines(files)
    read = {path: text for path, text in files.items() if PurePosixPath(path).parts[0] in machines}
    with laid_out(read) as folder:
        try:
            rebuilt = Rebuilt({vps: _stack(vps, read, folder, program) for vps in machines}, read)
            proxies = routes.Proxies(rebuilt, deployment, folder)
        except Unreadable as error:
            yield _unreadable(error)
            return
        for claim in _CLAIMS:
            yield from _held(claim, rebuilt, deployment)
        for about_proxies in _CLAIMS_ABOUT_PROXIES:
            yield from _held(about_proxies, proxies)


def _machines(files: Mapping[str, str]) -> list[str]:
    paths = (PurePosixPath(path) for path in files)
    return sorted(str(path.parent) for path in paths if path.name == "compose.yaml" and len(path.parts) == 2)


def _stack(machine: str, files: Mapping[str, str], folder: Path, program: tuple[str, ...] | None) -> Stack:
    # What is no YAML is told by the line that our own reader stumbles over.
    plain = read_stack(machine, files, None)
    return plain if program is None else read_stack(machine, files, composed(program, folder, machine))


def _held(claim: Callable[..., Iterator[Finding]], *given: object) -> Iterator[Finding]:
    try:
        yield from claim(*given)
    except Unreadable as error:
        yield _unreadable(error)


def _unreadable(error: Unreadable) -> Finding:
    return Finding(Subject("KM750", Term("file"), ""), error.place, built=error.reason)
