"""What an operator is told to do after a change: the topology before and after it, and the whole answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import compose_fake as fake
from kmtopo.cli.next_steps import tell_steps
from kmtopo.cli.session import Session
from kmtopo.lifecycle import Outlook, Steps, outlooks
from kmtopo.lifecycle.steps import Files, running, steps
from kmtopo.pipeline import Build
from kmtopo.plugin import Folder, Runtime
from kmtopo.testing import tree_of
from kmtopo.writer import Action, Change
from topologies import UNDRAWN, built

SHOP = """\
kmtopo: 1
name: shop
locale: en
vps:
  server: {address: 203.0.113.10}
  other: {address: 203.0.113.11}
networks: {edge: {internal: false}, data: {subnet: 10.2.0.0/24}}
defaults: {containers: {vps: server, resources: {memory: 512MiB}}}
containers:
  nginx:
    type: nginx
    image: nginx:1.29.8-alpine
    networks: [edge]
    publish: [80, 443]
    routes: {/: site, /api: app}
  site: {type: static, image: "shop/site:1.0.0", networks: [edge]}
  app:
    type: laravel
    image: shop/app:1.0.0
    networks: [edge, data]
    uses: {schema: {}, postgres: {}, redis: {}}
  jobs: {extends: app, process: queue, networks: [data], replicas: 2, env: {LOG_LEVEL: info}}
  schema: {extends: app, process: migrate, once: true, networks: [data], uses: {schema: null, redis: null}}
  postgres: {type: postgres, image: "postgres:17.6", networks: [data]}
  redis: {type: redis, image: "redis:7.4.5", networks: [data]}
tenancy: {flavor: stancl, domain: "{tenant}.shop.example", stores: {postgres: database}}
tenants:
  bakery: {title: Bakery}
  cafe: {title: Café}
environments: {production: {tls: self-signed}}
"""
COMPANY = ("tenants:\n", "tenants:\n  atelier: {title: Atelier}\n")
IMAGE = ("shop/app:1.0.0", "shop/app:1.1.0")
POSTGRES = ("postgres:17.6", "postgres:17.7")


def outlook(*changes: tuple[str, str]) -> Outlook | None:
    """What follows in production from edits of the shop's topology."""
    text = SHOP
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    before = built(SHOP, generators=UNDRAWN)
    after = built(text, before.lock.text() if before.lock else None, generators=UNDRAWN)
    assert before.ok, before.diagnostics
    assert after.ok, after.diagnostics
    return _outlooks(before, after).get("production")


