"""Pages of codes about a project's own templates: the files are written, compiled, and what is printed is compared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kmtopo import pipeline
from kmtopo.pipeline import Request
from kmtopo.reading import read
from kmtopo.report import render_text
from kmtopo.texts import LANGUAGES
from topologies import UNDRAWN

PAGES = Path(__file__).parents[2] / "docs" / "diagnostics"
FILE = re.compile(r"^```(?:yaml|jinja) file (?P<name>\S+)\n(?P<content>(?:.*\n)*?)```$", re.MULTILINE)
OUTPUT = re.compile(r"^(```text output yaml none\n)((?:.*\n)*?)(```$)", re.MULTILINE)


def printed(folder: Path, language: str) -> str:
    project = read(folder)
    build = pipeline.run(pipeline.BUILDING, pipeline.start(project, Request(generators=UNDRAWN)))
    return render_text(build.diagnostics, project.sources, language)


def write(folder: Path, name: str, content: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["KM645", "KM646"])
def test_the_page_shows_what_is_printed_and_what_mends_it(
    tmp_path: Path, code: str, language: str, update_golden: bool
) -> None:
    page = PAGES / language / f"{code}.md"
    text = page.read_text(encoding="utf-8")
    topology, bad, good = [(found["name"], found["content"]) for found in FILE.finditer(text)]
    write(tmp_path, *topology)
    write(tmp_path, *bad)
    shown = printed(tmp_path, language)
    if update_golden:
        page.write_text(OUTPUT.sub(lambda found: found[1] + shown + found[3], text), encoding="utf-8")
        return

    assert [found[2] for found in OUTPUT.finditer(text)] == [shown]
    assert f"[{code}]" in shown
    (tmp_path / bad[0]).unlink()
    write(tmp_path, *good)
    assert printed(tmp_path, language) == ""
