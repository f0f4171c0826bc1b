"""What a company gets that has containers of its own: users that see nobody else's, and networks that nobody else is on."""

from __future__ import annotations

import json
from collections.abc import Iterator

from e2e import proofs_of_documents
from e2e.proofs import Proof
from e2e.proofs_of_documents import LOOK, MANAGE, asked, credentials
from e2e.proofs_of_tenants import FOREIGN, Company, Login, allowed, keeps
from e2e.stack import Stack

CARS = Company("km-cars", dedicated=True)
KEYS = Login("kmmotos_backend_km_cars", "redis_backend_km_cars_password", "backend-km-cars")
LIST = "JSON.stringify(db.adminCommand({listDatabases: 1, nameOnly: true}).databases.map((each) => each.name))"


def proofs(without: tuple[str, ...]) -> Iterator[Proof]:
    """Yields what holds for the company that is dedicated in the test environment."""
    yield Proof("km-cars' containers and the others do not reach each other", apart, through_the_proxy)
    yield Proof("km-cars' user of redis sees nobody else's keys", foreign_keys, own_keys)
    if "mongo" not in without:
        yield Proof("km-cars' user of mongo sees nobody else's database", foreign_databases, own_database)


def apart(stack: Stack) -> list[str]:
    """Tries names and addresses, both ways."""
    ways = (("backend", "backend-km-cars"), ("backend-km-cars", "backend"))
    return [
        f"{origin} reaches {target} at {address}"
        for origin, target in ways
        for address in (target, *stack.addresses(target).values())
        if stack.reaches(origin, address, 9000)
    ]


def through_the_proxy(stack: Stack) -> list[str]:
    """Tries the same from the proxy, which serves both."""
    return [name for name in ("backend", "backend-km-cars") if not stack.reaches("nginx", name, 9000)]


def foreign_keys(stack: Stack) -> list[str]:
    """Tries what is the pooled companies', and what would list it."""
    theirs = "kmmotos:pruebas:backend:session"
    return allowed(stack, KEYS, (f"GET {theirs}", f"SET {theirs} 1", f"DEL {theirs}", "CLIENT LIST", *FOREIGN))


def own_keys(stack: Stack) -> list[str]:
    """Tries keys of its own."""
    return keeps(stack, KEYS, "kmmotos:pruebas:backend-km-cars:")


def foreign_databases(stack: Stack) -> list[str]:
    """Lists databases, looks into others', and tries to let others in."""
    shown = json.loads(asked(stack, [LIST], _user(stack))[0])
    tries = [LOOK.format(database=name) for name in ("tenantkm-motos", "kmmotos_central", "admin")]
    tries.append(MANAGE.format(database=CARS.database))
    return [
        *(f"it sees {name}" for name in shown if name != CARS.database),
        *proofs_of_documents.allowed(stack, tries, _user(stack)),
    ]


def own_database(stack: Stack) -> list[str]:
    """Writes into its own, and finds it in the list."""
    write = f'db.getSiblingDB("{CARS.database}").reports.insertOne({{what: "proof"}}).acknowledged'
    written, shown = asked(stack, [write, LIST], _user(stack))
    return [] if (written, json.loads(shown)) == ("true", [CARS.database]) else [written, shown]


def _user(stack: Stack) -> str:
    return credentials(stack, "kmmotos_backend_km_cars", "mongo_backend_km_cars_password", CARS.database)
