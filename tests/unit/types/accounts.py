"""Accounts in data stores, as the types themselves hand them out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kmtopo.addresses import Address
from kmtopo.types import mongodb, postgres, redis
from kmtopo.types.runtime import Peer, Port
from kmtopo.types.stores import Account, Clients, Company, DataStore, Group

CENTRAL = Company("central", Address.of("tenants", "central"), central=True, reads_all=True)
SHOP = Company("km-cars", Address.of("tenants", "km-cars"))
SILO = Company("all-in-one", Address.of("tenants", "all-in-one"), dedicated=True)
BACKEND = Group("backend", None, migrates=True)
COPY = Group("backend-all-in-one", "all-in-one", migrates=True)

CLIENTS = Clients(
    project="km-motos",
    environment="produccion",
    container="postgres",
    address=Address.of("containers", "postgres"),
    flavor="custom",
    kind="database",
    groups=(BACKEND, COPY),
    companies=(SILO, CENTRAL, SHOP),
    connections=10,
    databases={"backend": 0, "backend-all-in-one": 2},
)


def clients(container: str, **values: Any) -> Clients:
    """Makes the clients of a store: a pooled family and a copy of it for one tenant, unless a test says otherwise."""
    return replace(CLIENTS, container=container, address=Address.of("containers", container), **values)


def peers(family: str) -> tuple[Peer, Peer, Peer]:
    """The three stores as a family's processes see them: MongoDB, PostgreSQL, Redis."""

    def account(store: DataStore) -> Any:
        return store.account(family)

    return (
        Peer("mongo", "mongodb", Port(27017, "mongodb"), ("reports",), True, account(mongodb.keep(clients("mongo")))),
        Peer("postgres", "postgres", Port(5432, "postgresql"), account=account(postgres.keep(clients("postgres")))),
        Peer(
            "redis",
            "redis",
            Port(6379, "redis"),
            ("cache", "queue", "sessions"),
            account=account(redis.keep(clients("redis", kind="prefix"))),
        ),
    )


def redis_account(container: str, database: int) -> Account | None:
    """What the pooled family has in a Redis server of its own."""
    return redis.keep(clients(container, databases={"backend": database})).account("backend")