def _outlooks(before: Build, after: Build) -> dict[str, Outlook]:
    old, new = tree_of(before), tree_of(after)
    changes = [
        Change(f"build/{path}", Action.CHANGE, old.get(path), new.get(path))
        for path in sorted(old.keys() | new.keys())
        if old.get(path) != new.get(path)
    ]
    return outlooks(changes, "build", after.artifacts, {n: g.deployment for n, g in after.graphs.items()})


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Prints steps as the command line does."""

    def tell(*due: Steps, language: str = "en") -> str:
        for each in due:
            tell_steps(Session(language), each, Path("build/production") / each.machine)
        return capsys.readouterr().out

    return tell


THERE = (
    "  on server: copy build/production/server there, and its secrets, unless this is the machine;"
    " then in that folder:\n"
)
ALLI = (
    "  en server: copia allí build/production/server y sus secretos, si no es esta máquina; después, en esa carpeta:\n"
)
RELOADS = (
    "    docker compose exec nginx nginx -c /etc/kmtopo/nginx/nginx.conf -t && docker compose exec nginx nginx -c /etc/kmtopo/nginx/nginx.conf -s reload"
    "  # nginx tests its configuration and takes it over; no connection is cut\n"
)
PROVISIONS = "    sh postgres/provision.sh  # postgres: users and databases as the topology says; nothing restarts\n"
REREAD = "    # without a restart, the changed files are read again by app, jobs\n"

SCENARIOS: dict[str, tuple[list[tuple[str, str]], str]] = {
    "a company comes": (
        [COMPANY],
        PROVISIONS
        + "    docker compose run --rm schema  # tables for atelier\n"
        + RELOADS
        + REREAD
        + "  who notices: nobody, nothing stops\n"
        "  untouched: app, jobs, postgres, redis, schema, site\n",
    ),
    "a company goes": (
        [("  cafe: {title: Café}\n", "")],
        PROVISIONS + RELOADS + REREAD + "    sh postgres/deprovision.sh cafe"
        "  # optional, after a backup: shuts out cafe; data goes only where you say so\n"
        "  who notices: nobody, nothing stops\n"
        "  untouched: app, jobs, postgres, redis, schema, site\n",
    ),
    "companies go": (
        [("  bakery: {title: Bakery}\n  cafe: {title: Café}\n", "  club: {title: Club}\n")],
        (
            PROVISIONS
            + "    docker compose run --rm schema  # tables for club\n"
            + RELOADS
            + REREAD
            + "    sh postgres/deprovision.sh TENANT"
            "  # optional, after a backup: shuts out bakery, cafe; data goes only where you say so\n"
            "  who notices: nobody, nothing stops\n"
            "  untouched: app, jobs, postgres, redis, schema, site\n"
        ),
    ),
    "a company gets containers of its own": (
        [("{title: Café}", "{title: Café, placement: dedicated}")],
        (
            "    docker compose up -d --wait postgres redis  # replaces postgres, redis\n"
            + PROVISIONS
            + "    sh redis/provision.sh  # redis: users and databases as the topology says; nothing restarts\n"
            "    docker compose up -d  # replaces nginx; starts app-cafe, jobs-cafe, schema-cafe\n"
            + REREAD
            + "  who notices: all tenants, while these start again: nginx, postgres, redis\n"
            "  untouched: app, jobs, schema, site\n"
        ),
    ),
    "the application is released": (
        [IMAGE],
        (
            "    docker compose up -d  # replaces app, jobs, schema\n"
            "  who notices: all tenants, while these start again: app, jobs\n"
            "  untouched: nginx, postgres, redis, site\n"
        ),
    ),
    "a variable of the worker": (
        [("LOG_LEVEL: info", "LOG_LEVEL: debug")],
        (
            "    docker compose up -d  # replaces jobs\n"
            "  who notices: nobody; jobs wait while these start again: jobs\n"
            "  untouched: app, nginx, postgres, redis, schema, site\n"
        ),
    ),
    "more workers": (
        [("replicas: 2", "replicas: 3")],
        (
            "    docker compose up -d  # another number of jobs\n"
            "  who notices: nobody, nothing stops\n"
            "  untouched: app, nginx, postgres, redis, schema, site\n"
        ),
    ),
    "a limit of the proxy": (
        [("{title: Bakery}", "{title: Bakery, limits: {rate: 5/s}}")],
        RELOADS + "  who notices: nobody, nothing stops\n  untouched: app, jobs, postgres, redis, schema, site\n",
    ),
    "a service comes": (
        [
            ("routes: {/: site,", "routes: {/: site, /help: help,"),
            ("  app:\n", "  help: {type: static, image: 'shop/help:1', networks: [edge]}\n  app:\n"),
        ],
        "    docker compose up -d  # starts help\n" + RELOADS + "  who notices: nobody, nothing stops\n"
        "  untouched: app, jobs, postgres, redis, schema, site\n",
    ),
    "a service goes": (
        [("  jobs: {extends: app, process: queue, networks: [data], replicas: 2, env: {LOG_LEVEL: info}}\n", "")],
        (
            "    docker compose up -d --remove-orphans  # removes jobs; volumes stay\n"
            "  who notices: nobody, nothing stops\n"
            "  untouched: app, nginx, postgres, redis, schema, site\n"
        ),
    ),
    "the database is replaced, and a company comes": (
        [POSTGRES, COMPANY],
        "    docker compose up -d --wait postgres  # replaces postgres\n"
        + PROVISIONS
        + "    docker compose run --rm schema  # tables for atelier\n"
        + RELOADS
        + REREAD
        + "  who notices: all tenants, while these start again: postgres\n"
        "  untouched: app, jobs, redis, schema, site\n",
    ),
    "the database is replaced": (
        [POSTGRES],
        (
            "    docker compose up -d  # replaces postgres; restarts app, jobs\n"
            "  who notices: all tenants, while these start again: app, jobs, postgres\n"
            "  untouched: nginx, redis, schema, site\n"
        ),
    ),
    "a network lies elsewhere": (
        [("10.2.0.0/24", "10.3.0.0/24")],
        (
            "    docker compose up -d  # replaces app, jobs, postgres, redis, schema\n"
            "  who notices: all tenants, while these start again: app, jobs, postgres, redis\n"
            "  untouched: nginx, site\n"
        ),
    ),
}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_change_has_its_steps(scenario: str, told: Callable[..., str]) -> None:
    changes, expected = SCENARIOS[scenario]
    found = outlook(*changes)

    assert found is not None
    assert found.fresh == ()
    assert told(*found.steps) == THERE + expected


def test_in_spanish(told: Callable[..., str]) -> None:
    found = outlook(POSTGRES, COMPANY, ("  cafe: {title: Café}\n", ""))

    assert found is not None
    assert told(*found.steps, language="es") == (
        ALLI + "    docker compose up -d --wait postgres  # reemplaza postgres\n"
        "    sh postgres/provision.sh"
        "  # postgres: usuarios y bases de datos como dice la topología; nada se reinicia\n"
        "    docker compose run --rm schema  # tablas para atelier\n"
        "    docker compose exec nginx nginx -c /etc/kmtopo/nginx/nginx.conf -t && docker compose exec nginx nginx -c /etc/kmtopo/nginx/nginx.conf -s reload"
        "  # nginx prueba su configuración y la toma; no se corta ninguna conexión\n"
        "    # sin reiniciarse, vuelven a leer los archivos cambiados: app, jobs\n"
        "    sh postgres/deprovision.sh cafe"
        "  # opcional, tras un respaldo: cierra la puerta a cafe; los datos solo se borran si tú lo dices\n"
        "  quién lo nota: todas las tenencias, mientras arranca de nuevo: postgres\n"
        "  sin tocar: app, jobs, redis, schema, site\n"
    )


def test_what_no_machine_sees_has_no_steps() -> None:
    assert outlook(("kmtopo: 1\n", "kmtopo: 1\n# a remark\n")) is None
    assert outlook(("networks: {edge: {", "networks: {edge: {title: Edge, ")) is None


def test_a_machine_that_is_new_is_started_and_one_that_is_left_is_stopped(told: Callable[..., str]) -> None:
    found = outlook(("vps: server, resources", "vps: other, resources"))

    assert found is not None
    assert found.fresh == ("other",)
    assert told(*found.steps) == (
        "  on server, in build/production/server:\n"
        "    docker compose -p shop-production down"
        "  # nothing of the topology runs there any more; volumes and their data stay\n"
    )


def test_secrets_that_lie_elsewhere_are_seen_by_new_containers_only(told: Callable[..., str]) -> None:
    found = outlook(("{tls: self-signed}", "{tls: self-signed, secrets: env}"))

    assert found is not None
    assert told(*found.steps).splitlines()[1:3] == [
        "    docker compose up -d --force-recreate --no-deps nginx redis  # replaces nginx, redis",
        "    docker compose up -d  # replaces app, jobs, postgres, schema",
    ]


OLD = """\
name: shop
services:
  app-bakery: {image: app, labels: {kmtopo.tenant: bakery}, build: {context: old}}
  clock: {image: clock, volumes: [{type: bind, source: ./clock, target: /etc/clock}]}
