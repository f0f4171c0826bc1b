"""Slots: the secrets that an environment needs, each a name that a value is kept under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kmtopo.addresses import Address
from kmtopo.resolve.deployment import Container, Deployment
from kmtopo.types.naming import certificate
from kmtopo.types.runtime import Secret, SecretContent
from kmtopo.values import frozen

_PARTNERS: dict[SecretContent, tuple[str, str]] = {
    "app-key": ("app_key", "app_previous_keys"),
    "app-keys": ("app_previous_keys", "app_key"),
    "certificate": ("tls_certificate", "tls_key"),
    "key": ("tls_key", "tls_certificate"),
}


@frozen
class Slot:
    """A secret by its name, relative to the environment's folder: ``mail_password``, ``tenants/km-motos_postgres_password``.

    ``content`` is what it has to be. ``users`` are the containers that get it, sorted; ``address`` is where the
    topology declares who needs it, ``tenant`` whose it is where it belongs to one company.
    """

    name: str
    content: SecretContent
    users: tuple[str, ...]
    address: Address
    tenant: str | None = None

    @property
    def variable(self) -> str:
        """The environment variable that carries the value to where it is kept as a file."""
        return variable_of(self.name)

    @property
    def partner(self) -> str | None:
        """The slot that goes with it: a certificate and its key, an application's key and its former ones."""
        own, other = _PARTNERS.get(self.content, ("", ""))
        return f"{self.name.removesuffix(own)}{other}" if own and self.name.endswith(own) else None

    @property
    def is_ours(self) -> bool:
        """Whether any good value will do, so that kmtopo can make one."""
        return self.content != "free"

    @property
    def may_be_empty(self) -> bool:
        """Whether nothing is a value, too."""
        return self.content == "app-keys"


def slots(deployment: Deployment) -> tuple[Slot, ...]:
    """Lists every secret that a container of an environment gets, each once, sorted by name."""
    contents = _contents(deployment)
    users = _users(deployment)
    owners = _owners(deployment, users)
    return tuple(
        Slot(
            name=name,
            content=contents.get(name, "free"),
            users=tuple(sorted({container.name for container in users[name]})),
            address=owners[name][0],
            tenant=owners[name][1],
        )
        for name in sorted(users)
    )


def slot_names(deployment: Deployment) -> tuple[str, ...]:
    """Lists the names of all slots, sorted, without asking more of each: tenants may have thousands."""
    return tuple(sorted(_users(deployment)))


def secret_folders(deployment: Deployment) -> tuple[str, ...]:
    """Lists the folders of secrets that containers mount whole, sorted; each has to be there, even an empty one."""
    return tuple(sorted({name for c in _running(deployment) for name in c.runtime.secret_folders}))


def variable_of(name: str) -> str:
    """Names the environment variable of a slot: ``KMTOPO_SECRET_MAIL_PASSWORD``; no two slots share one."""
    return f"KMTOPO_SECRET_{name.replace('/', '__').upper()}"


def _running(deployment: Deployment) -> Iterator[Container]:
    # Whom a slot is said to be of comes first: a family's own container before those that descend from it, and
    # whoever logs in before the store that lets it in.
    order = sorted(deployment.containers.values(), key=lambda c: (c.is_store, c.name != c.family, c.name))
    return (container for container in order if container.role != "external")


def _contents(deployment: Deployment) -> dict[str, SecretContent]:
    """What each slot holds that a type made; the others are the file's, and known to their owner alone."""
    known: dict[str, SecretContent] = {}
    for store in deployment.data_stores.values():
        known.update(dict.fromkeys(store.secrets(), "password"))
    for container in _running(deployment):
        known.update(dict.fromkeys(container.runtime.secrets, "password"))
        for variable in container.variables:
            if variable.origin is None:
                known.update({part.name: part.content for part in variable.parts if isinstance(part, Secret)})
        own, key = certificate(container.name)
        if {own, key} <= set(container.runtime.secrets):
            known |= {own: "certificate", key: "key"}
    return known


def _users(deployment: Deployment) -> dict[str, list[Container]]:
    users: dict[str, list[Container]] = {}
    mounted: dict[str, list[Container]] = {}
    for container in _running(deployment):
        for name in container.secrets:
            users.setdefault(name, []).append(container)
        for folder in container.runtime.secret_folders:
            mounted.setdefault(folder, []).append(container)
    for store in deployment.data_stores.values():
        for name in store.secrets():
            for container in mounted.get(name.rpartition("/")[0], ()):
                users.setdefault(name, []).append(container)
    return users


def _owners(deployment: Deployment, users: Mapping[str, Iterable[Container]]) -> dict[str, tuple[Address, str | None]]:
    """Where the topology declares the need for each slot, and the tenant whose it is alone."""
    owners: dict[str, tuple[Address, str | None]] = {}
    for store in deployment.data_stores.values():
        owners[store.administrator.secret] = (store.address, None)
        for space in store.spaces:
            # What no container gets by name lies in a folder that is mounted whole, a file for each tenant.
            own = (login.secret for login in space.logins if "/" in login.secret)
            owners.update(dict.fromkeys(own, (space.address, space.tenant)))
    for name, containers in users.items():
        first, *_ = containers
        tenants = {container.tenant for container in containers if not container.is_store}
        owners.setdefault(name, (first.address, tenants.pop() if len(tenants) == 1 else None))
    return owners
