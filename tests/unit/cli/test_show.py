"""``show``: a value and where it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_lines import Kmtopo


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (
            'containers.nginx.routes["/api"] -e produccion',
            """\
# containers.nginx.routes["/api"] (produccion)
routes["/api"].to    backend  # topology.yaml:35:18
routes["/api"].body  20MiB  # topology.yaml:35:33
""",
        ),
        (
            "nginx.publish",
            """\
# containers.nginx.publish (desarrollo)
publish  [127.0.0.1:8080:80]  # topology.yaml:162:18
# containers.nginx.publish (produccion)
publish  [80, 443]  # topology.yaml:32:14
# containers.nginx.publish (pruebas)
publish  [8080:80, 8443:443]  # topology.yaml:147:24
""",
        ),
        (
            "backend.resources -e produccion -e pruebas",
            """\
# containers.backend.resources (produccion)
resources.cpu     2  # topology.yaml:53:22
resources.memory  3GiB  # topology.yaml:53:33
# containers.backend.resources (pruebas)
resources.cpu     0.5  # topology.yaml:53:22, scaled at topology.yaml:144:18
resources.memory  768MiB  # topology.yaml:53:33, scaled at topology.yaml:144:32
""",
        ),
        (
            "cola.image -e produccion",
            """\
# containers.cola.image (produccion)
image  kmmotos/backend:1.0.0  # topology.yaml:44:12
""",
        ),
        (
            "backend.port -e produccion",
            """\
# containers.backend.port (produccion)
port  9000/fastcgi  # type laravel
""",
        ),
        (
            "backend.env.APP_LOCALE -e produccion",
            """\
# containers.backend.env.APP_LOCALE (produccion)
env.APP_LOCALE  es  # topology.yaml:52:23
""",
        ),
        (
            "networks.comando -e produccion",
            """\
# networks.comando (produccion)
title     Red de Comando  # topology.yaml:23:20
purpose   Coordinación de la aplicación: caché, sesiones y cola de trabajos  # topology.yaml:23:45
internal  true  # default
vps       [principal]  # environment
subnet    10.64.3.0/24  # allocated; the next build keeps it in kmtopo.lock
""",
        ),
        (
            "central.domain -e pruebas",
            """\
# tenants.central.domain (pruebas)
domain  [central.pruebas.kmmotos.hn]  # topology.yaml:142:13
""",
        ),
        (
            "tenancy.domain",
            """\
# tenancy.domain (desarrollo)
domain  [{tenant}.localhost]  # topology.yaml:153:13
# tenancy.domain (produccion)
domain  [{tenant}.kmmotos.hn]  # topology.yaml:122:11
# tenancy.domain (pruebas)
domain  [{tenant}.pruebas.kmmotos.hn]  # topology.yaml:142:13
""",
        ),
        (
            "environments.produccion",
            """\
# environments.produccion (produccion)
title     Producción  # topology.yaml:136:23
stage     production  # topology.yaml:136:42
tls.mode  acme  # topology.yaml:136:75
""",
        ),
        (
            "environments.pruebas.containers.nginx",
            """\
# environments.pruebas.containers.nginx
environments.pruebas.containers.nginx.publish  [8080:80, 8443:443]  # topology.yaml:147:24
""",
        ),
        (
            "policies[2]",
            """\
# policies[2]
policies[2].publish  [nginx]  # topology.yaml:190:15
policies[2].why      Un solo punto de entrada  # topology.yaml:190:29
""",
        ),
        (
            "name",
            """\
# name
name  kmmotos  # topology.yaml:2:7
""",
        ),
    ],
)
def test_a_value_is_shown_with_its_place(line: str, shown: str, kmmotos: Path, kmtopo: Kmtopo) -> None:
    what, *options = line.split()

    outcome = kmtopo("show", what, *options)

    assert (outcome.code, outcome.out, outcome.err) == (0, shown, "")


def test_a_tenants_own_domain_is_shown_with_what_replaces_it(kmmotos: Path, kmtopo: Kmtopo) -> None:
    topology = kmmotos / "topology.yaml"
    own = topology.read_text(encoding="utf-8").replace("KM Cars,", "KM Cars, domain: autos.hn,")
    topology.write_text(own, encoding="utf-8")

    assert kmtopo("show", "km-cars.domain", "-e", "produccion", "-e", "pruebas").out == (
        """\
# tenants.km-cars.domain (produccion)
domain  [autos.hn]  # topology.yaml:130:37
# tenants.km-cars.domain (pruebas)
domain  [km-cars.pruebas.kmmotos.hn]  # topology.yaml:142:13
"""
    )


def test_what_was_allocated_stands_in_the_lock(hello: Path, kmtopo: Kmtopo) -> None:
    kmtopo("build", "--only", "env")

    assert kmtopo("show", "networks.default.subnet").out == (
        "# networks.default.subnet (production)\nsubnet  10.64.0.0/24  # kmtopo.lock:5:23\n"
    )


def test_a_reference_is_shown_as_what_it_leads_to(hello: Path, kmtopo: Kmtopo) -> None:
    assert kmtopo("--lang", "es", "show", "api.env").out == (
        """\
# containers.api.env (production)
env.DATABASE_HOST  postgres  # topology.yaml:37:22
env.DATABASE_PORT  5432  # topology.yaml:38:22
"""
    )


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("containers.bakend", "nothing stands at `containers.bakend`; did you mean `containers.backend`?"),
        ("nginx.rutes", "nothing stands at `nginx.rutes`; did you mean `containers.nginx.routes`?"),
        ("bakend", "nothing stands at `bakend`; did you mean `backend`?"),
        ("backend.resources.cpus", "nothing stands at `backend.resources.cpus`; did you mean `backend.resources.cpu`?"),
        ("policies[99]", "nothing stands at `policies[99]`"),
        ("a..b", "nothing stands at `a..b`"),
        ("", "nothing stands at ``"),
    ],
)
def test_what_is_not_there_is_told_with_what_may_be_meant(what: str, said: str, kmmotos: Path, kmtopo: Kmtopo) -> None:
    outcome = kmtopo("show", what)

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"kmtopo: {said.partition('; did')[0]}")


def test_a_name_that_two_things_have_is_ambiguous(hello: Path, kmtopo: Kmtopo) -> None:
    text = (hello / "topology.yaml").read_text(encoding="utf-8")
    (hello / "topology.yaml").write_text(f"{text}\nnetworks: {{api: {{internal: false}}}}\n", encoding="utf-8")

    outcome = kmtopo("show", "api.title")

    assert (outcome.code, outcome.err) == (
        1,
        "kmtopo: `api.title` is ambiguous: say which of networks.api.title, containers.api.title\n",
    )
