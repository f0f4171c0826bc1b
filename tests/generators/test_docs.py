"""The blocks of documents: each shows what the graph answers; the chapter made of them lies in the golden outputs."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import docutils.core
import pytest
from docutils import nodes

from kmtopo import pipeline, registry
from kmtopo.markup.formats import FORMATS
from kmtopo.pipeline import Build, Request
from kmtopo.plugin import Graph
from kmtopo.source import Source
from kmtopo.testing import SAMPLES
from topologies import KMMOTOS, ROOT, checked

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


EVERY_KIND = """\
kmtopo: 1
name: kinds
vps: {one: {address: 203.0.113.10}}
environments: {production: {}}
containers:
  proxy: {type: nginx, image: "nginx:1.29", publish: [80, "8443:443"], routes: {/: web}}
  web: {type: generic, image: "kinds/web:1.0.0", port: 80, replicas: 3, resources: {cpu: 0.5, memory: 256MiB}, uses: [load, mail]}
  more: {type: generic, image: "kinds/web:1.0.0", replicas: 2}
  load: {type: generic, image: "kinds/load:1.0.0", once: true, port: 90}
  dns: {type: generic, build: dns, port: 53/udp, publish: ["127.0.0.1:53:53/udp", "[::1]:5353:53/udp"]}
  mail: {type: external, host: smtp.example.com, port: 587}
"""


def test_a_container_s_ports_its_replicas_and_where_its_image_comes_from_are_told_in_few_columns() -> None:
    assert shown("containers", "production", checked(EVERY_KIND)) == (
        """\
| Container and image | Networks | Ports | Resources |
| --- | --- | --- | --- |
| dns `dns` | default | `53` udp; publishes `127.0.0.1:53/udp`, `[::1]:5353 → 53/udp` |   |
| load `kinds/load:1.0.0` | default |   |   |
| mail `smtp.example.com` |   | `587` http |   |
| more `kinds/web:1.0.0` | default |   | 2 replicas |
| Nginx `nginx:1.29` | default | `80` http; publishes `80`, `8443 → 443` |   |
| web `kinds/web:1.0.0` | default | `80` http | 3 replicas of 0.5 CPU, 256 MiB |
"""
    )
    assert shown("calls", "production", checked(EVERY_KIND)) == (
        """\
| Who calls | Whom | Port | Network | What for |
| --- | --- | --- | --- | --- |
| Nginx | web | `80` http | default |   |
| web | load |   |   | waits for its end |
| web | mail | `587` http | default |   |
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
| Publica | `80`, `443` | `8080 → 80`, `8443 → 443` \
| `127.0.0.1:8025`, `127.0.0.1:27017`, `127.0.0.1:8080 → 80`, `127.0.0.1:5432`, `127.0.0.1:6379` |
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


def test_each_name_of_a_tenant_stands_by_itself() -> None:
    clinics = (ROOT / "tests" / "data" / "topologies" / "clinicas-tres-vps.yaml").read_text(encoding="utf-8")

    assert (
        "| Hospital del Norte (dedicada) | `expedientes.hospitalnorte.example`, `hospital-norte.clinicas.example` |"
        in (shown("tenants", build=checked(clinics)))
    )