"""


def _of_hand(old: str, new: str, **changed: tuple[str, str]) -> Steps | None:
    """The steps where Compose files are written by hand: what no generator of ours makes yet."""
    mounted = Runtime(folders=(Folder("clock", "/etc/clock"),))
    containers = (fake.service("app-bakery", tenant="bakery"), fake.service("clock", runtime=mounted))
    before = {"compose.yaml": old, **{f"clock/{name}": pair[0] for name, pair in changed.items()}}
    after = {"compose.yaml": new, **{f"clock/{name}": pair[1] for name, pair in changed.items()}}
    deployment = fake.graph(containers).deployment
    files = Files(before, after, after)
    return steps("principal", files, replace(deployment, vps={}), running(files))


def test_a_company_with_containers_of_its_own_notices_alone(told: Callable[..., str]) -> None:
    found = _of_hand(OLD, OLD.replace("image: app", "image: app:2"))

    assert found is not None
    assert told(found) == (
        "  on principal, in build/production/principal:\n"
        "    docker compose up -d  # replaces app-bakery\n"
        "  who notices: bakery, while these start again: app-bakery\n"
        "  untouched: clock\n"
    )


def test_an_image_that_is_built_otherwise_is_built(told: Callable[..., str]) -> None:
    found = _of_hand(OLD, OLD.replace("context: old", "context: new"))

    assert found is not None
    assert told(found).splitlines()[1] == "    docker compose up -d --build  # builds the image of app-bakery"


def test_whoever_reads_a_folder_only_at_the_start_is_restarted(told: Callable[..., str]) -> None:
    found = _of_hand(OLD, OLD, hands=("one", "two"))

    assert found is not None
    assert told(found).splitlines()[1:] == [
        "    docker compose restart clock  # restarts clock: what is mounted is read only at the start",
        "  who notices: all tenants, while these start again: clock",
        "  untouched: app-bakery",
    ]


@pytest.mark.parametrize("torn", ["- torn", "services: [", ""])
def test_a_machine_whose_compose_file_nobody_can_read_starts_anew(torn: str) -> None:
    build = built(SHOP, generators=UNDRAWN)
    new = tree_of(build)["production/server/compose.yaml"]
    change = Change("build/production/server/compose.yaml", Action.CONFLICT, torn, new)
    deployments = {name: graph.deployment for name, graph in build.graphs.items()}

    assert outlooks([change], "build", build.artifacts, deployments) == {"production": Outlook(("server",), ())}


def test_paths_of_an_output_folder_elsewhere_are_read_as_well() -> None:
    build = built(SHOP, generators=UNDRAWN)
    deployments = {name: graph.deployment for name, graph in build.graphs.items()}
    files = [(path, text) for path, text in tree_of(build).items()]

    for out, prefix in (("", ""), ("/srv/out", "/srv/out/")):
        changes = [Change(f"{prefix}{path}", Action.CREATE, None, text) for path, text in files]
        changes.append(Change("kmtopo.lock", Action.CREATE, None, "{}"))
        assert outlooks(changes, out, build.artifacts, deployments) == {"production": Outlook(("server",), ())}
