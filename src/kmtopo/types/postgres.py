"""PostgreSQL: sized to its memory, run as its own user, its data where the image's version keeps it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kmtopo.types.memory import MIB, TMP, mebibytes, scratch
from kmtopo.types.naming import (
    administrator,
    administrator_password,
    application_password,
    application_user,
    central_database,
    identifier,
    migration_password,
    migration_user,
    tenant_database,
    tenant_migration_password,
    tenant_password,
    tenant_schema,
)
from kmtopo.types.runtime import ContainerType, Folder, Healthcheck, Port, Runtime, Setting, Variable
from kmtopo.types.stores import (
    MIGRATION_SECRETS,
    TENANT_SECRETS,
    Account,
    Clients,
    Company,
    DataStore,
    Group,
    Login,
    Space,
)
from kmtopo.values import frozen

# Where the generated folder lies in the container, and where the image looks for what its first start runs.
FOLDER = "/etc/kmtopo/postgres"
FIRST_START = "/docker-entrypoint-initdb.d"
# The server's own default; more in steps, since a change of it restarts the server.
FEWEST_CONNECTIONS = 100
CONNECTIONS_STEP = 50
# For the administrator, for backups, and for those that the server itself holds back.
SPARE_CONNECTIONS = 10
MIGRATION_CONNECTIONS = 3
MAINTENANCE_DATABASE = "postgres"
FIRST_WITH_ONE_FOLDER_PER_VERSION = 18

_major = re.compile(r"(?:.*pg|v?)(\d+)").match


def runtime(setting: Setting) -> Runtime:
    """Equips a server whose first start makes the administrator, and provisions what is declared."""
    store = setting.store
    return Runtime(
        command=("postgres", *_settings(setting)),
        # By name: its number differs between the Debian and Alpine images. Started as root, it would step
        # down by itself, but Docker's init then lacks the right to pass the stop signal on to it.
        user="postgres",
        tmpfs=(
            scratch("/run/postgresql", setting.memory, 8 * MIB, mode=0o3777),
            scratch(TMP, setting.memory, 64 * MIB),
        ),
        folders=(Folder(setting.folder, FOLDER), Folder(f"{setting.folder}/initdb", FIRST_START)),
        variables=_variables(setting),
        secrets=tuple(name for name in store.secrets() if "/" not in name) if store else (),
        secret_folders=store.folders if store else (),
        healthcheck=Healthcheck(_is_ready(setting), interval=10, retries=6, start_period=60),
        pids=512,
        stop_signal="SIGINT",
        stop_grace=60,
        shm_size=256 * MIB,
    )


def volume_path(image: str | None) -> str:
    """Returns where the data lies: since version 18 one level higher, with a folder per version below.

    An unknown version counts as an old one: 18 refuses to start on the old place, while an old one
    on the new place would start and lose its data with the container.
    """
    major = _version(image)
    moved = major is not None and major >= FIRST_WITH_ONE_FOLDER_PER_VERSION
    return "/var/lib/postgresql" if moved else "/var/lib/postgresql/data"


def _version(image: str | None) -> int | None:
    tag = (image or "").partition("@")[0].rpartition("/")[2].partition(":")[2]
    found = _major(tag)
    return int(found[1]) if found else None


def _settings(setting: Setting) -> tuple[str, ...]:
    memory, demand = setting.memory, setting.store.demand if setting.store else 0
    sized = {"shared_buffers": 25, "effective_cache_size": 60} if memory else {}
    values = {name: f"{mebibytes(memory or 0, percent)}MB" for name, percent in sized.items()}
    values |= {"max_connections": str(_connections(demand)), "hba_file": f"{FOLDER}/pg_hba.conf"}
    return tuple(word for name, value in values.items() for word in ("-c", f"{name}={value}"))


def _connections(demand: int) -> int:
    steps = -(-(demand + SPARE_CONNECTIONS) // CONNECTIONS_STEP)
    return max(steps * CONNECTIONS_STEP, FEWEST_CONNECTIONS)


def _variables(setting: Setting) -> tuple[Variable, ...]:
    return (
        # The one that every server has: provisioning makes the others, each with its own locale and rights.
        Variable("POSTGRES_DB", (MAINTENANCE_DATABASE,), "database"),
        Variable("POSTGRES_INITDB_ARGS", ("--auth-host=scram-sha-256 --data-checksums",), "database"),
        Variable("POSTGRES_PASSWORD", (administrator_password(setting.name),), "database", file=True),
        Variable("POSTGRES_USER", (administrator(setting.project),), "database"),
    )


def _is_ready(setting: Setting) -> tuple[str, ...]:
    # Over TCP: while it is still being set up, the server answers on its socket only.
    target = ("-h", "127.0.0.1", "-U", administrator(setting.project), "-d", MAINTENANCE_DATABASE)
    return ("CMD", "pg_isready", "-q", *target)


def keep(clients: Clients) -> DataStore:
    """Gives the application a database, and each tenant a database or schema with roles of its own.

    Where the application makes the pooled tenants' databases by itself, its own login may, and they get none here.
    """
    central = _central(clients)
    pooled = _processes(clients, None)
    spaces = {
        c.name: _tenant(clients, c, central.name, _processes(clients, c.name) if c.dedicated else pooled)
        for c in _separate(clients)
    }
    return DataStore(
        container=clients.container,
        address=clients.address,
        kind=clients.kind,
        administrator=Login(administrator(clients.project), administrator_password(clients.container).name, "own"),
        spaces=(central, *spaces.values()),
        accounts=tuple((group.family, _account(clients, group, central, spaces)) for group in clients.groups),
        overseers=central.logins if spaces and any(c.central and c.reads_all for c in clients.companies) else (),
        demand=sum(_demand(clients, group) for group in clients.groups),
    )


def _demand(clients: Clients, group: Group) -> int:
    """What a group's processes need at once: those that serve tenants hold one connection as the application, one as a tenant."""
    return group.workers * (2 if _serves_tenants(clients, group) else 1)


