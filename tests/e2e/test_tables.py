"""Tables of documents on pages of the width that documents have: none is wider than its page."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import docutils.core
import pytest

from e2e.browser import ANSWER, measured
from e2e.machine import program
from kmtopo import registry
from kmtopo.markup.formats import FORMATS
from topologies import KMMOTOS, checked

pytestmark = pytest.mark.e2e

WIDTH = 720
SCRIPT = f"""
<script>
  async function measure() {{
    const tables = [...document.querySelectorAll("table")];
    const wide = tables.filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth);
    return {{ tables: tables.length, wide: wide.map((each) => each.rows[0].innerText), page: innerWidth }};
  }}
{ANSWER}</script>
"""


def by_asciidoctor(text: str) -> str:
    command = [program("asciidoctor", "AsciiDoc"), "-o", "-", "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def by_docutils(text: str) -> str:
    page: str = docutils.core.publish_string(text, writer="html5", settings_overrides={"output_encoding": "unicode"})
    return page


@pytest.mark.parametrize(
    ("format", "page"), [("asciidoc", by_asciidoctor), ("restructuredtext", by_docutils)], ids=["asciidoc", "rst"]
)
def test_every_table_fits(format: str, page: Callable[[str], str], chromium: str, tmp_path: Path) -> None:
    graphs = dict(checked(KMMOTOS).graphs)
    blocks = registry.generator("docs").blocks.values()
    text = "\n\n".join(FORMATS[format].written(block(graphs["produccion"], graphs)) for block in blocks)
    (tmp_path / "page.html").write_text(page(text) + SCRIPT, encoding="utf-8")

    found = measured(chromium, tmp_path / "page.html", f"--window-size={WIDTH},900")

    assert found == {"tables": 10, "wide": [], "page": WIDTH}
