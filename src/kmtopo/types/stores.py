"""Who has what in a data store: spaces for the application and its tenants, logins, accounts of processes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Literal

from kmtopo.addresses import Address
from kmtopo.values import frozen

StoreKind = Literal["database", "schema", "shared", "prefix"]
# ``use`` reads and writes rows, ``migrate`` changes the structure, ``own`` both, where no process migrates.
Right = Literal["use", "migrate", "own"]

# Folders of secrets that processes get whole, so that a new tenant recreates none of them.
TENANT_SECRETS = "tenants"
MIGRATION_SECRETS = "migrations"


@frozen
class Login:
    """A user of a data store; ``secret`` is the slot of its password, ``connections`` the most it may hold open.

    ``creates``: it makes databases by itself.
    """

    name: str
    secret: str
    right: Right
    connections: int = 0
    creates: bool = False


@frozen
class Space:
    """What the application (``tenant`` is None) or one of its tenants has to itself in a data store.

    ``name`` is a database, a schema of ``database``, or a prefix of keys. A store that numbers its databases has the
    number of the first one in ``database``. ``role`` is what the names of its
    users begin with: ``<role>_owner`` owns what is in it, ``<role>_rw`` writes rows and ``<role>_ro`` reads them;
    nobody logs in as any of them.
    """

    name: str
    address: Address
    role: str
    tenant: str | None = None
    database: str = ""
    logins: tuple[Login, ...] = ()

    @property
    def owner(self) -> str:
        """The group that owns what is in it."""
        return f"{self.role}_owner"

    @property
    def writer(self) -> str:
        """The group that reads and writes rows in it."""
        return f"{self.role}_rw"

    @property
    def reader(self) -> str:
        """The group that reads what is in it."""
        return f"{self.role}_ro"


@frozen
class Account:
    """How one group of processes gets at a data store.

    ``space`` and ``login`` are its own; ``migration`` is the login of its one-shot process. ``folders`` hold the
    secrets of the tenants that it serves, ``migration_folders`` those that only the one-shot sees.
    """

    space: Space
    login: Login
    migration: Login | None = None
    folders: tuple[str, ...] = ()
    migration_folders: tuple[str, ...] = ()


@frozen
class DataStore:
    """What is provisioned in one data store.

    ``kind`` says what separates tenants, None where the store knows none. ``spaces`` are the application's own
    first, then the tenants' by name. ``accounts`` are those of the groups of processes that call it, by family.
    ``overseers`` read every tenant's space and write none: the central tenant's logins. ``demand`` is how many
    connections all processes together may need at once.
    """

    container: str
    address: Address
    kind: StoreKind | None
    administrator: Login
    spaces: tuple[Space, ...]
    accounts: tuple[tuple[str, Account], ...]
    overseers: tuple[Login, ...] = ()
    demand: int = 0
    _logins: tuple[Login, ...] = field(default=(), init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        first: dict[str, Login] = {}
        for space in self.spaces:
            for login in space.logins:
                first.setdefault(login.name, login)
        object.__setattr__(self, "_logins", tuple(first.values()))

    def account(self, family: str) -> Account | None:
        """The account of a family of processes, None where it does not call the store."""
        return dict(self.accounts).get(family)

    def logins(self) -> Iterator[Login]:
        """Every user but the administrator, each once."""
        return iter(self._logins)

    def secrets(self) -> tuple[str, ...]:
        """The slots of all passwords, the administrator's first; those of pooled tenants lie in folders."""
        return tuple(dict.fromkeys([self.administrator.secret, *[login.secret for login in self._logins]]))

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders of secrets that its users' passwords lie in, sorted."""
        return tuple(sorted({login.secret.partition("/")[0] for login in self._logins if "/" in login.secret}))


@frozen
class Group:
    """The processes of one family, as a data store sees them; ``tenant`` is set where they serve only that one.

    ``migrates``: one of them is a one-shot that changes the structure. ``workers`` is how many requests and jobs
    they work on at once, each over connections of its own.
    """

    family: str
    tenant: str | None
    migrates: bool
    workers: int = 0


@frozen
class Company:
    """A tenant, as a data store sees it."""

    name: str
    address: Address
    dedicated: bool = False
    central: bool = False
    reads_all: bool = False


@frozen
class Clients:
    """All that a store's type may look at when it says who gets what in one container.

    ``flavor`` is empty where there is no tenancy; ``kind`` is None where it does not name this store.
    ``connections`` is what one role may hold open, ``databases`` the first number of each family's own databases,
    ``provisioning`` who makes those of tenants.
    """

    project: str
    environment: str
    container: str
    address: Address
    flavor: str
    kind: StoreKind | None
    groups: tuple[Group, ...]
    companies: tuple[Company, ...]
    connections: int
    databases: Mapping[str, int]
    provisioning: str = "kmtopo"
