"""Claim: PostgreSQL gets the databases, roles and rights of the deployment, and nobody may do more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.diagnostics import Term
from kmtopo.resolve.deployment import Deployment
from kmtopo.types.stores import DataStore, Login, Space
from kmtopo.verify.claims.stores import CODE, provisioned
from kmtopo.verify.facts import Due, Finding, Place, Said, Subject, compare
from kmtopo.verify.readers.psql import Inclusion, inclusions, rights, statements
from kmtopo.verify.rebuilt import Rebuilt

_USERS = "CASE may WHEN 'use' THEN writer ELSE owner END"
# What each of a space's groups may do, by kind of thing; what is to be made belongs to the owner.
_GROUPS = {
    ("owner", "DATABASE"): {"CONNECT", "CREATE", "TEMPORARY"},
    ("writer", "DATABASE"): {"CONNECT", "TEMPORARY"},
    ("reader", "DATABASE"): {"CONNECT"},
    ("owner", "SCHEMA"): {"USAGE"},
    ("writer", "SCHEMA"): {"USAGE"},
    ("reader", "SCHEMA"): {"USAGE"},
    ("writer", "TABLES"): {"DELETE", "INSERT", "SELECT", "UPDATE"},
    ("writer", "SEQUENCES"): {"SELECT", "UPDATE", "USAGE"},
    ("writer", "SCHEMAS"): {"USAGE"},
    ("reader", "TABLES"): {"SELECT"},
    ("reader", "SEQUENCES"): {"SELECT"},
    ("reader", "SCHEMAS"): {"USAGE"},
    ("owner", "FUNCTION"): {"EXECUTE"},
    ("writer", "FUNCTION"): {"EXECUTE"},
    ("overseers", ""): {"reader"},
    ("login", ""): {_USERS},
    ("member", ""): {"overseers"},
}
_FORBIDDEN = frozenset({"SUPERUSER", "CREATEROLE", "REPLICATION", "BYPASSRLS", "CREATEDB"})


def spaces(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds databases, schemas and the names of their roles equal to the store's spaces."""
    for file, store in _scripts(rebuilt, deployment):
        built = {
            _place_of(one.variables): Said(one.variables["role"], one.place) for one in _of(rebuilt, file, "space")
        }
        wanted = {_name(space, store): Due(space.role, space.address) for space in store.spaces}
        yield from compare(Subject(CODE, Term("space"), store.container), built, wanted, Place(file), store.address)


def logins(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds who logs in where, with which secret and right, equal to the logins of the store's spaces."""
    for file, store in _scripts(rebuilt, deployment):
        built = {
            f"{one.variables['login']} in {_place_of(one.variables)}": Said(_login(one.variables), one.place)
            for one in _of(rebuilt, file, "login")
        }
        wanted = {
            f"{login.name} in {_name(space, store)}": Due(_due(login), space.address)
            for space in store.spaces
            for login in space.logins
        }
        yield from compare(Subject(CODE, Term("login"), store.container), built, wanted, Place(file), store.address)


def overseers(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds who reads every tenant's space equal to the store's overseers."""
    for file, store in _scripts(rebuilt, deployment):
        built = {
            member: Said("", one.place)
            for one in _of(rebuilt, file, "overseers")
            for member in one.variables["members"].split()
        }
        # Within one database a login acts as the owner of its space, which has to read as much as the login.
        shared = store.kind == "schema"
        homes = [space for space in store.spaces if shared and set(store.overseers) & set(space.logins)]
        names = [login.name for login in store.overseers] + [space.owner for space in homes]
        wanted = {name: Due("", store.address) for name in names}
        yield from compare(Subject(CODE, Term("overseer"), store.container), built, wanted, Place(file), store.address)


def groups(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Sees that the included files give each group of a space what it may have and no more."""
    for file, store in _scripts(rebuilt, deployment):
        folder = file.rpartition("/")[0]
        included = sorted({f"{folder}/{one.file}" for one in inclusions(file, rebuilt.files[file])} | {file})
        built: dict[str, Said] = {}
        for path in included:
            for one in rights(path, rebuilt.files.get(path, "")):
                for right in [one.rights] if not one.kind else one.rights.split(", "):
                    built[_right(one.whom, one.kind, right)] = Said("", one.place)
        wanted = {
            _right(whom, kind, right): Due("", store.address)
            for (whom, kind), given in _GROUPS.items()
            for right in given
        }
        yield from compare(Subject(CODE, Term("right"), store.container), built, wanted, Place(file), store.address)
        for path in included:
            yield from _powers(path, rebuilt.files.get(path, ""), store)


def _powers(path: str, text: str, store: DataStore) -> Iterator[Finding]:
    """Attributes of roles that would make their holders more than users."""
    for statement, place in statements(path, text):
        if statement.startswith(("ALTER ROLE", "CREATE ROLE")):
            for word in sorted(_FORBIDDEN & set(statement.split())):
                yield Finding(Subject(CODE, Term("right"), store.container), place, "extra", word, origin=store.address)


def _scripts(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[tuple[str, DataStore]]:
    return provisioned(rebuilt, deployment, "postgres")


def _of(rebuilt: Rebuilt, file: str, what: str) -> Iterator[Inclusion]:
    return (one for one in inclusions(file, rebuilt.files[file]) if one.file == f"{what}.sql")


def _place_of(variables: Mapping[str, str]) -> str:
    return f"{variables['database']}.{variables['schema']}"


def _name(space: Space, store: DataStore) -> str:
    shared = store.kind == "schema" and space.tenant is not None and space.name != space.database
    return f"{space.database}.{space.name if shared else 'public'}"


def _login(variables: Mapping[str, str]) -> str:
    return f"secret {variables['secret']}, right {variables['right']}, connections {variables['connections']}"


def _due(login: Login) -> str:
    right = "create" if login.creates else login.right
    return f"secret {login.secret}, right {right}, connections {login.connections}"


def _right(whom: str, kind: str, right: str) -> str:
    return f"{whom}: {right}{f' on {kind.lower()}' if kind else ''}"
