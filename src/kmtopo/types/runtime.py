"""What a container type can know: the values that generators must agree on, so that none knows them twice."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from decimal import Decimal
from typing import Literal

from kmtopo.addresses import Address
from kmtopo.packages import API_VERSION
from kmtopo.types.stores import Account, Clients, DataStore
from kmtopo.values import frozen

Transport = Literal["tcp", "udp"]
Role = Literal["proxy", "service", "worker", "job", "database", "cache", "mail", "external"]
Stage = Literal["development", "test", "production"]
# ``app-keys`` are former keys, newest first with commas between; ``free`` is known to nobody but its owner.
SecretContent = Literal["password", "app-key", "app-keys", "certificate", "key", "free"]


@frozen
class Port:
    """Where a container listens. ``protocol`` is what is spoken there: ``http``, ``fastcgi``, ``postgresql``, ``tcp``."""

    number: int
    protocol: str = "http"
    transport: Transport = "tcp"


@frozen
class Cost:
    """Money per month: ``low`` and ``high`` are equal unless it is a range."""

    low: Decimal
    high: Decimal
    currency: str


@frozen
class Rate:
    """Requests per second."""

    per_second: Decimal


@frozen
class Healthcheck:
    """A command that exits 0 while the container is well; ``test`` is Compose's form, ``("CMD", …)`` or ``("CMD-SHELL", …)``.

    Times are in seconds.
    """

    test: tuple[str, ...]
    interval: int = 15
    timeout: int = 5
    retries: int = 4
    start_period: int = 30


@frozen
class Tmpfs:
    """A writable folder in memory; ``size`` in bytes, ``mode`` as in ``chmod``."""

    path: str
    size: int
    mode: int = 0o1777


@frozen
class Folder:
    """A generated folder: generators write it as ``name`` beside ``compose.yaml``, the container sees it read-only at ``target``."""

    name: str
    target: str


@frozen
class GivenFile:
    """A file that whoever runs the project has: the container sees it read-only at ``target``.

    ``source`` is absolute on the machine, or relative to the topology's folder.
    """

    source: str
    target: str


@frozen
class Secret:
    """A place in a value that the secret of this name fills when the container starts; ``content`` is what it has to be."""

    name: str
    content: SecretContent = "password"

    @property
    def reference(self) -> str:
        """What the file writes for it."""
        return f"${{secrets.{self.name}}}"


@frozen
class Deferred:
    """A place in a value that the target machine's environment fills when Compose reads the file."""

    name: str

    @property
    def reference(self) -> str:
        """What the file writes for it."""
        return f"${{env:{self.name}}}"


ValuePart = str | Secret | Deferred


@frozen
class Variable:
    """An environment variable of a container.

    ``parts`` are joined; ``group`` is a word for the comment above a run of variables
    (``application``, ``database``, ``cache``); ``origin`` is where the file says it, None where the
    type does. ``file`` means that the image reads the secret's path from ``<name>_FILE``.
    """

    name: str
    parts: tuple[ValuePart, ...]
    group: str = ""
    origin: Address | None = None
    file: bool = False

    @property
    def literal(self) -> str | None:
        """The value where it is known now, else None."""
        if len(self.parts) == 1:
            # Nearly all have one part, and a thousand containers ask for theirs several times.
            (part,) = self.parts
            return part if isinstance(part, str) else None
        known = [part for part in self.parts if isinstance(part, str)]
        return "".join(known) if len(known) == len(self.parts) else None

    @property
    def written(self) -> str:
        """The value as the file has it: references stand for what is filled in later."""
        return "".join(part if isinstance(part, str) else part.reference for part in self.parts)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The names of the secrets in the value."""
        if len(self.parts) == 1 and isinstance(self.parts[0], str):
            return ()
        return tuple([part.name for part in self.parts if isinstance(part, Secret)])

    @property
    def deferred(self) -> tuple[str, ...]:
        """The names of the target's variables in the value."""
        return tuple(part.name for part in self.parts if isinstance(part, Deferred))


@frozen
class ExtraVolume:
    """A named volume that a type adds for itself, such as Nginx's ACME state."""

    name: str
    path: str


