"""``reach``, ``impact`` and ``matrix``: whole answers, in both languages and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from command_lines import Kmtopo, Outcome
from topologies import KMMOTOS


def answers(kmtopo: Kmtopo, line: str) -> dict[str, Any]:
    asked = kmtopo(*line.split(), "--format", "json")
    assert (asked.code, asked.err) == (0, "")
    found: dict[str, Any] = json.loads(asked.out)
    return found


IN_A_BREACH = """\
produccion: internet reaches postgres
  internet → nginx    203.0.113.10:80 → 80/tcp      topology.yaml:32:15
  nginx → backend     comunicaciones, 9000/fastcgi  topology.yaml:35:13
  backend → postgres  seguridad, 5432/postgresql    topology.yaml:48:17
"""


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "reach internet postgres -e produccion --expect unreachable",
            """\
produccion: internet does not reach postgres
  reached: backend, frontend, nginx
  cut at backend: on seguridad too, but it forwards nothing  topology.yaml:40:3
""",
        ),
        ("reach internet postgres -e produccion --breached backend", IN_A_BREACH),
        (
            "reach internet containers.postgres -e produccion --breached all --declared",
            IN_A_BREACH.replace("reaches postgres", "reaches containers.postgres"),
        ),
        (
            "--lang es reach frontend postgres -e produccion",
            """\
produccion: frontend no alcanza a postgres
  alcanza: backend, nginx
  corte en backend: también está en seguridad, pero no reenvía nada  topology.yaml:40:3
""",
        ),
        (
            "reach frontend backend -e produccion",
            """\
produccion: frontend reaches backend
  frontend → backend  comunicaciones, 9000/fastcgi, no call declared  topology.yaml:45:16
""",
        ),
        (
            "reach frontend backend -e produccion --declared",
            """\
produccion: frontend does not reach backend
  frontend reaches nothing
  no declared call leads on to backend
""",
        ),
        (
            "reach backend internet -e produccion",
            """\
produccion: backend reaches internet
  backend → internet  comunicaciones, which is not internal  topology.yaml:45:16
""",
        ),
        (
            "reach redis internet -e produccion",
            """\
produccion: redis does not reach internet
  reached: backend, cola, programador
  cut at backend: comunicaciones leads out, but it forwards nothing  topology.yaml:40:3
""",
        ),
        (
            "reach internet nginx -e desarrollo",
            """\
desarrollo: internet does not reach nginx
  nothing is published on an address that is not loopback
""",
        ),
        (
            "reach mailpit nginx",
            """\
desarrollo: mailpit does not reach nginx
  reached: backend, cola, migracion, mongo, postgres, programador
  cut at backend: on comunicaciones too, but it forwards nothing  topology.yaml:40:3
produccion: there is no mailpit
pruebas: there is no mailpit
""",
        ),
        (
            "reach tenants.km-cars networks.comunicaciones -e pruebas",
            """\
pruebas: tenants.km-cars reaches networks.comunicaciones
  backend → frontend  comunicaciones, 8080/http, no call declared  topology.yaml:87:16
""",
        ),
        (
            "impact postgres -e pruebas",
            """\
pruebas: without postgres
  down
    backend      without migracion, postgres
    cola         without migracion, postgres
    migracion    without postgres
    postgres
    programador  without migracion, postgres
  degraded
    nginx  without backend
  tenants degraded, 3 of 3: central, km-cars, km-motos
""",
        ),
        (
            "--lang es impact nginx -e produccion",
            """\
produccion: sin nginx
  caen
    nginx
  incomunicados: en pie, pero sin ruta desde fuera
    backend
    frontend
  tenencias caídas, 7 de 7: all-in-one, central, grupo-km-cars-hn, grupo-km-motos-hn, grupo-todo-en-uno-hn, km-cars, km-motos
""",
        ),
        (
            "impact cola -e pruebas",
            """\
pruebas: without cola
  down
    cola
  nothing else notices
""",
        ),
        (
            "impact frontend -e pruebas --without backend",
            """\
pruebas: without frontend, backend
  down
    backend
    frontend
    nginx     without backend, frontend
  tenants down, 3 of 3: central, km-cars, km-motos
""",
        ),
        (
            "impact",
            """\
