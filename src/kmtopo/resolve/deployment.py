"""One concrete world: an environment with everything inherited, overlaid, expanded and allocated.

All mappings are sorted by name. ``address`` is where the topology declares a thing, ``origin`` the
place in the file that said one detail (after inheritance that may be another entry's).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from decimal import Decimal
from typing import Any, Literal

from kmtopo.addresses import Address
from kmtopo.resolve.companies import Tenancy, Tenant, Zone
from kmtopo.types.runtime import (
    Cost,
    Healthcheck,
    Port,
    Rate,
    Role,
    Runtime,
    Stage,
    Transport,
    Variable,
)
from kmtopo.types.stores import DataStore
from kmtopo.values import frozen

TlsMode = Literal["acme", "self-signed", "external", "files", "off"]
Condition = Literal["started", "healthy", "completed"]
# Who keeps the values: files beside the topology, the environment of whoever starts it, or one encrypted file.
SecretKeeper = Literal["file", "env", "sops"]
# The group of the variables that tell a dedicated tenant's copies whose they are.
GROUP_OF_THE_TENANT = "tenant"


@frozen
class Project:
    """What the whole file is about; ``locale`` is the language of documents and pictures."""

    name: str
    title: str
    locale: str


@frozen
class Capacity:
    """CPU in cores, memory and disk in bytes."""

    cpu: Decimal | None = None
    memory: int | None = None
    disk: int | None = None


@frozen
class Alternative:
    """What else could carry the system, and its price."""

    title: str
    cost: Cost


@frozen
class Vps:
    """A machine that carries containers of this environment."""

    name: str
    address: Address
    title: str
    provider: str | None
    os: str | None
    engine: str | None
    public_ip: str | None
    private_ip: str | None
    location: str | None
    capacity: Capacity
    reserve: Capacity
    cost: Cost | None
    alternatives: tuple[Alternative, ...] = ()


@frozen
class Network:
    """A segment. ``subnet`` is a CIDR, allocated where the file gives none; ``vps`` are the machines with members.

    ``tenant`` is set where only a dedicated tenant's copies live on it.
    """

    name: str
    address: Address
    title: str
    purpose: str | None
    internal: bool
    subnet: str
    subnet_origin: Address | None
    encrypted: bool
    vps: tuple[str, ...]
    tenant: str | None = None

    @property
    def spans(self) -> bool:
        """Whether it has members on several machines: a bridge on each, joined by declared calls alone."""
        return len(self.vps) > 1


@frozen
class Attachment:
    """A container's membership of a network."""

    network: str
    origin: Address


@frozen
class Call:
    """A declared call to another container; ``port`` is the callee's, None for a job that is only waited for."""

    to: str
    origin: Address
    purposes: tuple[str, ...] = ()
    optional: bool = False
    port: Port | None = None


@frozen
class Route:
    """What a proxy does with a path: the longest ``path`` by whole segments wins.

    ``body`` in bytes, ``timeout`` in seconds; ``site`` names one of the environment's sites, None for all hosts.
    ``tenant`` names the dedicated tenant whose hosts it holds for; there it wins over the one for all.
    """

    path: str
    to: str
    port: Port
    origin: Address
    site: str | None = None
    websocket: bool = False
    body: int | None = None
    timeout: int | None = None
    rate: Rate | None = None
    strip: bool = False
    tenant: str | None = None


@frozen
class Publication:
    """A port of the machine that leads to a port of the container."""

    host_ip: str
    host_port: int
    container_port: int
    transport: Transport
    origin: Address

    @property
    def is_loopback(self) -> bool:
        """Whether only the machine itself can connect."""
        return self.host_ip.startswith("127.") or self.host_ip == "::1"


@frozen
class Neighbour:
    """A callee on another machine, as its caller finds it: its name leads to a private address.

    ``port`` is the one there that leads to the callee, None where it is the callee's own.
    """

    name: str
    ip: str
    port: int | None = None


@frozen
class Mount:
    """A named volume (``volume``) or a folder of the project (``bind``, relative to the topology's folder) inside a container."""

    path: str
    volume: str | None
    bind: str | None
    origin: Address | None
    size: int | None = None


@frozen
class Volume:
    """A named volume of the environment; ``size`` in bytes after scaling, None where nobody says."""

    name: str
    vps: str
    size: int | None
    origin: Address | None
    mounted_by: tuple[str, ...]


@frozen
class Dependency:
    """What must be so before a container starts; ``restart``: it restarts when the other is recreated."""

    on: str
    condition: Condition
    restart: bool = False


@frozen
class Build:
    """How an image is built; ``context`` is relative to the topology's folder."""

    context: str
    dockerfile: str | None
    target: str | None
    args: tuple[tuple[str, str], ...]


