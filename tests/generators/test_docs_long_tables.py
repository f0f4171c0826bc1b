"""Long tables of documents: what is alike is told together."""

from __future__ import annotations

from functools import cache

from kmtopo import registry
from kmtopo.markup.formats import FORMATS
from kmtopo.pipeline import Build
from kmtopo.plugin import Graph
from topologies import checked

GENERATOR = registry.generator("docs")


def shown(block: str, build: Build) -> str:
    graphs: dict[str, Graph] = dict(build.graphs)
    return FORMATS["markdown"].written(GENERATOR.blocks[block](graphs["production"], graphs))


SILOS = """\
kmtopo: 1
name: silos
vps: {one: {address: 203.0.113.10, capacity: {cpu: 640, memory: 4TiB, disk: 4TiB}}}
networks: {edge: {internal: false}, data: {}}
environments: {production: {tls: false}}
containers:
  proxy: {type: nginx, image: "nginx:1.29", networks: [edge], publish: [80], routes: {/: app}}
  app: {type: laravel, image: "silos/app:1.0.0", networks: [edge, data], uses: [jobs, postgres]}
  jobs: {type: generic, image: "silos/jobs:1.0.0", networks: [data], port: 90, uses: [postgres]}
  postgres: {type: postgres, image: "postgres:17.6", networks: [data]}
zones: {north: {title: North, city: San Pedro Sula}, empty: {title: Nobody}}
tenancy: {flavor: stancl, domain: "{tenant}.silos.example", stores: {postgres: database}, placement: dedicated}
tenants:
  a01: {title: The first, zone: north, branches: [One, Two], resources: {memory: 1GiB, cpu: 2}}
"""


@cache
def silos(tenants: int) -> Build:
    return checked(SILOS + "".join(f"  b{number:03}: {{title: B{number}}}\n" for number in range(2, tenants + 1)))


def test_while_copies_are_few_each_is_told() -> None:
    rows = shown("containers", silos(50)).splitlines()[2:]

    assert len(rows) == 2 * 50 + 2
    assert rows[0].startswith("| Laravel (The first) `silos/app:1.0.0` | data (The first), edge (The first) |")


def test_of_many_copies_those_that_are_alike_are_one_row() -> None:
    assert shown("containers", silos(51)) == (
        """\
| Container and image | Networks | Ports | Resources |
| --- | --- | --- | --- |
| Laravel (The first) `silos/app:1.0.0` | data (of the same tenant), edge (of the same tenant) | `9000` fastcgi | 2 CPU, 1 GiB |
| Laravel (50 dedicated tenants) `silos/app:1.0.0` | data (of the same tenant), edge (of the same tenant) | `9000` fastcgi |   |
| jobs (The first) `silos/jobs:1.0.0` | data (of the same tenant) | `90` http | 2 CPU, 1 GiB |
| jobs (50 dedicated tenants) `silos/jobs:1.0.0` | data (of the same tenant) | `90` http |   |
| PostgreSQL `postgres:17.6` | data, data (51 dedicated tenants) | `5432` postgresql |   |
| Nginx `nginx:1.29` | edge, edge (51 dedicated tenants) | `80` http; publishes `80` |   |
"""
    )


def test_calls_of_many_copies_are_told_once() -> None:
    assert shown("calls", silos(51)) == (
        """\
| Who calls | Whom | Port | Network | What for |
| --- | --- | --- | --- | --- |
| Laravel (51 dedicated tenants) | jobs (of the same tenant) | `90` http | data (of the same tenant) |   |
| Laravel (51 dedicated tenants) | PostgreSQL | `5432` postgresql | data (of the same tenant) |   |
| jobs (51 dedicated tenants) | PostgreSQL | `5432` postgresql | data (of the same tenant) |   |
| Nginx | Laravel (51 dedicated tenants) | `9000` fastcgi | edge (51 dedicated tenants) |   |
"""
    )


def test_networks_of_many_copies_are_told_once_and_name_no_subnet() -> None:
    assert [line for line in shown("networks", silos(51)).splitlines() if "dedicated" in line] == [
        "| data (51 dedicated tenants) |   |   | yes | Laravel (of the same tenant), jobs (of the same tenant), PostgreSQL |",
        "| edge (51 dedicated tenants) |   |   | no | Laravel (of the same tenant), Nginx |",
    ]


def test_failures_and_the_matrix_count_many_copies() -> None:
    copies = "Laravel (51 dedicated tenants), jobs (51 dedicated tenants)"

    assert f"| PostgreSQL | {copies}, Nginx |" in shown("failures", silos(51))
    assert (
        "| Laravel (51 dedicated tenants) | jobs (of the same tenant), PostgreSQL | Internet, Laravel (50 dedicated tenants), Nginx |"
        in shown("matrix", silos(51))
    )


def test_a_hundred_tenants_have_a_row_each() -> None:
    assert len(shown("tenants", silos(100)).splitlines()) == 100 + 2


def test_more_tenants_are_told_by_zone_with_one_of_them() -> None:
    assert shown("tenants", silos(101)) == (
        """\
They are too many for a table: one of each zone is shown. To see another: `kmtopo show tenants.a01`.

| Zone | Tenants | Branches | For example | Domain | Data |
| --- | --- | --- | --- | --- | --- |
| North (San Pedro Sula) | 1 | 2 | The first (dedicated) | `a01.silos.example` | PostgreSQL `tenanta01` |
|   | 100 | 0 | B2 (dedicated) | `b002.silos.example` | PostgreSQL `tenantb002` |
"""
    )
