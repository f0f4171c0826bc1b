"""What a change changes is said, whatever it is, but never what a credential is."""

from __future__ import annotations

import pytest

from kmtopo.graph.changes import changes
from topologies import checked

BEFORE = """\
kmtopo: 1
name: shop
vps: {main: {address: 203.0.113.10}}
networks: {edge: {internal: false}, data: {}}
containers:
  nginx: {type: nginx, image: "nginx:1.29.8-alpine", networks: [edge], publish: [80], routes: {/api: {to: web}}}
  web:
    type: generic
    image: shop/web:1.0.0
    build: {context: web}
    port: 3000
    networks: [edge, data]
    env: {API_TOKEN: tok-1, API_URL: "https://ana:pw-1@api.example", MODE: "${env:MODE}"}
    healthcheck: {command: [true]}
    volumes: {files: {path: /data, size: 1GiB}}
environments: {production: {domain: shop.example, tls: false}}
"""


def told(old: str, new: str) -> list[str]:
    assert BEFORE.count(old) == 1
    before, after = (checked(text).graphs["production"] for text in (BEFORE, BEFORE.replace(old, new)))
    found = changes(before, after)
    assert changes(before, before).is_none
    return [f"{d.sign} {d.address}: {' → '.join(d.values)}" for d in found.said]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("to: web", "to: web, strip: true", ['~ containers.nginx.routes["/api"]: web 3000 → web 3000 strip']),
        ("to: web", "to: web, body: 20MiB", ['~ containers.nginx.routes["/api"]: web 3000 → web 3000 body 20 MiB']),
        ("to: web", "to: web, timeout: 90s", ['~ containers.nginx.routes["/api"]: web 3000 → web 3000 timeout 90s']),
        ("command: [true]", "command: [false]", ["~ containers.web.healthcheck.test: CMD true → CMD false"]),
        ("{files: ", "{archive: ", ['~ containers.web.volumes["/data"]: files → archive']),
        ("${env:MODE}", "${env:HOW}", ["~ containers.web.env.MODE: ${env:MODE} → ${env:HOW}"]),
        ("tok-1", "tok-2", ["~ containers.web.env.API_TOKEN: ••• → •••"]),
        (
            "pw-1@api",
            "pw-2@api",
            ["~ containers.web.env.API_URL: https://ana:•••@api.example → https://ana:•••@api.example"],
        ),
        ("{context: web}", "{context: web, target: run}", ["+ containers.web.build.target: run"]),
        ("publish: [80]", 'publish: ["127.0.0.1:80:80"]', [
            '~ containers.nginx.publish["80/tcp"]: 203.0.113.10:80 → 127.0.0.1:80'
        ]),
    ],
)  # fmt: skip
def test_what_changes_is_said(old: str, new: str, said: list[str]) -> None:
    assert told(old, new) == said
