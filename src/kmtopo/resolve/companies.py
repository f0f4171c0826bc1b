"""Whom an environment serves: zones, tenants, and how their data is kept apart."""

from __future__ import annotations

from kmtopo.addresses import Address
from kmtopo.types.runtime import Rate
from kmtopo.types.stores import StoreKind
from kmtopo.values import frozen


@frozen
class Zone:
    """A region that tenants lie in."""

    name: str
    address: Address
    title: str
    city: str | None


@frozen
class Limits:
    """What one tenant may do: ``body`` in bytes, ``connections`` at once per client."""

    rate: Rate | None = None
    body: int | None = None
    connections: int | None = None


@frozen
class Tenant:
    """A company. ``identifier`` is its slug with ``_`` for ``-``; ``hosts`` are its public names.

    ``placement`` is where the file says that it is dedicated, None for a pooled one.
    """

    name: str
    address: Address
    identifier: str
    title: str
    zone: str | None
    branches: tuple[str, ...]
    hosts: tuple[str, ...]
    host_origin: Address
    dedicated: bool
    central: bool
    reads_all: bool
    limits: Limits = Limits()
    placement: Address | None = None

    @property
    def copies_at(self) -> Address | None:
        """What blocks about its copies come from: its own ``placement``, else the tenant; None for a pooled one."""
        is_own = self.placement is None or self.placement.parent.name == self.name
        return self.placement if is_own else self.address


@frozen
class Store:
    """How one data store separates tenants; ``tenant`` is set where it is that one's alone."""

    container: str
    kind: StoreKind
    origin: Address
    tenant: str | None = None


@frozen
class Tenancy:
    """How tenants are separated; ``connections`` per role."""

    flavor: str
    stores: tuple[Store, ...]
    connections: int
    provisioning: str
