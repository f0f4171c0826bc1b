"""Titles in letters that no font of ours has, in the browser: what the reader's fonts draw is no wider than what was counted."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import Any

import pytest

from e2e.browser import ANSWER, measured
from e2e.titles import retitled
from kmtopo_diagram.critique.lint import lint
from kmtopo_diagram.ink.metrics import Weight, widest
from picture_worlds import TITLES
from topologies import KMMOTOS

pytestmark = pytest.mark.e2e

VIEWS = ("deployment", "networks", "matrix", "tenants", "failures")
PAGE = Template("""<!doctype html>
<meta charset="utf-8">
<body>
$svg
<script>
  async function measure() {
    await document.fonts.ready;
    const own = (text) => text.firstChild.length;
    return {
      texts: [...document.querySelectorAll("svg text")].map((text) => ({
        said: text.firstChild.data,
        size: Number(text.getAttribute("font-size")),
        weight: Number(text.getAttribute("font-weight") || 400),
        drawn: text.getSubStringLength(0, own(text)),
      })),
    };
  }
$answer</script>
""")


@pytest.fixture(scope="module")
def foreign(installed, open_folder: Path) -> Path:
    """KMMotos, where everything has a title that its reader's fonts have to draw, built by the installed wheel."""
    folder = open_folder / "foreign"
    folder.mkdir()
    text = retitled(KMMOTOS, [title for title in TITLES if title])
    (folder / "topology.yaml").write_text(text, encoding="utf-8")
    result = installed.kmtopo("build", "-e", "produccion", cwd=folder)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder / "build" / "produccion" / "diagrams"


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_counted_fits_its_box(view: str, foreign: Path) -> None:
    assert lint((foreign / f"{view}.light.svg").read_text(encoding="utf-8"), may_cut=True) == ()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("ending", ["svg", "light.svg"], ids=["with its fonts", "with the reader's fonts alone"])
def test_what_is_drawn_is_no_wider_than_what_is_counted(view, ending, foreign, chromium, tmp_path) -> None:
    page = tmp_path / "page.html"
    svg = (foreign / f"{view}.{ending}").read_text(encoding="utf-8")
    page.write_text(PAGE.substitute(svg=svg, answer=ANSWER), encoding="utf-8")

    found: Any = measured(chromium, page)

    assert "error" not in found, found
    assert len(found["texts"]) > 20
    assert [text for text in found["texts"] if text["drawn"] > room(text) + 0.5] == []


def room(text: dict[str, Any]) -> float:
    weight: Weight = 600 if text["weight"] == 600 else 400
    return widest(text["said"], text["size"], weight)
