"""Tables of documents on pages of the width that documents have: none is wider than its page."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import docutils.core
import pytest

from e2e.browser import ANSWER, measured
from e2e.machine import program
from kmtopo import registry
from kmtopo.documents import Library, fill
from kmtopo.markup.formats import FORMATS
from kmtopo.source import Source
from topologies import KMMOTOS, checked

pytestmark = pytest.mark.e2e

WIDTH = 720
NAMES = sorted(registry.generator("docs").blocks)
SCRIPT = f"""
<script>
  async function measure() {{
    const tables = [...document.querySelectorAll("table")];
    const page = document.documentElement.clientWidth;
    const wide = tables.filter((each) => each.getBoundingClientRect().right > page || each.scrollWidth > each.clientWidth + 2);
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


def by_material(text: str) -> str:
    """The page that MkDocs makes with the plugin, its sheets within."""
    with TemporaryDirectory() as folder:
        site = Path(folder)
        (site / "docs").mkdir()
        (site / "topology.yaml").write_text(KMMOTOS, encoding="utf-8")
        (site / "mkdocs.yml").write_text("site_name: s\ntheme: material\nplugins: [kmtopo]\n", encoding="utf-8")
        (site / "docs" / "index.md").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "--no-directory-urls"]
        subprocess.run(command, cwd=site, check=True, capture_output=True)
        page = (site / "site" / "index.html").read_text(encoding="utf-8")
        sheets = re.findall(r'<link rel="stylesheet" href="([^":]*)"', page)
        return page + "".join(f"<style>{(site / 'site' / each).read_text(encoding='utf-8')}</style>" for each in sheets)


PAGES = {"asciidoc": by_asciidoctor, "restructuredtext": by_docutils, "markdown": by_material}


@pytest.mark.parametrize("format", PAGES)
def test_every_table_fits(format: str, chromium: str, tmp_path: Path) -> None:
    library, written = Library(checked(KMMOTOS)), FORMATS[format]
    marks = [f"{written.comment(f'BEGIN KMTOPO {name}')}\n{written.comment('END KMTOPO')}\n" for name in NAMES]
    text = fill(Source("page", "\n".join(marks)), written, library).text
    (tmp_path / "page.html").write_text(PAGES[format](text) + SCRIPT, encoding="utf-8")

    found = measured(chromium, tmp_path / "page.html", f"--window-size={WIDTH},900")

    assert found == {"tables": 10, "wide": [], "page": WIDTH}