@frozen
class Runtime:
    """How a container runs. Compose writes it down; other generators rely on the same values.

    ``command`` runs where the file names none. ``secret_folders`` are mounted whole beside the single
    secrets. ``secret_shim``: the image reads no ``_FILE``
    variables, so the command is wrapped in a shell that exports variables with secrets first.
    ``role``, ``icon`` and ``kind`` differ from the type's where one image has several processes;
    ``silent``: this process listens on no port. ``init``: Docker's own init reaps as process 1.
    """

    command: tuple[str, ...] | None = None
    user: str | None = None
    capabilities: tuple[str, ...] = ()
    read_only: bool = True
    tmpfs: tuple[Tmpfs, ...] = ()
    folders: tuple[Folder, ...] = ()
    files: tuple[GivenFile, ...] = ()
    volumes: tuple[ExtraVolume, ...] = ()
    variables: tuple[Variable, ...] = ()
    secrets: tuple[str, ...] = ()
    secret_folders: tuple[str, ...] = ()
    secret_shim: bool = False
    healthcheck: Healthcheck | None = None
    pids: int = 256
    init: bool = True
    stop_signal: str | None = None
    stop_grace: int = 10
    shm_size: int | None = None
    document_root: str | None = None
    role: Role | None = None
    icon: str | None = None
    kind: tuple[tuple[str, str], ...] = ()
    silent: bool = False

    def kind_in(self, locale: str) -> str:
        """What this process is, in a few words of the language; empty where the type's own words fit."""
        return dict(self.kind).get(locale, "")


@frozen
class Peer:
    """A callee as its caller sees it; ``account`` is how the caller's family gets at it, where it is a data store."""

    name: str
    type: str
    port: Port | None
    purposes: tuple[str, ...] = ()
    optional: bool = False
    account: Account | None = None


@frozen
class Setting:
    """All that a type may look at when it equips one container in one environment.

    ``family`` is the container that this one descends from by ``extends``: processes of one family
    share an application key and credentials. ``hosts`` are the public names, the central one first, and
    ``host_pattern`` covers those of tenants, which no type sees one by one. ``memory`` is the limit of one
    replica in bytes, ``served`` what callers use the container for, ``command`` the file's own.
    ``store`` is what is provisioned in this container; types read its accounts and never its tenants, one by one.
    ``tenant`` is set on a dedicated copy, ``tls_files`` (certificate and key) where the file names them. ``folder`` is where generators write what this container alone sees,
    ``family_folder`` what all processes of its family see.
    """

    project: str
    title: str
    locale: str
    environment: str
    stage: Stage
    name: str
    family: str
    type: str
    image: str | None
    process: str
    once: bool
    port: Port | None
    memory: int | None
    cpu: Decimal | None
    peers: tuple[Peer, ...]
    hosts: tuple[str, ...]
    https: bool
    tls_mode: str
    public_port: int | None
    code_mounted: bool
    flavor: str
    stores: tuple[tuple[str, str], ...]
    served: tuple[str, ...] = ()
    host_pattern: str | None = None
    folder: str = "nginx"
    family_folder: str = ""
    command: str | tuple[str, ...] | None = None
    store: DataStore | None = None
    tenant: str | None = None
    tls_files: tuple[str, str] | None = None


@frozen
class ContainerType:
    """A kind of container: what the catalogue knows of it.

    ``kind`` describes it in a few words per language (``{"es": "proxy inverso"}``), ``icon`` names a
    glyph of the diagrams, ``volume_path`` says where it keeps its data, given the image. ``title`` is
    a brand, empty where the type has none. ``keep`` says who gets what in a data store that can be provisioned,
    ``separations`` are the kinds by which it can keep tenants apart;
    ``databases`` is how many numbered ones each group of its callers has to itself.
    ``aliases`` are what people call the brand besides its title.
    ``workers`` says how many requests or jobs one replica works on at once, given its process and memory in bytes.
    """

    name: str
    title: str
    role: Role
    icon: str
    kind: tuple[tuple[str, str], ...]
    runtime: Callable[[Setting], Runtime]
    port: Port | None = None
    volume_path: Callable[[str | None], str] | None = None
    processes: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    keep: Callable[[Clients], DataStore] | None = None
    separations: tuple[str, ...] = ()
    workers: Callable[[str, int | None], int] | None = None
    databases: int = 0
    aliases: tuple[str, ...] = ()
    api_version: int = API_VERSION

    @property
    def is_store(self) -> bool:
        """Whether it keeps data for others: never published outside development."""
        return self.role in ("database", "cache")


def identifier(name: str) -> str:
    """A slug as an identifier of SQL, shell or a secret's name: ``_`` for ``-``."""
    return name.replace("-", "_")


def http_probe(port: int, path: str) -> str:
    """A shell line that succeeds while the path answers 2xx, with whichever client the image has."""
    url = shlex.quote(f"http://127.0.0.1:{port}{path}")
    return f"wget -q -O /dev/null {url} || curl -fsS -o /dev/null {url}"
