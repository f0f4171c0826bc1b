"""What prose claims: found where it is wrong, and nothing said of what claims nothing."""

from __future__ import annotations

import re

import pytest

from kmtopo import pipeline
from kmtopo.documents.drift import Drift, drift
from kmtopo.documents.sentences import sentences
from kmtopo.markup.formats import FORMATS, format_of
from kmtopo.reading import read
from kmtopo.source import Source
from topologies import KMMOTOS, ROOT, checked

BUILD = checked(KMMOTOS)
DOCUMENTS = ROOT / "tests" / "data" / "documents"
TOPOLOGIES = ROOT / "tests" / "data" / "topologies"
OWN = ("README-operations.md", "adr-0012-almacenamiento.md", "handbook.adoc")


def looked_at(text: str, format: str = "markdown") -> Drift:
    return drift(Source("d", text), FORMATS[format], BUILD)


def told(text: str, format: str = "markdown") -> list[tuple[str, str]]:
    """The code of each finding, and the words that it points at."""
    source = Source("d", text)
    found = drift(source, FORMATS[format], BUILD).found
    return [(d.code, source.slice(d.primary.span)) for d in found if d.primary and d.primary.span]


@pytest.mark.parametrize("name", OWN)
def test_in_documents_of_people_who_know_the_system_nothing_is_wrong(name: str) -> None:
    source = Source(name, (DOCUMENTS / name).read_text(encoding="utf-8"))
    format = format_of(name)
    assert format is not None

    assert len(list(sentences(source, format))) > 30
    assert drift(source, format, BUILD).claims > 11
    assert drift(source, format, BUILD).found == ()


# Written by two people who have not seen the code, with four or five false claims each, which the pages of answers tell.
# What is not found: technologies that the catalogue does not know, and a tenant that only stands beside another.
EXAMPLES = ROOT / "examples"
BLIND = {
    "kmmotos.md": (
        TOPOLOGIES / "kmmotos.yaml",
        [
            ("KM856", 9, "280 USD al mes"),
            ("KM859", 35, "Red de Monitoreo"),
            ("KM857", 39, "cinco empresas"),
        ],
    ),
    "saas-dos-vps.md": (
        TOPOLOGIES / "saas-dos-vps.yaml",
        [
            ("KM856", 17, "25 USD a month"),
            ("KM857", 34, "four tenants"),
            ("KM858", 38, "Preview"),
        ],
    ),
    "agencia-wordpress.md": (
        TOPOLOGIES / "agencia-wordpress.yaml",
        [
            ("KM856", 9, "69 USD al mes"),
            ("KM857", 25, "catorce clientes"),
        ],
    ),
    "kmmotos-manual.md": (
        TOPOLOGIES / "kmmotos.yaml",
        [
            ("KM857", 7, "ocho empresas"),
            ("KM859", 43, "red de Respaldos"),
            ("KM858", 47, "Preproducción"),
            ("KM856", 66, "275 USD al mes"),
        ],
    ),
    "branches-onboarding.md": (
        EXAMPLES / "04-tenants" / "topology.yaml",
        [
            ("KM856", 24, "48 USD a month"),
            ("KM857", 28, "eight containers"),
            ("KM858", 77, "Northwind"),
            ("KM855", 111, "MongoDB"),
        ],
    ),
    "hello-decisions.adoc": (
        EXAMPLES / "05-two-machines" / "topology.yaml",
        [
            ("KM857", 16, "five containers"),
            ("KM856", 66, "36 USD a month"),
            ("KM857", 84, "three networks"),
            ("KM855", 96, "Redis"),
            ("KM858", 171, "vault"),
        ],
    ),
}


