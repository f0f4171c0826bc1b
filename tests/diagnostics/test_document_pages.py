"""Pages of what is wrong with documents: each shows what ``kmtopo docs`` prints of a document that it names.

``pytest tests/diagnostics --update-golden`` writes the outputs anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kmtopo.documents import Library, fill
from kmtopo.documents.drift import drift
from kmtopo.markup.formats import FORMATS
from kmtopo.report import render_text
from kmtopo.source import Source
from kmtopo.texts import LANGUAGES
from topologies import KMMOTOS, checked

PAGES = Path(__file__).parents[2] / "docs" / "diagnostics"
OUTPUT = re.compile(r"^(```text output yaml none\n)((?:.*\n)*?)(```)$", re.MULTILINE)
BUILD = checked(KMMOTOS)
TWO_LIVE = checked(KMMOTOS.replace("stage: test", "stage: production"))

SHOWN = {
    "KM851": (
        "<!-- BEGIN KMTOPO tenants -->\n",
        "<!-- BEGIN KMTOPO Los inquilinos -->\n<!-- END KMTOPO -->\n",
    ),
    "KM852": ("<!-- BEGIN KMTOPO tenant -->\n<!-- END KMTOPO -->\n",),
    "KM853": (
        "<!-- BEGIN KMTOPO tenants:prueba -->\n<!-- END KMTOPO -->\n",
        "<!-- BEGIN KMTOPO tenants -->\n<!-- END KMTOPO -->\n",
    ),
    "KM854": (
        "<!-- BEGIN KMTOPO motivation -->\nPorque sí.\n<!-- END KMTOPO motivation 0123456789ab -->\n",
        "<!-- BEGIN KMTOPO motivation -->\nPorque sí.\n<!-- END KMTOPO -->\n",
    ),
    "KM855": ("El correo de cada empresa pasa por Mailpit.\n",),
    "KM856": ("El VPS cuesta 300 USD al mes.\n",),
    "KM857": ("El sistema sirve a 8 empresas.\n",),
    "KM858": ("La empresa Yates Unidos entra por su propio dominio.\n",),
    "KM859": ("La red interna de Puerto Azul separa a los invitados.\n",),
}


def printed(code: str, text: str, language: str) -> str:
    """What is printed of the code for a document."""
    build = BUILD
    if code == "KM853" and "prueba" not in text:
        build = TWO_LIVE
    if code == "KM855":
        build = checked(_without_mailpit())
    source, format = Source("07-despliegue.md", text), FORMATS["markdown"]
    found = [*fill(source, format, Library(build)).found, *drift(source, format, build).found]
    assert {one.code for one in found} == {code}
    return render_text(found, {source.name: source}, language)


def _without_mailpit() -> str:
    part = re.compile(r"\n      mailpit:\n(?:        .*\n)+", re.MULTILINE)
    return part.sub("\n", KMMOTOS).replace("uses: {mailpit: {for: [mail], optional: true}}\n        ", "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", SHOWN)
def test_the_page_shows_what_is_printed(code: str, language: str, *, update_golden: bool) -> None:
    page = PAGES / language / f"{code}.md"
    outputs = [printed(code, text, language) for text in SHOWN[code]]
    if update_golden:
        waiting = iter(outputs)
        text = page.read_text(encoding="utf-8")
        page.write_text(OUTPUT.sub(lambda found: f"{found[1]}{next(waiting)}{found[3]}", text), encoding="utf-8")

    assert [found[2] for found in OUTPUT.finditer(page.read_text(encoding="utf-8"))] == outputs
