"""The lock: read back as written, and told where it is broken."""

from __future__ import annotations

import pytest

from kmtopo.addresses import Address
from kmtopo.resolve.allocation import Needs, allocate
from kmtopo.resolve.lock import Lock, read_lock
from kmtopo.source import Source

AT = Address.of("networks")
LOCK = Lock(
    {"prod.a": "10.64.0.0/24", "prod.b": "10.64.1.0/24"},
    {"prod.web.80": 20000},
    {"prod.redis.shop": 2, "prod.redis.web": 0},
)


def needs(
    *subnets: str, ports: tuple[str, ...] = (), taken: tuple[str, ...] = (), databases: tuple[str, ...] = ()
) -> Needs:
    return Needs(dict.fromkeys(subnets, AT), dict.fromkeys(ports, AT), taken, databases=dict.fromkeys(databases, 2))


def test_a_lock_reads_back_as_written() -> None:
    assert LOCK.text() == (
        "# What kmtopo allocated for this topology. Commit this file; build keeps it in step.\n"
        "# To allocate an entry anew, delete its line.\n"
        "kmtopo-lock: 1\n"
        "databases:\n"
        "  prod.redis.shop: 2\n"
        "  prod.redis.web: 0\n"
        "ports:\n"
        "  prod.web.80: 20000\n"
        "subnets:\n"
        "  prod.a: 10.64.0.0/24\n"
        "  prod.b: 10.64.1.0/24\n"
    )
    assert read_lock(Source("kmtopo.lock", LOCK.text())) == (LOCK, ())


def test_an_absent_lock_is_an_empty_one() -> None:
    assert read_lock(None) == (Lock(), ())


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("subnets: {}\n", "KM310", 1),
        ("kmtopo-lock: 2\n", "KM310", 1),
        ("kmtopo-lock: 1\nsubnets: [a]\n", "KM310", 2),
        ("kmtopo-lock: 1\nsubnets:\n  a.b: 10.64.0.1/24\n", "KM310", 3),
        ("kmtopo-lock: 1\nports:\n  a.b.80: 70000\n", "KM310", 3),
        ("kmtopo-lock: 1\ndatabases:\n  a.redis.b: -2\n", "KM310", 3),
        ("kmtopo-lock: 1\ndatabases:\n  a.redis.b: [0]\n", "KM310", 3),
        ("kmtopo-lock: 1\ndatabases:\n  a.redis.b: 0\n  a.redis.c: 0\n", "KM311", 4),
        ("kmtopo-lock: 1\nnetworks: {}\n", "KM310", 2),
        ("kmtopo-lock: 1\nsubnets:\n  a.b: 10.64.0.0/24\n  a.c: 10.64.0.0/24\n", "KM311", 4),
        ("kmtopo-lock: 1\nsubnets:\n<<<<<<< ours\n  a.b: 10.64.0.0/24\n", "KM101", 3),
    ],
)
def test_a_broken_lock_is_told_at_its_line(text: str, code: str, line: int) -> None:
    _, found = read_lock(Source("kmtopo.lock", text))
    assert [(d.code, d.primary.span.start.line) for d in found if d.primary and d.primary.span] == [(code, line)]


def test_new_entries_take_the_lowest_free_place_and_move_nobody() -> None:
    lock, found = allocate(needs("prod.a", "prod.b", "prod.0"), LOCK, "10.64.0.0/12", AT)
    assert found == []
    assert lock.subnets == {**LOCK.subnets, "prod.0": "10.64.2.0/24"}


def test_an_entry_that_nobody_needs_is_dropped_and_its_place_is_free_again() -> None:
    lock, _ = allocate(needs("prod.b", "prod.c"), LOCK, "10.64.0.0/12", AT)
    assert lock.subnets == {"prod.b": "10.64.1.0/24", "prod.c": "10.64.0.0/24"}


def test_what_the_file_takes_is_never_allocated() -> None:
    lock, _ = allocate(needs("prod.a", taken=("10.64.0.0/23",)), Lock(), "10.64.0.0/12", AT)
    assert lock.subnets == {"prod.a": "10.64.2.0/24"}


def test_a_pool_that_is_too_small_is_told_once() -> None:
    _, found = allocate(needs("prod.a", "prod.b", "prod.c"), Lock(), "10.64.0.0/23", AT)
    assert [(d.code, dict(d.values)) for d in found] == [("KM309", {"pool": "10.64.0.0/23", "count": "3"})]


def test_the_order_of_needs_does_not_matter() -> None:
    one, _ = allocate(needs("p.a", "p.b", ports=("p.x.1", "p.y.1")), Lock(), "10.64.0.0/12", AT)
    other, _ = allocate(needs("p.b", "p.a", ports=("p.y.1", "p.x.1")), Lock(), "10.64.0.0/12", AT)
    assert one.text() == other.text()


def test_each_family_has_numbered_databases_of_its_own_in_a_store_and_keeps_them() -> None:
    wanted = ("prod.redis.api", "prod.redis.web", "prod.redis.zoo", "prod.cache.web", "test.redis.web")
    lock, _ = allocate(needs(databases=wanted), LOCK, "10.64.0.0/12", AT)
    assert lock.databases == {
        "prod.redis.web": 0,
        "prod.redis.api": 2,
        "prod.redis.zoo": 4,
        "prod.cache.web": 0,
        "test.redis.web": 0,
    }


def test_an_entry_that_is_no_number_gives_nobody_a_database() -> None:
    lock, _ = read_lock(Source("kmtopo.lock", "kmtopo-lock: 1\ndatabases:\n  prod.redis.web: none\n"))
    assert allocate(needs(databases=("prod.redis.web",)), lock, "10.64.0.0/12", AT)[0].databases == {
        "prod.redis.web": 0
    }


def test_stores_may_number_their_databases_alike() -> None:
    lock = Lock(databases={"prod.cache.web": 0, "prod.redis.web": 0, "test.redis.web": 0})
    assert read_lock(Source("kmtopo.lock", lock.text())) == (lock, ())