@pytest.mark.parametrize("name", BLIND)
def test_in_a_document_of_somebody_who_does_not_know_the_program_only_what_is_false_is_found(name: str) -> None:
    topology, expected = BLIND[name]
    path = DOCUMENTS / "blind" / name
    source, format = Source(name, path.read_text(encoding="utf-8")), format_of(name)
    answers = path.with_suffix(".answers.md").read_text(encoding="utf-8")
    false = {int(line) for line in re.findall(r"^\d\. .*?, line (\d+):", answers, re.MULTILINE)}
    assert format is not None

    found = drift(source, format, pipeline.run(pipeline.CHECKING, pipeline.start(read(topology)))).found
    spans = [(d.code, d.primary.span) for d in found if d.primary and d.primary.span]

    assert [(code, span.start.line, source.slice(span)) for code, span in spans] == expected
    assert {line for _, line, _ in expected} <= false


WRONG = {
    "El VPS cuesta $300 USD/mes.": [("KM856", "$300 USD/mes")],
    "We pay USD 1,250 per month.": [("KM856", "USD 1,250 per month")],
    "Una nube cuesta 400 a 900 USD al mes.": [("KM856", "400 a 900 USD al mes")],
    "Las 5 empresas comparten procesos.": [("KM857", "5 empresas")],
    "Production runs twelve containers.": [("KM857", "twelve containers")],
    "We host fourteen customers.": [("KM857", "fourteen customers")],
    "It is tried in the Preview environment first.": [("KM858", "Preview")],
    "Hay ocho redes internas.": [("KM857", "ocho redes")],
    "The five companies share their containers.": [("KM857", "five companies")],
    "Hay cuatro redes.": [("KM857", "cuatro redes")],
    "El entorno de Demostración se borra cada noche.": [("KM858", "Demostración")],
    "The Copper Lantern network is closed.": [("KM859", "The Copper Lantern network")],
    "- **Red de Comando**: gestiona vigilancia perimetral, cerraduras, torniquetes.": [],
    "- **Red de Comando**: une cámaras, cerraduras y torniquetes.": [
        ("KM859", "une cámaras, cerraduras y torniquetes.")
    ],
    "La red del Faro Gris consta de:\n\n- **Red de Comando**: une la central de radar con boyas, sirenas y linternas.\n": [
        ("KM859", "red del Faro Gris"),
        ("KM859", "une la central de radar con boyas, sirenas y linternas."),
    ],
    "## The Grey Lighthouse network\n\n* **Red de Seguridad**: radars, buoys and transmitters.\nAnother line.\n": [
        ("KM859", "The Grey Lighthouse network"),
        ("KM859", "radars, buoys and transmitters."),
    ],
    "La red del Faro Gris:\n\n- **Red de Comando**: sesiones y trabajos pendientes.\n": [
        ("KM859", "red del Faro Gris")
    ],
    "La red `respaldos` no sale a Internet.": [("KM858", "respaldos")],
    "It is tried in the `preview` environment, on the machine called `vault`.": [
        ("KM858", "preview"),
        ("KM858", "vault"),
    ],
    "La empresa Motosierra y el entorno de Preproducción.": [("KM858", "Motosierra"), ("KM858", "Preproducción")],
    "Los respaldos viajan por la red de Respaldos.": [("KM859", "red de Respaldos")],
    "Nos quedamos con cinco redes.": [("KM857", "cinco redes")],
    "El VPS, que tiene dirección pública, cuesta 260 USD al mes.": [("KM856", "260 USD al mes")],
    "Los socios leen reportes; servimos a 9 empresas.": [("KM857", "9 empresas")],
    "```sh\n# a <- b\n```\n\nLas 9 empresas.\n\n```sh\na > b\n```\n": [("KM857", "9 empresas")],
    "Tres empresas (KM Motos, Hielo y Nieve, KM Cars) lo usan.": [("KM858", "Hielo"), ("KM858", "Nieve")],
}


@pytest.mark.parametrize(("text", "found"), WRONG.items(), ids=list(WRONG))
def test_a_wrong_claim_is_pointed_at(text: str, found: list[tuple[str, str]]) -> None:
    assert told(text) == found