def _serves_tenants(clients: Clients, group: Group) -> bool:
    return group.tenant is None and clients.kind in ("database", "schema")


def _creates(clients: Clients, group: Group) -> bool:
    return clients.provisioning == "application" and _serves_tenants(clients, group)


def _separate(clients: Clients) -> tuple[Company, ...]:
    """Tenants with a space of their own made here: the central one has the application's."""
    if clients.kind not in ("database", "schema"):
        return ()
    ours = clients.provisioning != "application"
    return tuple(c for c in clients.companies if not c.central and (ours or c.dedicated))


def _central(clients: Clients) -> Space:
    name = central_database(clients.project, clients.flavor)
    central = next((c for c in clients.companies if c.central), None)
    ours = [g for g in clients.groups if g.tenant in (None, central.name if central else None)]
    logins = [login for group in ours for login in _group_logins(clients, group)]
    address = central.address if central else clients.address
    return Space(name, address, identifier(name), central.name if central else None, name, tuple(logins))


def _group_logins(clients: Clients, group: Group) -> tuple[Login, ...]:
    project, store, family = clients.project, clients.container, group.family
    user, password = application_user(project, family), application_password(store, family).name
    # Each of its processes holds one: a lower limit would refuse some of them under load.
    most, creates = max(clients.connections, group.workers), _creates(clients, group)
    if creates or not group.migrates:
        return (Login(user, password, "own", most, creates),)
    secret = migration_password(store, family).name
    migration = Login(migration_user(project, family), secret, "migrate", MIGRATION_CONNECTIONS)
    return Login(user, password, "use", most), migration


@frozen
class _Processes:
    """Those that work with a tenant's data: whether one of them migrates, and how many connections they may hold."""

    migrates: bool
    connections: int


def _processes(clients: Clients, tenant: str | None) -> _Processes:
    """Those that serve only that tenant; None: all who have none of their own."""
    served = [group for group in clients.groups if group.tenant == tenant]
    workers = sum(group.workers for group in served) if tenant else 0
    return _Processes(any(group.migrates for group in served), max(clients.connections, workers))


def _tenant(clients: Clients, company: Company, central: str, served: _Processes) -> Space:
    is_schema = clients.kind == "schema"
    database = tenant_database(clients.project, company.name, clients.flavor)
    name = tenant_schema(company.name, clients.flavor) if is_schema else database
    role = identifier(database)
    logins = _tenant_logins(clients, company, role, served)
    return Space(name, company.address, role, company.name, central if is_schema else name, logins)


def _tenant_logins(clients: Clients, company: Company, role: str, served: _Processes) -> tuple[Login, ...]:
    dedicated = company.dedicated
    password = tenant_password(clients.container, company.name, dedicated=dedicated).name
    application = Login(f"{role}_app", password, "use" if served.migrates else "own", served.connections)
    if not served.migrates:
        return (application,)
    secret = tenant_migration_password(clients.container, company.name, dedicated=dedicated).name
    return application, Login(f"{role}_migrate", secret, "migrate", MIGRATION_CONNECTIONS)


def _account(clients: Clients, group: Group, central: Space, spaces: Mapping[str, Space]) -> Account:
    own = spaces.get(group.tenant) if group.tenant else None
    if own is not None:
        return Account(own, own.logins[0], own.logins[1] if len(own.logins) > 1 else None)
    logins = _group_logins(clients, group)
    serves = _serves_tenants(clients, group) and not _creates(clients, group)
    return Account(
        central,
        logins[0],
        logins[1] if len(logins) > 1 else None,
        (TENANT_SECRETS,) if serves else (),
        (MIGRATION_SECRETS,) if serves and group.migrates else (),
    )


POSTGRES = ContainerType(
    name="postgres",
    title="PostgreSQL",
    aliases=("Postgres",),
    role="database",
    icon="postgresql",
    kind=(("en", "relational database"), ("es", "base de datos relacional")),
    runtime=runtime,
    port=Port(5432, "postgresql"),
    volume_path=volume_path,
    keep=keep,
    separations=("database", "schema", "shared"),
    purposes=("reports", "transactions"),
)
