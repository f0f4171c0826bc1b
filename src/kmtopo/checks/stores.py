"""Rules about data stores: who comes in as whom, and where they keep what they keep."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.graph.graph import Graph
from kmtopo.resolve.deployment import Container
from kmtopo.types.catalogue import catalogue
from kmtopo.types.stores import DataStore


def shared_administrator(graph: Graph) -> Iterator[Diagnostic]:
    """Who has the administrator's password of a store is bound by no right that anybody was given in it."""
    kept = graph.deployment.data_stores.values()
    # A secret that another user would have too is a collision, and told as one.
    users = {login.secret for store in kept for login in store.logins()}
    stores = {store.administrator.secret: store for store in kept if store.administrator.secret not in users}
    told: set[tuple[str, str]] = set()
    # A family's own container first: those that descend from it have what it says.
    for container in sorted(graph.deployment.containers.values(), key=lambda c: (c.name != c.family, c.name)):
        for secret in sorted(stores.keys() & container.secrets):
            store = stores[secret]
            is_told = store.container == container.name or (container.family, secret) in told
            if not is_told and secret in _said(container):
                told.add((container.family, secret))
                yield _shared(container, store)


def data_elsewhere(graph: Graph) -> Iterator[Diagnostic]:
    """A store writes to the folder that its image's version has; a volume at another place stays empty."""
    types = catalogue()
    for container in graph.deployment.containers.values():
        path_of = types[container.type].volume_path if container.type in types else None
        declared = [mount for mount in container.mounts if mount.volume is not None and mount.origin is not None]
        if path_of is None or not declared or container.absent & {"image", "volumes"} or _chooses_folder(container):
            continue
        path = path_of(container.image)
        if all(mount.path != path for mount in declared):
            also = [Label(address=container.address / "image", text="image")]
            yield diagnose(
                "KM531", declared[0].origin, also=also, name=container.name, right=path, path=declared[0].path
            )


def _chooses_folder(container: Container) -> bool:
    """Whether the file says itself where the data lie."""
    return container.command is not None or any(v.name == "PGDATA" and v.origin for v in container.variables)


def _said(container: Container) -> set[str]:
    """The secrets that the file gives a container; what a type gives it is the type's own matter."""
    typed = {name for variable in container.variables if variable.origin is None for name in variable.secrets}
    return set(container.secrets) - typed - set(container.runtime.secrets)


def _shared(container: Container, store: DataStore) -> Diagnostic:
    secret = store.administrator.secret
    said = next((v.origin for v in container.variables if v.origin and secret in v.secrets), None)
    account = store.account(container.family)
    return diagnose(
        "KM545",
        said or container.address / "secrets",
        help="" if account else "stranger",
        name=container.name,
        store=store.container,
        user=account.login.name if account else "",
        secret=account.login.secret if account else "",
    )
