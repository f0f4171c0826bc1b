"""AsciiDoc as Asciidoctor reads it: no warnings, every value arrives, tables keep their columns, pictures their words."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from html import unescape

import pytest

from e2e.machine import program
from hostile_words import HOSTILE, HOSTILE_IN_ASCIIDOC
from kmtopo import pipeline
from kmtopo.markup.formats import FORMATS
from kmtopo.markup.pieces import Bullets, Code, Heading, Paragraph, Picture, Piece, Table, one_line
from kmtopo.pipeline import Build, Request
from kmtopo.source import Source
from topologies import KMMOTOS

pytestmark = pytest.mark.e2e

VALUES = (*HOSTILE, *HOSTILE_IN_ASCIIDOC)
RULE = "\n'''\n\n"
TITLE = "a | b `c` |=== .. {attr} <b>d</b> ((e)) -- {counter:f}"
IN_ASCIIDOC = "generators: {docs: {formats: [asciidoc]}}\n"


def page(text: str, *attributes: str) -> str:
    """What Asciidoctor makes of a text; it complains of nothing."""
    command = [program("asciidoctor", "AsciiDoc"), "-w", "--failure-level", "WARN", "--embedded", "-o", "-", "-"]
    given = [word for attribute in attributes for word in ("-a", attribute)]
    ended = subprocess.run([*command, *given], input=text, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout


def words(html: str) -> str:
    """What a reader sees, on one line."""
    return one_line(unescape(re.sub(r"<[^>]*>", "", html)))


def parts(pieces: Iterable[Piece]) -> list[str]:
    """What becomes of each piece."""
    return page(RULE.join(FORMATS["asciidoc"].written([piece]) for piece in pieces)).split("<hr>")


def every(tag: str, html: str) -> list[str]:
    return [words(found) for found in re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", html, re.DOTALL)]


def test_every_value_arrives_in_a_cell_as_text_and_as_code() -> None:
    shown = parts(Table(("h", "i", "j"), (("first", value, Code(value)),)) for value in VALUES)

    assert [every("td", html) for html in shown] == [["first", one_line(value), one_line(value)] for value in VALUES]


def test_every_value_arrives_in_the_head_of_a_table() -> None:
    shown = parts(Table((value, "i"), (("1", "2"),)) for value in VALUES)

    assert [every("th", html) for html in shown] == [[one_line(value), "i"] for value in VALUES]


def test_every_value_arrives_in_a_paragraph_and_in_an_item() -> None:
    paragraphs = parts(Paragraph(value) for value in VALUES)
    items = parts(Bullets((value, ("x ", Code(value), " y"))) for value in VALUES)

    assert [every("p", html) for html in paragraphs] == [[one_line(value)] for value in VALUES]
    assert [every("li", html) for html in items] == [[one_line(v), one_line(f"x {v.strip()} y")] for v in VALUES]


def test_every_value_arrives_in_a_heading() -> None:
    html = page("= T\n\n" + "\n".join(FORMATS["asciidoc"].written([Heading(2, value)]) for value in VALUES))

    assert every("h2", html) == [one_line(value) for value in VALUES]


def test_every_value_arrives_under_a_picture_and_in_its_place() -> None:
    shown = parts(Picture("p", f"c {value}", f"a {value}") for value in VALUES)

    for value, html in zip(VALUES, shown, strict=True):
        assert [unescape(alt) for alt in re.findall(r'alt="([^"]*)"', html)] == [f"a {one_line(value)}"]
        assert words(html).endswith(f". c {one_line(value)}")


@pytest.mark.parametrize(
    ("attributes", "shown"),
    [
        ((), "p.light.svg"),
        (("env-github",), "p.svg"),
        (("env-gitlab",), "p.svg"),
        (("kmtopo-shade=",), "p.svg"),
        (("kmtopo-shade=.dark",), "p.dark.svg"),
    ],
)
def test_a_page_shows_the_picture_of_its_shade(attributes: tuple[str, ...], shown: str) -> None:
    twice = FORMATS["asciidoc"].written([Picture("p", "c", "a"), Picture("p", "c", "a")])

    assert re.findall(r'src="([^"]*)"', page(twice, *attributes)) == [shown, shown]
    assert re.findall(r'src="([^"]*)"', page(f"= T\n:kmtopo-shade: .dark\n\n{twice}")) == ["p.dark.svg", "p.dark.svg"]


@pytest.mark.parametrize("title", ["Red de Comando", TITLE])
def test_the_chapter_keeps_its_columns_and_its_pictures(title: str) -> None:
    topology = KMMOTOS.replace("title: Red de Comando,", f"title: '{title}',") + IN_ASCIIDOC
    request = Request(environments=("produccion",))
    build = pipeline.run(pipeline.BUILDING, Build(Source("topology.yaml", topology), request=request))
    files = {str(artifact.path): artifact.content for _, artifact in build.artifacts["produccion"]}

    html = page(files["docs/07-vista-de-despliegue.adoc"])
    images = re.findall(r'<img src="([^"]*)" alt="([^"]*)">\n</div>\n<div class="title">(.*?)</div>', html)

    for table in re.findall(r"<table.*?</table>", html, re.DOTALL):
        rows = [len(re.findall(r"<t[hd]\b", row)) for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)]
        assert set(rows) == {len(re.findall(r"<col\b", table))}
    assert html.count("<table") >= 8
    assert title in every("td", html)
    assert [source for source, _, _ in images] == [
        f"../diagrams/{view}.light.svg" for view in ("deployment", "networks", "tenants", "failures")
    ]
    assert all(source.removeprefix("../") in files and len(alt) > 60 for source, alt, _ in images)
    assert [caption for _, _, caption in images] == [
        f"Figura {number}. KMMotos: gestión empresarial multiempresa · {view} · Producción"
        for number, view in enumerate(("Despliegue", "Segmentación de red", "Tenencias", "Dependencias y fallas"), 1)
    ]
