"""Where a proxy's routes may lead."""

from __future__ import annotations

import pytest

from topologies import checked, told

SHOP = """\
kmtopo: 1
name: shop
vps: {main: {address: 203.0.113.10}}
defaults: {containers: {resources: {cpu: 0.25, memory: 128MiB}}}
containers:
  nginx: {type: nginx, image: "nginx:1.29.8-alpine", publish: [80], routes: {/: store}}
  store: {type: postgres, image: "postgres:17.6", volumes: {data: 1GiB}}
environments: {production: {domain: shop.example, tls: false}}
"""


@pytest.mark.parametrize(
    ("store", "found"),
    [
        ("postgres", [("KM327", 6, 81)]),
        ("postgres, port: 5433", [("KM327", 6, 81)]),
        ("postgres, port: 9000/fastcgi", [("KM327", 6, 81)]),
        ("postgres, port: 8080/http", []),
        ("generic, port: 5432", []),
    ],
)
def test_a_route_leads_to_no_data_store_but_one_that_speaks_http(store: str, found: list[tuple[str, int, int]]) -> None:
    text = SHOP.replace("type: postgres", f"type: {store}").replace("data: 1GiB", "data: {path: /data, size: 1GiB}")

    assert [each for each in told(checked(text)) if each[0] in ("KM316", "KM327")] == found
