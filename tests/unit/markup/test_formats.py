"""Formats write pieces; whatever a title holds, it stays text."""

from __future__ import annotations

import pytest

from kmtopo.markup.formats import FORMATS, format_of
from kmtopo.markup.pieces import Bullets, Code, Heading, Paragraph, Picture, Piece, Table

PIECES: tuple[Piece, ...] = (
    Heading(2, "Redes"),
    Paragraph("Tres redes."),
    Bullets(("una", ("dos: ", Code("10.0.0.0/24")))),
    Table(("Red", "Puerto"), (("Red de Comando", Code("6379/redis")), ("Red de Seguridad", ""))),
    Picture("kmtopo/produccion.deployment", "Despliegue", "VPS Principal corre 9 contenedores."),
)
MARKDOWN = """\
## Redes

Tres redes.

- una
- dos: `10.0.0.0/24`

| Red | Puerto |
| --- | --- |
| Red de Comando | `6379/redis` |
| Red de Seguridad |   |

<picture>
<source media="(prefers-color-scheme: dark)" srcset="kmtopo/produccion.deployment.dark.svg">
<img src="kmtopo/produccion.deployment.light.svg" alt="VPS Principal corre 9 contenedores.">
</picture>

*Despliegue*
"""
ASCIIDOC = """\
== Redes

Tres redes.

* una
* dos: ``10.0.0.0/24``

[%header%autowidth,cols="2*"]
|===
|Red
|Puerto

|Red de Comando
|``6379/redis``

|Red de Seguridad
|
|===

ifdef::env-github,env-gitlab[:kmtopo-shade:]
ifndef::kmtopo-shade[:kmtopo-shade: .light]
.Despliegue
image::kmtopo/produccion.deployment{kmtopo-shade}.svg["VPS Principal corre 9 contenedores."]
"""
RESTRUCTUREDTEXT = """\
Redes
-----

Tres redes.

- una
- dos: \\ ``10.0.0.0/24``

.. list-table::
   :header-rows: 1
   :widths: auto

   * - Red
     - Puerto
   * - Red de Comando
     - ``6379/redis``
   * - Red de Seguridad
     -

.. figure:: kmtopo/produccion.deployment.svg
   :alt: VPS Principal corre 9 contenedores.

   Despliegue
"""


@pytest.mark.parametrize(
    ("name", "text"), [("markdown", MARKDOWN), ("asciidoc", ASCIIDOC), ("restructuredtext", RESTRUCTUREDTEXT)]
)
def test_each_format_writes_every_piece(name: str, text: str) -> None:
    assert FORMATS[name].written(PIECES) == text


@pytest.mark.parametrize("name", FORMATS)
def test_no_piece_is_no_text(name: str) -> None:
    assert FORMATS[name].written(()) == ""


HOSTILE = {
    "a | b": ("a &#124; b", "a &#124; b", "a \\| b"),
    "*bold* _it_ `x`": (
        "\\*bold\\* \\_it\\_ \\`x\\`",
        "&#42;bold&#42; &#95;it&#95; &#96;x&#96;",
        "\\*bold\\* \\_it\\_ \\`x\\`",
    ),
    "<script>1&2</script>": (
        "&#60;script&#62;1&#38;2&#60;/script&#62;",
        "&#60;script&#62;1&#38;2&#60;/script&#62;",
        "\\<script\\>1&2\\</script\\>",
    ),
    "[x](javascript:y)": (
        "\\[x\\](javascript:y)",
        "&#91;x&#93;(javascript:y)",
        "\\[x\\](javascript\\:y)",
    ),
    "https://a.example me@a.example": (
        "https&#58;//a.example me&#64;a.example",
        "https&#58;//a.example me&#64;a.example",
        "https\\://a.example me\\@a.example",
    ),
    "{x} \\": ("\\{x\\} \\\\", "&#123;x&#125; &#92;", "{x} \\\\"),
    "=== ((x)) $$y$$": (
        "&#61;&#61;= ((x)) &#36;&#36;y&#36;&#36;",
        "&#61;== &#40;(x)) &#36;$y&#36;$",
        "\\=== ((x)) $$y$$",
    ),
    "a\n\nb\tc": ("a  b c", "a  b c", "a  b c"),
}