@frozen
class Container:
    """What runs, complete: nothing optional is left to a default.

    ``cpu`` (cores) and ``memory`` (bytes) limit one replica. ``variables`` holds the type's and the
    file's, the file's winning, sorted by group and name. ``secrets`` are all that it needs.
    ``home`` is the network that it is drawn in. ``tenant`` is set on a dedicated copy. ``bindings`` let calls
    from other machines in, on the private address, and publish nothing; ``neighbours`` are callees there. ``absent``
    names keys that could not be read: findings that stem from them are not reported. ``resources_at`` is where its
    limits stand.
    """

    name: str
    address: Address
    type: str
    role: Role
    icon: str
    kind: str
    title: str
    purpose: str | None
    family: str
    process: str
    once: bool
    image: str | None
    build: Build | None
    vps: str
    attachments: tuple[Attachment, ...]
    home: str
    port: Port | None
    calls: tuple[Call, ...]
    routes: tuple[Route, ...]
    publications: tuple[Publication, ...]
    replicas: int
    cpu: Decimal | None
    memory: int | None
    mounts: tuple[Mount, ...]
    variables: tuple[Variable, ...]
    secrets: tuple[str, ...]
    command: str | tuple[str, ...] | None
    healthcheck: Healthcheck | None
    dependencies: tuple[Dependency, ...]
    runtime: Runtime
    tenant: str | None = None
    bindings: tuple[Publication, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    host: str = ""
    absent: frozenset[str] = frozenset()
    resources_at: Address = Address()
    # How its variables reach its process, once somebody has asked.
    delivered: list[Any] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def original(self) -> str:
        """The container of the file that it is: a dedicated copy is one of somebody else's."""
        return self.address.name

    @property
    def networks(self) -> tuple[str, ...]:
        """The names of its networks, sorted."""
        return tuple(sorted(a.network for a in self.attachments))

    @property
    def is_proxy(self) -> bool:
        """Whether it forwards: it has routes."""
        return bool(self.routes)

    @property
    def is_external(self) -> bool:
        """Whether others run it, at ``host``: we call it, nothing is built for it, and ``vps`` is empty."""
        return self.role == "external"

    @property
    def is_store(self) -> bool:
        """Whether it keeps data for others."""
        return self.role in ("database", "cache")

    def routes_of(self, tenant: str | None) -> tuple[Route, ...]:
        """The routes that a tenant's requests take: its own win over those for all."""
        return chosen_routes(*([r for r in self.routes if r.tenant == owner] for owner in (None, tenant)))


def chosen_routes(shared: Iterable[Route], own: Iterable[Route]) -> tuple[Route, ...]:
    """The routes that are taken of those for all and a tenant's own: these win."""
    return tuple({(route.site, route.path): route for route in (*shared, *own)}.values())


@frozen
class Tls:
    """Who ends TLS. ``certificate`` and ``key`` are files of the machine or the project (mode ``files``)."""

    mode: TlsMode
    origin: Address
    trusted: tuple[str, ...] = ()
    certificate: str | None = None
    key: str | None = None

    @property
    def is_ours(self) -> bool:
        """Whether our proxy ends TLS."""
        return self.mode in ("acme", "self-signed", "files")


@frozen
class Host:
    """A public name and whom it leads to: a tenant, a site, or (both None) the one application."""

    name: str
    origin: Address
    tenant: str | None = None
    site: str | None = None


@frozen
class Environment:
    """A world; ``stage`` is how strict it is, ``secrets`` who keeps their values."""

    name: str
    address: Address
    title: str
    stage: Stage
    secrets: SecretKeeper = "file"


@frozen
class Assumption:
    """What the source documents do not say: of which address or glob, and why it is so here."""

    of: str
    why: str
    origin: Address


@frozen
class Prose:
    """What no graph knows: why it is deployed so, and how well it has to work; "" where nobody says."""

    motivation: str = ""
    quality: str = ""


@frozen
class Deployment:
    """Everything about one environment.

    ``data_stores`` says, by container, who gets what in each store that can be provisioned. ``host_pattern`` covers
    the hosts of all tenants, where one name does. ``root`` leads from a machine's output folder back to the
    topology's folder. ``prose`` is by the name of the environment or of one of its machines; "" is of everything.
    """

    project: Project
    environment: Environment
    tls: Tls
    vps: Mapping[str, Vps]
    networks: Mapping[str, Network]
    containers: Mapping[str, Container]
    volumes: Mapping[str, Volume]
    zones: Mapping[str, Zone]
    tenants: Mapping[str, Tenant]
    tenancy: Tenancy | None
    hosts: tuple[Host, ...]
    data_stores: Mapping[str, DataStore] = field(default_factory=dict)
    host_pattern: str | None = None
    root: str = "../../.."
    assumptions: tuple[Assumption, ...] = ()
    prose: Mapping[str, Prose] = field(default_factory=dict)

    @property
    def compose_project(self) -> str:
        """The name of the Compose project: unique per environment."""
        return f"{self.project.name}-{self.environment.name}"

    @property
    def secrets_folder(self) -> str:
        """Where a machine has its secrets unless it says otherwise: a file each, below a folder of the environment.

        Where others keep the values, that is memory: nothing is left when the machine stops.
        """
        if self.environment.secrets == "file":
            return f"{self.root}/secrets/{self.environment.name}"
        return f"/run/kmtopo/{self.compose_project}"

    def containers_on(self, vps: str) -> tuple[Container, ...]:
        """The containers of one machine, sorted by name."""
        return tuple(c for c in self.containers.values() if c.vps == vps)
