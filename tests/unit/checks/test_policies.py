"""Whom a policy names: what it takes for a name, the rule that it states takes for one, too."""

from __future__ import annotations

import pytest

from topologies import checked

SHOP = """\
kmtopo: 1
name: shop
vps: {main: {address: 203.0.113.10}}
networks: {edge: {internal: false}, data: {}}
zones: {north: {}}
containers:
  nginx: {type: nginx, image: "nginx:1.29.8-alpine", networks: [edge], publish: [80], routes: {/: web}}
  web: {type: generic, image: "shop/web:1.0.0", port: 3000, networks: [edge, data], uses: {db: {}}}
  db: {type: postgres, image: "postgres:17.6", networks: [data]}
environments: {production: {domain: shop.example, tls: false}}
policies: [{POLICY, why: It is so}]
"""


def codes(policy: str) -> list[str]:
    found = checked(SHOP.replace("POLICY", policy)).diagnostics
    return [d.code for d in found if d.code in ("KM301", "KM508", "KM509")]


@pytest.mark.parametrize(
    ("policy", "found"),
    [
        ("deny: {from: web, to: containers.db}", ["KM508"]),
        ("deny: {from: containers.w*, to: networks.data}", ["KM508"]),
        ("deny: {from: nginx, to: containers.db}", []),
        ("deny: {from: nginx, to: containers.edge}", ["KM301"]),
        ("deny: {from: nginx, to: networks.db}", ["KM301"]),
        ("deny: {from: nginx, to: shelf.db}", ["KM301"]),
        ("deny: {from: nginx, to: north}", ["KM301"]),
        ("publish: [nginx]", []),
        ("publish: [edge, nginx]", ["KM301"]),
    ],
)
def test_a_name_is_known_where_the_rule_finds_it(policy: str, found: list[str]) -> None:
    assert codes(policy) == found
