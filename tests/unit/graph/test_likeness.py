"""How two environments differ: by the reason that an architect would give, and never in where things run."""

from __future__ import annotations

import pytest

from kmtopo.graph.likeness import differences, excepted
from topologies import KMMOTOS, checked

BASE = """\
kmtopo: 1
name: shop
vps: {main: {address: 203.0.113.10}, other: {address: 203.0.113.11}}
networks: {edge: {internal: false}, data: {}}
containers:
  web:
    type: generic
    image: shop/web:1.0.0
    port: 3000
    vps: main
    networks: [edge, data]
    uses: {db: {}}
    env: {MODE: fast}
    secrets: [api_key]
    volumes: {files: {path: /data, size: 1GiB}}
    publish: ["8000:3000"]
    resources: {cpu: 1, memory: 1GiB}
  db: {type: postgres, image: "postgres:17.6", vps: main, networks: [data], resources: {cpu: 1, memory: 1GiB}}
environments:
  one: {tls: false, domain: a.shop.example}
  two: {tls: false, domain: a.shop.example, BODY}
"""


def told(body: str) -> list[str]:
    graphs = checked(BASE.replace("BODY", body)).graphs
    return [
        f"{d.aspect}: {d.address}: {d.left or 'none'} / {d.right or 'none'}"
        for d in differences(graphs["one"], graphs["two"])
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("title: Same", []),
        ("containers: {web: {image: 'shop/web:2.0.0'}}", ["rest: containers.web.image: shop/web:1.0.0 / shop/web:2.0.0"]),
        ("containers: {web: {env: {EXTRA: 1}}}", ["rest: containers.web.env.EXTRA: none / -"]),
        ("containers: {web: {env: {MODE: slow}}}", []),
        ("containers: {web: {secrets: [api_key, other_key]}}", ["rest: containers.web.secrets.other_key: none / -"]),
        ("containers: {web: {uses: {db: {optional: true}}}}", ["rest: containers.web.uses.db: - / optional"]),
        ("containers: {web: {networks: [data]}}", [
            "rest: containers.web.networks.edge: - / none",
            "rest: networks.edge: - / none",
        ]),
        ("containers: {web: {publish: ['9000:3000']}}", [
            'ports: containers.web.publish["3000/tcp"]: 203.0.113.10:8000 / 203.0.113.10:9000'
        ]),
        ("containers: {web: {publish: ['127.0.0.1:8000:3000']}}", [
            'ports: containers.web.publish["3000/tcp"]: 203.0.113.10:8000 / 127.0.0.1:8000',
            'rest: containers.web.publish["3000/tcp"]: published / loopback',
        ]),
        ("containers: {web: {publish: ['9000:3000', '127.0.0.1:9001:3000']}}", [
            'ports: containers.web.publish["3000/tcp"]: 203.0.113.10:8000 / 127.0.0.1:9001, 203.0.113.10:9000'
        ]),
        ("networks: {data: {internal: false}}", ["rest: networks.data.internal: true / false"]),
        ("scale: {memory: 0.5, disk: 0.5}", [
            "scale: containers.db.memory: 1 GiB / 512 MiB",
            "scale: containers.web.memory: 1 GiB / 512 MiB",
            'scale: containers.web.volumes["/data"]: 1 GiB / 512 MiB',
        ]),
        ("containers: {db: {volumes: {renamed: 1GiB}}}", [
            'rest: containers.db.volumes["/var/lib/postgresql/data"]: none / volume',
            'scale: containers.db.volumes["/var/lib/postgresql/data"]: none / 1 GiB',
        ]),
        ("containers: {web: {volumes: {files: null, renamed: {path: /data, size: 1GiB}}}}", []),
    ],
)  # fmt: skip
def test_a_difference_is_told_with_its_aspect(body: str, expected: list[str]) -> None:
    assert told(body) == expected


def test_another_machine_is_no_difference() -> None:
    assert told("vps: other") == ['ports: containers.web.publish["3000/tcp"]: 203.0.113.10:8000 / 203.0.113.11:8000']


def test_tests_of_kmmotos_run_what_production_runs() -> None:
    graphs = checked(KMMOTOS).graphs
    found = differences(graphs["produccion"], graphs["pruebas"])

    assert {d.aspect for d in found} == {"scale", "domain", "tenants", "tls", "ports"}
    assert excepted(found, ["scale", "domain", "tenants", "tls"]) == ()


def test_an_address_excepts_what_lies_under_it() -> None:
    graphs = checked(KMMOTOS).graphs
    found = excepted(differences(graphs["produccion"], graphs["desarrollo"]), ["scale", "domain", "tenants", "tls"])
    left = excepted(found, ["containers.mailpit", "networks"])

    assert {str(d.address) for d in found} - {str(d.address) for d in left} == {
        "containers.mailpit",
        "networks.comando.internal",
        "networks.seguridad.internal",
    }