@pytest.mark.parametrize(("given", "written"), HOSTILE.items(), ids=list(HOSTILE))
def test_signs_of_a_format_are_text_in_a_cell(given: str, written: tuple[str, str, str]) -> None:
    table = Table(("h",), ((given,),))

    cells = [FORMATS[name].written([table]).rstrip("\n").splitlines()[-1] for name in ("markdown", "restructuredtext")]
    asciidoc = FORMATS["asciidoc"].written([table]).splitlines()[-2]

    assert cells[0] == f"| {written[0]} |"
    assert asciidoc == f"|{written[1]}"
    assert cells[1] == f"   * - {written[2]}"


LEADING = {
    "# no heading": ("&#35; no heading", "&#35; no heading", "\\# no heading"),
    "- no item": ("&#45; no item", "&#45; no item", "\\- no item"),
    "1. no number": ("1\\. no number", "1&#46; no number", "1\\. no number"),
    "NOTE: no box": ("NOTE: no box", "NOTE&#58; no box", "NOTE: no box"),
    ".. no directive": (".. no directive", "&#46;. no directive", "\\.. no directive"),
    "> no quote": ("&#62; no quote", "&#62; no quote", "\\> no quote"),
    "=== no rule": ("&#61;&#61;= no rule", "&#61;== no rule", "\\=== no rule"),
}


@pytest.mark.parametrize(("given", "written"), LEADING.items(), ids=list(LEADING))
def test_what_stands_first_in_a_line_begins_nothing(given: str, written: tuple[str, str, str]) -> None:
    shown = tuple(format.written([Paragraph(given)]).rstrip("\n") for format in FORMATS.values())

    assert shown == written


def test_code_that_would_end_itself_or_a_cell_is_written_another_way() -> None:
    table = Table(("h",), ((Code("a|b`c"),),))

    assert FORMATS["markdown"].written([table]).splitlines()[-1] == "| <code>a&#124;b\\`c</code> |"
    assert FORMATS["asciidoc"].written([table]).splitlines()[-2] == "|``a&#124;b&#96;c``"
    assert FORMATS["restructuredtext"].written([table]).splitlines()[-1] == "   * - a\\|b\\`c"


def test_captions_and_alt_text_are_quoted_for_the_place_they_stand_in() -> None:
    picture = Picture("p", "*C* | .x", 'say "hi" </picture> ] {x}\n\nnext')

    assert FORMATS["markdown"].written([picture]).splitlines()[2:] == [
        '<img src="p.light.svg" alt="say &#34;hi&#34; &#60;/picture&#62; &#93; &#123;x&#125; next">',
        "</picture>",
        "",
        "*\\*C\\* &#124; .x*",
    ]
    assert FORMATS["asciidoc"].written([picture]).splitlines() == [
        "ifdef::env-github,env-gitlab[:kmtopo-shade:]",
        "ifndef::kmtopo-shade[:kmtopo-shade: .light]",
        ".&#42;C&#42; &#124; .x",
        'image::p{kmtopo-shade}.svg["say &#34;hi&#34; &#60;/picture&#62; &#93; &#123;x&#125; next"]',
    ]
    assert FORMATS["restructuredtext"].written([picture]).splitlines() == [
        ".. figure:: p.svg",
        '   :alt: say "hi" </picture> ] {x} next',
        "",
        "   \\*C\\* \\| .x",
    ]


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.md", "markdown"), ("A.ADOC", "asciidoc"), ("b/c.rst", "restructuredtext"), ("d.txt", None), ("md", None)],
)
def test_a_file_s_ending_tells_its_format(name: str, format: str | None) -> None:
    found = format_of(name)

    assert (found.name if found else None) == format
