"""Pages of codes that need several files: these are written, compiled, and what is printed is compared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kmtopo import pipeline
from kmtopo.reading import read
from kmtopo.report import render_text
from kmtopo.texts import LANGUAGES

PAGES = Path(__file__).parents[2] / "docs" / "diagnostics"
FILE = re.compile(r"^```(?:yaml|csv) file (?P<name>\S+)\n(?P<content>(?:.*\n)*?)```$", re.MULTILINE)
OUTPUT = re.compile(r"^(```text output yaml none\n)((?:.*\n)*?)(```$)", re.MULTILINE)


def printed(folder: Path, language: str) -> str:
    build = pipeline.run(pipeline.CHECKING, pipeline.start(read(folder)))
    sources = {source.name: source for source in (build.source, *build.included)}
    return render_text(build.diagnostics, sources, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["KM119", "KM120", "KM121", "KM122"])
def test_the_page_shows_what_is_printed_and_what_mends_it(
    tmp_path: Path, code: str, language: str, update_golden: bool
) -> None:
    page = PAGES / language / f"{code}.md"
    text = page.read_text(encoding="utf-8")
    *bad, good = [(found["name"], found["content"]) for found in FILE.finditer(text)]
    for name, content in bad:
        (tmp_path / name).write_text(content, encoding="utf-8")
    shown = printed(tmp_path, language)
    if update_golden:
        page.write_text(OUTPUT.sub(lambda found: found[1] + shown + found[3], text), encoding="utf-8")
        return

    assert [found[2] for found in OUTPUT.finditer(text)] == [shown]
    assert f"[{code}]" in shown
    (tmp_path / good[0]).write_text(good[1], encoding="utf-8")
    assert printed(tmp_path, language) == ""
