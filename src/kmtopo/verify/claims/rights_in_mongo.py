"""Claim: users of MongoDB have exactly the roles that the store's spaces give them, each in its own databases."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.diagnostics import Term
from kmtopo.resolve.deployment import Deployment
from kmtopo.types.stores import DataStore, Right
from kmtopo.verify.claims.stores import CODE, provisioned
from kmtopo.verify.facts import Due, Finding, Place, Said, Subject, compare
from kmtopo.verify.readers.mongo_script import calls
from kmtopo.verify.rebuilt import SECRETS, Rebuilt

_ROLES: dict[Right, str] = {"use": "readWrite", "own": "dbAdmin, readWrite", "migrate": "dbAdmin, readWrite"}


def roles(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds the roles in each database equal to the rights in the space of that name."""
    for file, store in provisioned(rebuilt, deployment, "mongodb"):
        built = {
            f"{user} in {one.arguments[0]}": Said(", ".join(sorted(given)), one.place)
            for one in calls(file, rebuilt.files[file])
            if one.name == "grant"
            for user, given in one.arguments[1].items()
        }
        yield from compare(
            Subject(CODE, Term("right"), store.container), built, dict(_wanted(store)), Place(file), store.address
        )


def logins(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds the users, where each is known and by which secret, equal to the store's logins."""
    for file, store in provisioned(rebuilt, deployment, "mongodb"):
        built = {
            one.arguments[0]: Said(f"in {one.arguments[1]}, {one.arguments[2]}", one.place)
            for one in calls(file, rebuilt.files[file])
            if one.name == "user"
        }
        wanted = {}
        for login in store.logins():
            home = next(space for space in store.spaces if login in space.logins)
            wanted[login.name] = Due(f"in {home.database}, {SECRETS / login.secret}", home.address)
        yield from compare(Subject(CODE, Term("login"), store.container), built, wanted, Place(file), store.address)


def _wanted(store: DataStore) -> Iterator[tuple[str, Due]]:
    for space in store.spaces:
        given = {login.name: _ROLES[login.right] for login in space.logins}
        watching = {login.name: "read" for login in store.overseers} if space.tenant else {}
        for name, role in (watching | given).items():
            yield f"{name} in {space.database}", Due(role, space.address)