desarrollo: single points of failure, the worst first
  postgres: 5 of 10 containers and 0 tenants down
produccion: single points of failure, the worst first
  nginx: stops the entry; 1 of 9 containers and 7 tenants down
  postgres: 5 of 9 containers and 0 tenants down
pruebas: single points of failure, the worst first
  nginx: stops the entry; 1 of 9 containers and 3 tenants down
  postgres: 5 of 9 containers and 0 tenants down
""",
        ),
        (
            "matrix -e produccion",
            """\
produccion: rows call columns
                   1  2  3  4  5  6  7  8  9 10
   1 internet         ●  ·  ●  ·  ·  ●  ·  ·  ·
   2 backend       ○     ○  ○  ●  ●  ○  ●  ○  ●
   3 cola          ·  ○     ·  ●  ●  ·  ●  ○  ●
   4 frontend      ○  ○  ·     ·  ·  ○  ·  ·  ·
   5 migracion     ·  ○  ○  ·     ●  ·  ●  ○  ·
   6 mongo         ·  ○  ○  ·  ○     ·  ○  ○  ·
   7 nginx         ○  ●  ·  ●  ·  ·     ·  ·  ·
   8 postgres      ·  ○  ○  ·  ○  ○  ·     ○  ·
   9 programador   ·  ○  ○  ·  ●  ●  ·  ●     ●
  10 redis         ·  ○  ○  ·  ·  ·  ·  ·  ○
● declared   ○ possible, though nobody declares it   · impossible
""",
        ),
        (
            "cost",
            """\
each month
  desarrollo    0 USD  local 0 USD
  produccion  250 USD  principal 250 USD
  pruebas     250 USD  principal 250 USD
  total       250 USD  each machine once
principal against Nube administrada, 400–700 USD: saves 150–450 USD
budget 250 USD: kept, 0 USD left  topology.yaml:192:14
desarrollo, by memory, what is shared split by `equal`
  central   0 USD
  km-motos  0 USD
produccion, by memory, what is shared split by `equal`
  all-in-one            35.72 USD
  central               35.72 USD
  grupo-km-cars-hn      35.72 USD
  grupo-km-motos-hn     35.71 USD
  grupo-todo-en-uno-hn  35.71 USD
  km-cars               35.71 USD
  km-motos              35.71 USD
pruebas, by memory, what is shared split by `equal`
  central   83.34 USD
  km-cars   83.33 USD
  km-motos  83.33 USD
""",
        ),
        (
            "--lang es cost -e pruebas --split companies",
            """\
cada mes
  pruebas  250 USD  principal 250 USD
  total    250 USD  cada máquina una vez
principal frente a Nube administrada, 400–700 USD: ahorra 150–450 USD
pruebas, según la memoria; lo compartido se reparte por `companies`
  central   0 USD
  km-cars   125 USD
  km-motos  125 USD
""",
        ),
        (
            "capacity -e produccion",
            """\
principal: VPS Principal
                memory      CPU    volumes
  produccion  18.5 GiB     8.25    142 GiB
  pruebas      4.5 GiB   1.9375   35.5 GiB
  together      23 GiB  10.1875  177.5 GiB
  at most       30 GiB       16    384 GiB
  left           7 GiB
  the next company adds no limit here: pooled tenants share containers
""",
        ),
        ("env diff produccion produccion", "produccion and produccion run the same\n"),
    ],
)
def test_an_answer_is_told_with_its_proof(kmtopo: Kmtopo, kmmotos: Path, line: str, told: str) -> None:
    assert kmtopo(*line.split()) == Outcome(0, told, "")


def test_a_broken_policy_does_not_hide_the_way_that_breaks_it(kmtopo: Kmtopo, kmmotos: Path) -> None:
    joined = KMMOTOS.replace(
        "    networks: [comunicaciones]\n    publish", "    networks: [comunicaciones, seguridad]\n    publish"
    )
    (kmmotos / "topology.yaml").write_text(joined, encoding="utf-8")

    assert kmtopo("reach", "internet", "postgres", "-e", "produccion", "--expect", "unreachable") == Outcome(
        1,
        """\
