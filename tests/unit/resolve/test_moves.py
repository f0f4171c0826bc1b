"""Renames: what the lock holds stays with a thing under its new name; what does not follow is told."""

from __future__ import annotations

import pytest

from topologies import checked, told

SHOP = """\
kmtopo: 1
name: shop
vps: {main: {address: 203.0.113.10}}
networks: {lan: {}}
containers:
  redis: {type: redis, image: "redis:8.2.0", networks: [lan], resources: {cpu: 1, memory: 1GiB}}
  web:
    type: generic
    image: shop/web:1.0.0
    networks: [lan]
    uses: {redis: {for: [cache]}}
    resources: {cpu: 1, memory: 1GiB}
environments:
  production: {}
"""
LOCK = """\
kmtopo-lock: 1
databases:
  production.redis.web: 4
subnets:
  production.lan: 10.64.9.0/24
"""


def renamed(*names: tuple[str, str], moved: str = "") -> str:
    text = SHOP
    for old, new in names:
        text = text.replace(old, new)
    return text + moved


def lock_of(text: str, lock: str = LOCK) -> dict[str, object]:
    made = checked(text, lock).lock
    assert made is not None
    return {**made.databases, **made.subnets}


def codes(text: str, lock: str | None = LOCK) -> list[str]:
    return [code for code, _, _ in told(checked(text, lock)) if code != "KM502"]


def test_a_network_keeps_its_subnet() -> None:
    text = renamed(
        ("lan", "inside"), moved="moved:\n  - {from: networks.lan, to: networks.inside, why: A better word}\n"
    )

    assert lock_of(text) == {"production.inside": "10.64.9.0/24", "production.redis.web": 4}
    assert codes(text) == []


def test_without_a_move_it_gets_another() -> None:
    assert lock_of(renamed(("lan", "inside")))["production.inside"] == "10.64.0.0/24"


def test_several_renames_meet_in_one_entry() -> None:
    moved = """\
moved:
  - {from: containers.web, to: containers.site, why: A better word}
  - {from: containers.redis, to: containers.memory, why: A better word}
  - {from: environments.production, to: environments.live, why: A better word}
"""
    text = renamed(("web:", "site:"), ("redis:", "memory:"), ("uses: {redis", "uses: {memory"), ("production", "live"))
    text = text.replace('image: "memory:', 'image: "redis:') + moved

    assert lock_of(text) == {"live.lan": "10.64.9.0/24", "live.memory.site": 4}


def test_a_chain_of_renames_leads_from_any_of_its_names() -> None:
    moved = """\
moved:
  - {from: networks.lan, to: networks.middle, why: First}
  - {from: networks.middle, to: networks.inside, why: Then}
"""
    text = renamed(("lan", "inside"), moved=moved)

    assert lock_of(text)["production.inside"] == "10.64.9.0/24"
    assert codes(text) == []
    assert lock_of(text, LOCK.replace(".lan", ".middle"))["production.inside"] == "10.64.9.0/24"
    assert codes(text, LOCK.replace(".lan", ".middle")) == ["KM343"]


def test_a_dedicated_tenants_networks_follow_the_tenant_and_the_original() -> None:
    text = """\
kmtopo: 1
name: shop
vps: {main: {address: 203.0.113.10}}
networks: {lan: {}}
containers:
  db: {type: postgres, image: "postgres:17.2", networks: [lan], resources: {cpu: 1, memory: 1GiB}, volumes: {db: 1GiB}}
  app: {type: laravel, image: shop/app:1.0.0, networks: [lan], uses: {db: {}}, resources: {cpu: 1, memory: 1GiB}}
tenancy: {flavor: custom, stores: {db: database}, domain: "${tenant.slug}.shop.example"}
tenants: {north: {placement: dedicated}, south: {}}
environments: {production: {}}
"""
    lock = "kmtopo-lock: 1\nsubnets:\n  production.lan-north: 10.64.9.0/24\n  production.lan: 10.64.8.0/24\n"
    moved = """\
moved:
  - {from: tenants.north, to: tenants.nordic, why: Its new name}
  - {from: networks.lan, to: networks.inside, why: A better word}
"""
    text = (
        text.replace("north", "nordic")
        .replace("lan}", "inside}")
        .replace("{lan:", "{inside:")
        .replace("[lan]", "[inside]")
    )

    assert lock_of(text + moved, lock) == {
        "production.inside": "10.64.8.0/24",
        "production.inside-nordic": "10.64.9.0/24",
    }
    (found,) = [d for d in checked(text + moved, lock).diagnostics if d.code == "KM344"]
    assert dict(found.values) == {"before": "tenants.north", "after": "tenants.nordic", "data": "shop_nordic"}


@pytest.mark.parametrize(
    ("moved", "found"),
    [
        ("{from: networks.wan, to: networks.lan, why: W}", [("KM343", 16, 5)]),
        ("{from: networks.lan, to: networks.lan, why: W}", [("KM340", 16, 12)]),
        ("{from: networks.wan, to: networks.lam, why: W}", [("KM301", 16, 30)]),
        ("{from: networks.wan, to: containers.web, why: W}", [("KM341", 16, 30)]),
        ("{from: networks, to: networks.lan, why: W}", [("KM341", 16, 12)]),
        ('{from: "a b", to: networks.lan, why: W}', [("KM341", 16, 12)]),
        ("{from: policies.a, to: policies.b, why: W}", [("KM341", 16, 12), ("KM341", 16, 28)]),
        ("{from: networks.wan, to: networks.lan}", [("KM218", 16, 5), ("KM343", 16, 5)]),
        ("{to: networks.lan, why: W}", [("KM203", 16, 5)]),
    ],
)
def test_what_cannot_be_meant_is_located(moved: str, found: list[tuple[str, int, int]]) -> None:
    assert [each for each in told(checked(f"{SHOP}moved:\n  - {moved}\n", LOCK)) if each[0] != "KM502"] == found


def test_two_renames_to_one_name_or_from_one_are_one_too_many() -> None:
    twice = (
        "moved:\n  - {from: networks.a, to: networks.lan, why: W}\n  - {from: networks.b, to: networks.lan, why: W}\n"
    )
    parted = (
        "moved:\n  - {from: networks.a, to: networks.lan, why: W}\n  - {from: networks.a, to: networks.b, why: W}\n"
    )

    assert codes(SHOP + twice) == ["KM343", "KM342"]
    assert codes(SHOP + parted) == ["KM343", "KM342"]


def test_renames_in_a_circle_lead_nowhere() -> None:
    circle = "moved:\n  - {from: networks.a, to: networks.b, why: W}\n  - {from: networks.b, to: networks.a, why: W}\n"

    assert codes(SHOP + circle) == ["KM301", "KM301"]


def test_a_broken_lock_says_nothing_about_renames() -> None:
    moved = "moved:\n  - {from: networks.wan, to: networks.lan, why: W}\n"

    assert codes(SHOP + moved, "kmtopo-lock: 2\n") == ["KM310"]


def test_a_rename_that_is_accepted_is_silent() -> None:
    accepted = "accept:\n  - {rule: move-unused, of: networks.lan, why: Other branches need it}\n"

    assert codes(f"{SHOP}moved:\n  - {{from: networks.wan, to: networks.lan, why: W}}\n{accepted}") == []
