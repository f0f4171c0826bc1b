"""Marks and what is between them, in each format; offers of third parties; values that try to get out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from kmtopo.artifacts import Artifact
from kmtopo.documents import Library, Wish, fill, wanted
from kmtopo.documents.todo import with_blocks
from kmtopo.markup.formats import FORMATS
from kmtopo.source import Source
from topologies import KMMOTOS, checked

LIBRARY = Library(checked(KMMOTOS))


SVG = Artifact(PurePosixPath("diagrams/deployment.svg"), "<svg><title>T</title><desc>D.</desc></svg>\n")
SHADES = tuple(replace(SVG, path=SVG.path.with_suffix(f"{shade}.svg")) for shade in ("", ".light", ".dark"))
WITH_PICTURE = Library(replace(LIBRARY.build, artifacts={"produccion": tuple(("any", each) for each in SHADES)}))


def filled(text: str, format: str = "markdown", library: Library = LIBRARY) -> str:
    return fill(Source("d", text), FORMATS[format], library).text


def codes(text: str, format: str = "markdown") -> list[str]:
    return [d.code for d in fill(Source("d", text), FORMATS[format], LIBRARY).found]


BLOCKS = {
    "markdown": "<!-- BEGIN KMTOPO assumptions -->\n<!-- END KMTOPO -->",
    "asciidoc": "// BEGIN KMTOPO assumptions\n// END KMTOPO",
    "restructuredtext": ".. BEGIN KMTOPO assumptions\n.. END KMTOPO",
}


@pytest.mark.parametrize("format", BLOCKS)
def test_each_format_marks_by_its_comments_and_what_was_filled_stays(format: str) -> None:
    once = filled(f"one\n\n{BLOCKS[format]}\n\ntwo\n", format)

    assert once.startswith(f"one\n\n{BLOCKS[format].partition(chr(10))[0]}\n\n")
    assert once.endswith("\n\ntwo\n")
    assert "Imágenes y versiones por confirmar" in once
    assert filled(once, format) == once
    assert codes(once, format) == []


def test_marks_in_examples_are_examples() -> None:
    text = "```html\n<!-- BEGIN KMTOPO tenants -->\n<!-- END KMTOPO -->\n```\n"

    assert filled(text) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<!-- BEGIN KMTOPO tenants -->\n", ["KM851"]),
        ("<!-- END KMTOPO tenants -->\n", ["KM851"]),
        ("<!-- BEGIN KMTOPO a -->\n<!-- BEGIN KMTOPO tenants -->\n<!-- END KMTOPO -->\n", ["KM851"]),
        ("<!-- BEGIN KMTOPO nothing -->\n<!-- END KMTOPO -->\n", ["KM852"]),
        ("<!-- BEGIN KMTOPO view nothing -->\n<!-- END KMTOPO -->\n", ["KM852"]),
        ("<!-- BEGIN KMTOPO tenants:mars -->\n<!-- END KMTOPO -->\n", ["KM853"]),
        ("- item\n  <!-- BEGIN KMTOPO tenants -->\n  <!-- END KMTOPO -->\n", ["KM851", "KM851"]),
        ("<!-- BEGIN KMTOPO tenants -->\nmine\n<!-- END KMTOPO -->\n", ["KM854"]),
    ],
)
def test_what_is_wrong_with_a_block_is_found_and_its_text_stays(text: str, found: list[str]) -> None:
    assert codes(text) == found
    assert filled(text) == text


@pytest.mark.parametrize(
    ("format", "marks"),
    [
        ("markdown", "<!--BEGIN KMTOPO quality-->\n<!--  end kmtopo  -->"),
        ("asciidoc", "//BEGIN KMTOPO quality\n//  END  KMTOPO"),
        ("restructuredtext", "..  begin kmtopo quality\n..   END KMTOPO"),
    ],
)
def test_marks_are_read_however_their_blanks_and_capitals_and_written_in_one_way(format: str, marks: str) -> None:
    first, last = BLOCKS[format].replace("assumptions", "quality").split("\n")

    assert filled(marks, format) == filled(f"{first}\n{last}", format)
    assert filled(marks, format).startswith(f"{first}\n\nContenedores con responsabilidades")


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("markdown", "    <!-- BEGIN KMTOPO quality -->\n    <!-- END KMTOPO -->\n"),
        ("markdown", "Write <!-- BEGIN KMTOPO quality --> first.\n"),
        ("asciidoc", " // BEGIN KMTOPO quality\n"),
        ("restructuredtext", "..BEGIN KMTOPO quality\n\n   .. BEGIN KMTOPO quality\n"),
    ],
)
def test_what_the_format_reads_as_code_or_text_is_no_mark(format: str, text: str) -> None:
    assert codes(text, format) == []
    assert filled(text, format) == text


TODO = "> **TODO:** incluir el diagrama de despliegue y sus redes\n"


@pytest.mark.parametrize(
    "text",
    [
        "> **TODO:** el diagrama de clases del dominio\n",
        "> **TODO:** add the sequence diagram of a sale\n",
        "> **TODO:** el texto\n",
        f"<!-- BEGIN KMTOPO deployment:pruebas -->\n<!-- END KMTOPO -->\n\n{TODO}",
    ],
)
def test_a_paragraph_about_another_diagram_or_beside_the_picture_stays(text: str) -> None:
    assert wanted(Source("d", text), FORMATS["markdown"]) <= {Wish("pruebas", "deployment")}
    assert with_blocks(Source("d", text), FORMATS["markdown"], WITH_PICTURE) == text


def test_of_two_paragraphs_the_first_is_replaced_and_a_second_run_leaves_the_other() -> None:
    once = with_blocks(Source("d", f"{TODO}\n{TODO}"), FORMATS["markdown"], WITH_PICTURE)

    assert once.endswith(f"<!-- END KMTOPO tenants e3b0c44298fc -->\n\n{TODO}")
    assert with_blocks(Source("d", once), FORMATS["markdown"], WITH_PICTURE) == once


def test_what_between_marks_is_blank_may_be_filled_whatever_the_checksum() -> None:
    text = "<!-- BEGIN KMTOPO quality -->\n\n\n<!-- END KMTOPO quality 0123456789ab -->\n"

    assert codes(text) == []


def test_a_document_tells_what_it_wants() -> None:
    text = "<!-- BEGIN KMTOPO a -->\n<!-- END KMTOPO -->\n<!-- BEGIN KMTOPO view b:pruebas -->\n<!-- END KMTOPO -->\n"

    assert wanted(Source("d", text), FORMATS["markdown"]) == {Wish(None, "a"), Wish("pruebas", "b", is_view=True)}


HOSTILE = 'a | b --> <!-- END KMTOPO --> ]] `x` {y} \\\\ .. // "'


@pytest.mark.parametrize("format", BLOCKS)
def test_no_title_ends_a_block_or_a_cell(format: str) -> None:
    library = Library(checked(KMMOTOS.replace("title: Red de Comando,", f"title: '{HOSTILE}',")))
    text = BLOCKS[format].replace("assumptions", "networks") + "\n"

    once = filled(text, format, library)

    assert filled(once, format, library) == once
    assert fill(Source("d", once), FORMATS[format], library).found == ()
    assert "<!-- END KMTOPO -->" not in once


def test_of_a_view_that_is_nothing_but_pages_all_are_shown() -> None:
    svg = "<svg><title>{0}</title><desc>About {0}.</desc></svg>\n"
    made = [
        ("any", Artifact(PurePosixPath(f"diagrams/floor-{part}{shade}.svg"), svg.format(part)))
        for part in ("one", "two")
        for shade in ("", ".light", ".dark")
    ]
    library = Library(replace(LIBRARY.build, artifacts={"produccion": tuple(made)}))

    once = filled("// BEGIN KMTOPO view floor\n// END KMTOPO\n", "asciidoc", library)

    assert (
        once
        == """\
// BEGIN KMTOPO view floor

ifdef::env-github,env-gitlab[:kmtopo-shade:]
ifndef::kmtopo-shade[:kmtopo-shade: .light]
.one
image::kmtopo/produccion.floor-one{kmtopo-shade}.svg["About one."]

ifdef::env-github,env-gitlab[:kmtopo-shade:]
ifndef::kmtopo-shade[:kmtopo-shade: .light]
.two
image::kmtopo/produccion.floor-two{kmtopo-shade}.svg["About two."]

// END KMTOPO view floor 12f0016f3a01
"""
    )