def test_dedicated_copies_say_whose_they_are() -> None:
    text = shown("containers", "production", checked(SAMPLES["silos"]))

    assert [line.split(" `")[0] for line in text.splitlines()[2:8]] == [
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


TWO_MACHINES = (ROOT / "examples" / "05-two-machines" / "topology.yaml").read_text(encoding="utf-8")
EVERY_FORMAT = "generators: {docs: {formats: [markdown, asciidoc, restructuredtext]}}\n"
SHOWN = re.compile(r'(?:srcset="|src="|image::|figure:: )([^"\[\s]+)')


def made(topology: str, environment: str, *generators: str) -> dict[str, str]:
    """What a build writes of one environment, by path."""
    request = Request(environments=(environment,), generators=generators or None)
    build = pipeline.run(pipeline.BUILDING, Build(Source("topology.yaml", topology), request=request))
    return {str(artifact.path): artifact.content for _, artifact in build.artifacts[environment]}


def linked(chapter: str) -> set[str]:
    """The files that a chapter shows, in whichever shade."""
    found = SHOWN.findall(chapter)
    return {path.replace("{kmtopo-shade}", shade) for path in found for shade in ("", ".light", ".dark")}


def pictures(chapter: str) -> list[str]:
    """The pictures that a chapter shows, in order, each once."""
    found = (PurePosixPath(path).name.split(".")[0].split("{")[0] for path in SHOWN.findall(chapter))
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(
    ("topology", "environment", "shown"),
    [
        (KMMOTOS, "produccion", ["deployment", "networks", "tenants", "failures"]),
        (TWO_MACHINES, "production", ["deployment", "deployment-back", "deployment-front", "networks", "failures"]),
    ],
)
def test_every_picture_of_the_chapter_is_there(topology: str, environment: str, shown: list[str]) -> None:
    files = made(topology + EVERY_FORMAT, environment)
    chapters = {path: text for path, text in files.items() if path.startswith("docs/")}
    links = {path.replace("../", "") for text in chapters.values() for path in linked(text)}

    assert [pictures(text) for text in chapters.values()] == [shown] * 3
    assert sorted(links - files.keys()) == []
    assert links >= {f"diagrams/{name}{shade}.svg" for name in shown for shade in ("", ".light", ".dark")}


def test_the_chapter_shows_no_picture_that_nobody_drew() -> None:
    files = made(KMMOTOS + "generators: {diagram: {views: [networks]}}\n", "pruebas")

    assert pictures(files["docs/07-vista-de-despliegue.md"]) == ["networks"]


def test_the_chapter_is_the_same_where_it_is_all_that_is_asked_for() -> None:
    alone, whole = made(KMMOTOS, "pruebas", "docs"), made(KMMOTOS, "pruebas")

    assert sorted(alone) == ["docs/07-vista-de-despliegue.md", "trace.json"]
    assert alone["docs/07-vista-de-despliegue.md"] == whole["docs/07-vista-de-despliegue.md"]


def test_captions_are_in_the_language_of_the_topology() -> None:
    files = made(KMMOTOS, "pruebas", "docs")

    assert re.findall(r"^\*(.*)\*$", files["docs/07-vista-de-despliegue.md"], re.MULTILINE) == [
        f"KMMotos: gestión empresarial multiempresa · {view} · Pruebas"
        for view in ("Despliegue", "Segmentación de red", "Tenencias", "Dependencias y fallas")
    ]


HOSTILE = "a | b `c` |=== .. {attr} <b>d</b> |e|_ :f:"


def test_the_chapter_in_restructuredtext_is_read_strictly_and_keeps_its_columns() -> None:
    topology = KMMOTOS.replace("title: Red de Comando,", f"title: '{HOSTILE}',") + EVERY_FORMAT
    text = made(topology, "produccion")["docs/07-vista-de-despliegue.rst"]
    strict = {"report_level": 2, "halt_level": 2, "file_insertion_enabled": False, "raw_enabled": False}

    chapter = docutils.core.publish_doctree(text, settings_overrides=strict)
    tables = list(chapter.findall(nodes.tgroup))

    assert len(tables) >= 8
    for table in tables:
        assert {len(row.children) for row in table.findall(nodes.row)} == {table["cols"]}
    assert HOSTILE in [entry.astext() for entry in chapter.findall(nodes.entry)]
    for figure in chapter.findall(nodes.figure):
        image, caption = figure.children
        assert len(image["alt"]) > 60
        assert caption.astext().endswith(" · Producción")
    assert len(list(chapter.findall(nodes.figure))) == 4