RIGHT = (
    "Hospeda la aplicación ($250 USD/mes) frente a nubes de $400-$700 USD/mes.",
    "Se ahorran entre 150 y 450 USD al mes.",
    "El dominio cuesta 90 USD al año.",
    "Las 6 empresas del conglomerado y sus 7 tenencias.",
    "Dos redes que no tienen salida.",
    "Hasta 12 empresas caben en el VPS.",
    "Pensamos sumar tres empresas más.",
    "Mongo and Postgres are where the data is.",
    "Run `docker run mysql` and `docker ps --99 containers`.",
    "<!-- La empresa Hielo tiene 99 contenedores. -->",
    "```\nLas 99 empresas de la red de Hielo\n```",
    "[nine lives](https://example.com/99-networks)",
    "The Docker network and the network of the databases.",
    "El entorno de Producción y el de Pruebas.",
    "The company KM Cars moved.",
    "Hasta 2022 la factura había crecido a 310 USD al mes.",
    "A managed database was quoted at 180 USD a month.",
    "The error tracker costs 26 USD a month.",
    "El correo del VPS cuesta 6 USD al mes por buzón.",
    "En 2023 teníamos cuatro empresas.",
    "Compramos a veinte clientes mayoristas.",
    "We would need the Preview environment.",
    "Las dos redes internas no tienen salida.",
    "Above 24 tenants there are tiles, at most 30 zones; a partir de 12 empresas, otra máquina.",
    "There is no per-tenant ACL. Of each environment Notes are kept. Por empresa Archivos y Correos.",
    "Hay tres contenedores de trabajo y dos redes cerradas.",
    "Los dos entornos del VPS comparten la máquina.",
    "The three containers behind Nginx restart.",
    "Las dos empresas de San Pedro Sula comparten bodega.",
    "Every network is internal. Compose networks are made anew. Host network mode is forbidden.",
    "Set the Preview environment variables.",
    "Snapshots of the VPS are 5 USD a month.",
    "The provider charges 3 USD a month for each address of the server.",
    "Python environments and our Docker environment.",
    "Set the `preview` environment variable, look at the tenant `id` column, and leave the `bridge` network alone.",
    "The environment `APP_ENV` is a variable. Crea un entorno `demo`.",
    "Entra al servidor `vps-principal`; la red `comando` y el entorno `pruebas` están ahí.",
    "Our friends at the Copper Lantern put 60 tenants in one schema. Una distribuidora tiene 22 empresas.",
    "Otra empresa pagaba 900 USD al mes por su servidor.",
    "Opciones consideradas:\n\n- Un VPS de 900 USD al mes.\n- Doce redes.\n\nCandidatas:\n\n| Doce redes | 900 USD al mes por VPS |\n",
    # No network of others leads to it.
    "Redes:\n\n- **Red de Comando**: une la central de radar con boyas, sirenas y linternas.\n",
)


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_or_claims_nothing_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_four_kinds_of_claim_are_counted() -> None:
    text = "Nginx y Redis. 250 USD al mes. Seis empresas. El entorno de Pruebas."

    assert looked_at(text) == Drift(5, ())


def test_blocks_of_ours_claim_nothing() -> None:
    text = "<!-- BEGIN KMTOPO x -->\n\nLas 99 empresas.\n\n<!-- END KMTOPO x -->\n"

    assert looked_at(text) == Drift(0, ())


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("asciidoc", "----\nLas 99 empresas\n----\n// Las 99 empresas\n"),
        ("restructuredtext", ".. note: Las 99 empresas\n\n::\n\n    Las 99 empresas\n"),
    ],
)
def test_examples_and_comments_claim_nothing(format: str, text: str) -> None:
    assert looked_at(text, format) == Drift(0, ())


@pytest.mark.parametrize("text", ["Faro " * 20_000, "A-" * 10_000], ids=["capitals", "dashes"])
def test_a_text_of_nothing_but_names_is_read_to_its_end(text: str) -> None:
    assert looked_at(text) == Drift(0, ())