produccion: internet reaches postgres
  internet → nginx  203.0.113.10:80 → 80/tcp                      topology.yaml:32:15
  nginx → postgres  seguridad, 5432/postgresql, no call declared  topology.yaml:94:16
""",
        "kmtopo: expected to be unreachable: produccion\n",
    )


def test_an_expectation_holds_in_every_environment_or_fails(kmtopo: Kmtopo, kmmotos: Path) -> None:
    asked = kmtopo("--lang", "es", "reach", "internet", "nginx", "--expect", "reachable")

    assert (asked.code, asked.err) == (1, "kmtopo: se esperaba alcanzable: desarrollo\n")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("reach internat postgres", "nothing is called `internat`; did you mean `internet`?"),
        ("reach internet postgres --breached bakend", "nothing is called `bakend`; did you mean `backend`?"),
        ("reach internet postgres --expect maybe", "`maybe` is not possible here; known: reachable, unreachable"),
        ("impact internet", "`internet` is not ours to fail"),
        ("cost --split fairly", "`fairly` is not possible here; known: equal, companies, branches"),
        ("env diff produccion prueba", "no environment is called `prueba`; did you mean `pruebas`?"),
        ("impact nginx --format yaml", "`yaml` is not possible here; known: text, json"),
        ("matrix -e prod", "no environment is called `prod`; known: desarrollo, produccion, pruebas"),
    ],
)
def test_a_question_that_cannot_be_asked_is_wrong_usage(
    kmtopo: Kmtopo, kmmotos: Path, line: str, complaint: str
) -> None:
    assert kmtopo(*line.split()) == Outcome(2, "", f"kmtopo: {complaint}\n")


def test_a_topology_in_error_answers_nothing(kmtopo: Kmtopo, folder: Path) -> None:
    (folder / "topology.yaml").write_text(KMMOTOS.replace("type: laravel", "type: larravel"), encoding="utf-8")

    asked = kmtopo("matrix")

    assert (asked.code, asked.out) == (1, "")
    assert "KM219" in asked.err


def test_programs_get_hops_with_their_places(kmtopo: Kmtopo, kmmotos: Path) -> None:
    assert answers(kmtopo, "reach internet backend -e produccion") == {
        "version": 1,
        "answers": [
            {
                "environment": "produccion",
                "from": "internet",
                "to": "backend",
                "declared": False,
                "breached": [],
                "reachable": True,
                "hops": ["internet", "nginx", "backend"],
                "steps": [
                    {
                        "from": "internet",
                        "to": "nginx",
                        "network": None,
                        "declared": True,
                        "port": 80,
                        "protocol": "tcp",
                        "host_ip": "203.0.113.10",
                        "host_port": 80,
                        "place": {
                            "address": "containers.nginx.publish[0]",
                            "file": "topology.yaml",
                            "line": 32,
                            "column": 15,
                        },
                    },
                    {
                        "from": "nginx",
                        "to": "backend",
                        "network": "comunicaciones",
                        "declared": True,
                        "port": 9000,
                        "protocol": "fastcgi",
                        "place": {
                            "address": 'containers.nginx.routes["/api"]',
                            "file": "topology.yaml",
                            "line": 35,
                            "column": 13,
                        },
                    },
                ],
            }
        ],
    }


def test_programs_get_the_cut(kmtopo: Kmtopo, kmmotos: Path) -> None:
    (answer,) = answers(kmtopo, "reach internet postgres -e produccion")["answers"]

    assert answer["reachable"] is False
    assert answer["reached"] == ["backend", "frontend", "nginx"]
    assert answer["cut"] == [{"container": "backend", "networks": ["seguridad"]}]


def test_programs_get_an_impact_and_the_weak_points(kmtopo: Kmtopo, kmmotos: Path) -> None:
    one = answers(kmtopo, "impact cola -e pruebas")
    all_of_them = answers(kmtopo, "impact -e pruebas")

    alone = {"down": ["cola"], "degraded": [], "cut_off": [], "tenants_down": [], "tenants_degraded": [], "because": {}}
    assert one["answers"] == [{"environment": "pruebas", "of": ["cola"], "failed": ["cola"], **alone}]
    points = all_of_them["answers"][0]["single_points_of_failure"]
    assert [(point["name"], point["stops_entry"]) for point in points] == [("nginx", True), ("postgres", False)]


def test_programs_get_the_table_by_rows(kmtopo: Kmtopo, kmmotos: Path) -> None:
    (answer,) = answers(kmtopo, "matrix -e produccion")["answers"]

    assert answer["rows"]["internet"] == {
        "declared": ["backend", "frontend", "nginx"],
        "undeclared": [],
        "unreachable": ["cola", "migracion", "mongo", "postgres", "programador", "redis"],
    }


def test_environments_are_compared_by_the_reason_why_they_differ(kmtopo: Kmtopo, kmmotos: Path) -> None:
    asked = kmtopo("env", "diff", "produccion", "pruebas", "--exit-code")

    assert asked.code == 1
    assert [line for line in asked.out.splitlines() if not line.startswith("  ")] == [
        "produccion → pruebas",
        "domains",
        "published ports",
        "scale",
        "tenants",
        "TLS",
    ]
    assert "  ~ containers.backend.memory                                3 GiB → 768 MiB\n" in asked.out


def test_programs_get_differences(kmtopo: Kmtopo, kmmotos: Path) -> None:
    found = answers(kmtopo, "env diff produccion pruebas")["differences"]

    assert {"aspect": "tls", "address": "tls", "left": "acme", "right": "self-signed"} in found
    assert {"aspect": "tenants", "address": "tenants.all-in-one", "left": "-", "right": None} in found


def test_programs_get_sums(kmtopo: Kmtopo, kmmotos: Path) -> None:
    capacity = answers(kmtopo, "capacity")["vps"]["principal"]
    cost = answers(kmtopo, "cost")

    assert capacity["memory_mib"] == {"limits": 23552, "available": 30720, "capacity": 32768}
    assert capacity["cpu"] == {"limits": 10.1875, "capacity": 8}
    assert capacity["volumes_gib"] == {"sizes": 177.5, "capacity": 480}
    assert {name: each["cost"] for name, each in cost["environments"].items()} == {
        "desarrollo": 0,
        "produccion": 250,
        "pruebas": 250,
    }
    assert (cost["unit"], cost["total"]) == ("USD/month", 250)
    assert cost["alternatives"] == [
        {"of": "vps.principal", "title": "Nube administrada", "cost": [400, 700], "saving": [150, 450]}
    ]


def test_a_budget_of_the_whole_project_is_held_against_all_of_it(kmtopo: Kmtopo, kmmotos: Path) -> None:
    shared = KMMOTOS.replace("budget: 250 USD/month, environment: produccion", "budget: 250 USD/month")
    text = shared.replace("cost: 0 USD/month", "cost: 60 USD/month")
    (kmmotos / "topology.yaml").write_text(text, encoding="utf-8")

    (budget,) = answers(kmtopo, "cost -e produccion")["budgets"]

    assert (budget["budget"], budget["spent"]) == (250, 310)


@pytest.mark.parametrize("question", ["capacity", "cost", "matrix", "impact", "reach internet nginx"])
def test_an_environment_that_is_none_is_wrong_usage(kmtopo: Kmtopo, kmmotos: Path, question: str) -> None:
    complaint = "kmtopo: no environment is called `nope`; known: desarrollo, produccion, pruebas\n"

    assert kmtopo(*question.split(), "-e", "nope") == Outcome(2, "", complaint)


def test_programs_are_told_where_a_name_is_missing(kmtopo: Kmtopo, kmmotos: Path) -> None:
    found = {a["environment"]: a for a in answers(kmtopo, "impact mailpit")["answers"]}

    assert found["produccion"] == {"environment": "produccion", "of": ["mailpit"], "missing": ["mailpit"]}
    assert found["desarrollo"]["down"] == ["mailpit"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "  no declared call leads on to internet\n"),
        ("es", "  ninguna llamada declarada lleva hasta internet\n"),
    ],
)
def test_no_declared_call_leads_to_the_internet_itself(kmtopo: Kmtopo, kmmotos: Path, language: str, told: str) -> None:
    line = "reach nginx internet -e produccion --declared --expect unreachable"

    assert kmtopo("--lang", language, *line.split()).out.endswith(told)
    assert kmtopo(*line.replace(" --declared", "").split()).code == 1
