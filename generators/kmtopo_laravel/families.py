"""Families: the processes of one application on one machine, which share a folder and what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from kmtopo.plugin import Account, Container, DataStore, Deployment, Network, Vps, frozen


@frozen
class Family:
    """Some containers of one image; ``members`` begin with the one that the others descend from, where it is here.

    ``proxies`` route to one of them.
    """

    deployment: Deployment
    folder: PurePosixPath
    members: tuple[Container, ...]
    proxies: tuple[Container, ...]

    @property
    def first(self) -> Container:
        """The container that speaks for all."""
        return self.members[0]

    @property
    def serves_all(self) -> bool:
        """Whether it serves every tenant that has no application of its own."""
        return self.deployment.tenancy is not None and self.first.tenant is None

    def stores(self) -> tuple[DataStore, ...]:
        """The data stores that it calls and that can be provisioned, sorted by name."""
        called = {call.to for member in self.members for call in member.calls}
        return tuple(store for name, store in self.deployment.data_stores.items() if name in called)

    def account(self, store: DataStore) -> Account | None:
        """How it gets at a data store."""
        return store.account(self.first.family)

    def setting(self, name: str) -> str | None:
        """The value of an environment variable that its processes have, None where none does or a secret is in it."""
        found = (v.literal for member in self.members for v in member.variables if v.name == name)
        return next((value for value in found if value is not None), None)

    def edges(self) -> tuple[Network, ...]:
        """The networks that a proxy reaches it over."""
        joined = {network for member in self.members for network in member.networks}
        shared = joined.intersection(a.network for proxy in self.proxies for a in proxy.attachments)
        return tuple(self.deployment.networks[name] for name in sorted(shared))

    def distant(self) -> tuple[Vps, ...]:
        """The other machines that a proxy reaches it from: a request carries their private address."""
        machines = {proxy.vps for proxy in self.proxies} - {self.first.vps}
        return tuple(self.deployment.vps[name] for name in sorted(machines))


def families(deployment: Deployment) -> tuple[Family, ...]:
    """Gathers the applications of a deployment by the folder that each machine keeps for them."""
    found: dict[PurePosixPath, list[Container]] = {}
    for container in sorted(deployment.containers.values(), key=lambda c: (c.name != c.family, c.name)):
        if container.type == "laravel":
            for folder in container.runtime.folders:
                found.setdefault(PurePosixPath(container.vps, folder.name), []).append(container)
    routed = _routed(deployment)
    return tuple(_family(deployment, folder, members, routed) for folder, members in sorted(found.items()))


def _family(
    deployment: Deployment, folder: PurePosixPath, members: list[Container], routed: Mapping[str, dict[str, Container]]
) -> Family:
    proxies = {name: proxy for member in members for name, proxy in routed.get(member.name, {}).items()}
    return Family(deployment, folder, tuple(members), tuple(proxies[name] for name in sorted(proxies)))


def _routed(deployment: Deployment) -> dict[str, dict[str, Container]]:
    """The proxies that route to each container; worked out once, since dedicated tenants have a family each."""
    routed: dict[str, dict[str, Container]] = {}
    for proxy in deployment.containers.values():
        for route in proxy.routes:
            routed.setdefault(route.to, {})[proxy.name] = proxy
    return routed
