"""The blocks of documents: each shows what the graph answers; the chapter made of them lies in the golden outputs."""

from __future__ import annotations

from kmtopo import registry
from kmtopo.markup.formats import FORMATS
from kmtopo.pipeline import Build
from kmtopo.plugin import Graph
from kmtopo.testing import SAMPLES
from topologies import KMMOTOS, checked

GENERATOR = registry.generator("docs")
BUILD = checked(KMMOTOS)


def shown(block: str, environment: str = "produccion", build: Build = BUILD) -> str:
    graphs: dict[str, Graph] = dict(build.graphs)
    return FORMATS["markdown"].written(GENERATOR.blocks[block](graphs[environment], graphs))


def test_the_matrix_numbers_its_columns() -> None:
    assert shown("matrix") == (
        """\
Las filas llaman a las columnas: ● declarada, ○ posible aunque nadie la declara, · imposible.

|   | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| 1  Internet |   | ● | · | ● | · | · | ● | · | · | · |
| 2  Backend Laravel | ○ |   | ○ | ○ | ● | ● | ○ | ● | ○ | ● |
| 3  Cola de trabajos | · | ○ |   | · | ● | ● | · | ● | ○ | ● |
| 4  Frontend Vue.js | ○ | ○ | · |   | · | · | ○ | · | · | · |
| 5  Migración de datos | · | ○ | ○ | · |   | ● | · | ● | ○ | · |
| 6  MongoDB | · | ○ | ○ | · | ○ |   | · | ○ | ○ | · |
| 7  Nginx | ○ | ● | · | ● | · | · |   | · | · | · |
| 8  PostgreSQL | · | ○ | ○ | · | ○ | ○ | · |   | ○ | · |
| 9  Programador de tareas | · | ○ | ○ | · | ● | ● | · | ● |   | ● |
| 10  Redis | · | ○ | ○ | · | · | · | · | · | ○ |   |
"""
    )


def test_environments_stand_beside_one_another_production_first() -> None:
    assert shown("environments", "pruebas") == (
        """\
| Aspecto | Producción | Pruebas | Desarrollo |
| --- | --- | --- | --- |
| Etapa | producción | pruebas | desarrollo |
| VPS | VPS Principal | VPS Principal | Equipo del desarrollador |
| Dominio | `*.kmmotos.hn` | `*.pruebas.kmmotos.hn` | `*.localhost` |
| TLS | `acme` | `self-signed` | `off` |
| Publica | `203.0.113.10:80 → 80, 203.0.113.10:443 → 443` | `203.0.113.10:8080 → 80, 203.0.113.10:8443 → 443` \
| `127.0.0.1:8025 → 8025, 127.0.0.1:27017 → 27017, 127.0.0.1:8080 → 80, 127.0.0.1:5432 → 5432, 127.0.0.1:6379 → 6379` |
| Contenedores | 9 | 9 | 10 |
| Tenencias | 7 | 3 | 2 |
| Límites de memoria | 18,5 GiB | 4,5 GiB | 9,44 GiB |
| Límites de CPU | 8,25 CPU | 1,94 CPU | 4,25 CPU |
| Volúmenes | 142 GiB | 35,5 GiB | 14,2 GiB |
| Costo al mes | 250 USD | 250 USD | 0 USD |
"""
    )


WIDE = """\
kmtopo: 1
name: wide
vps: {one: {address: 203.0.113.10}}
environments: {production: {}}
containers:
  proxy: {type: nginx, publish: [80], routes: {/: a00}, image: "nginx:1.29"}
"""
WIDE += "".join(f"  a{number:02}: {{type: generic, image: x, port: 80}}\n" for number in range(24))


def test_where_a_page_is_too_narrow_for_the_matrix_each_row_names_whom_it_may_call() -> None:
    text = shown("matrix", "production", checked(WIDE))

    assert text.splitlines()[:5] == [
        "Each is listed with whom it may call; it reaches no others.",
        "",
        "| Who calls | Declared calls | Possible, undeclared |",
        "| --- | --- | --- |",
        f"| Internet | a00, Nginx | {', '.join(f'a{number:02}' for number in range(1, 24))} |",
    ]


def test_a_block_without_anything_to_show_is_empty() -> None:
    build = checked(WIDE)
    nothing = {name for name in GENERATOR.blocks if not shown(name, "production", build)}

    assert nothing == {"assumptions", "cost", "motivation", "quality", "tenants"}


def test_dedicated_copies_say_whose_they_are() -> None:
    text = shown("containers", "production", checked(SAMPLES["silos"]))

    assert [line.split(" | ")[0] for line in text.splitlines()[2:8]] == [
        "| Laravel app",
        "| Laravel app (Long)",
        '| Laravel app (Its "own"; \\} &#36;HOME \' é)',
        "| Jobs",
        "| Jobs (Long)",
        '| Jobs (Its "own"; \\} &#36;HOME \' é)',
    ]


def test_titles_are_quoted_wherever_they_stand() -> None:
    hostile = KMMOTOS.replace("title: Red de Comando,", 'title: "a | b <i> [x](y)",')

    assert "| a &#124; b &#60;i&#62; \\[x\\](y) | Coordinación" in shown("networks", build=checked(hostile))
