"""The pages that explain codes are true: each is run, and what it shows is what kmtopo prints.

A page has ``yaml bad`` blocks, each followed by the ``text output`` that it prints, and ``yaml good``
blocks that print nothing. A code that no single text can show has ``text output yaml none`` instead.
``pytest tests/diagnostics --update-golden`` writes the outputs anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from kmtopo.diagnostics import Diagnostic
from kmtopo.pipeline import BUILDING, CHECKING, Build, Request, run
from kmtopo.report import render_text
from kmtopo.source import Source, read_page
from kmtopo.texts import CODES, LANGUAGES
from kmtopo.texts.tables import tables

PAGES = Path(__file__).parents[2] / "docs" / "diagnostics"
BLOCK = re.compile(r"^```(?P<kind>.+)\n(?P<content>(?:.*\n)*?)```$", re.MULTILINE)
OUTPUT = re.compile(r"^(```text output\n)(?:.*\n)*?(```$)", re.MULTILINE)
KINDS = ("yaml bad", "text output", "yaml good", "text output yaml none", "yaml", "csv", "jinja")
WITHOUT_PICTURES = ("compose", "env", "laravel", "mongo", "nginx", "postgres", "redis")

# They need bytes, a disk, a lock, a plugin, or a bug.
SHOWN_BY_NO_TEXT = {
    *("KM111", "KM112", "KM113", "KM115", "KM116", "KM118", "KM119", "KM120", "KM121", "KM122"),
    *("KM310", "KM311"),
    *("KM602", "KM603", "KM605", "KM645", "KM646"),
    *(f"KM{number}" for number in range(650, 655)),
    *(f"KM{number}" for number in range(750, 760)),
    *("KM701", "KM702", "KM703", "KM704", "KM705", "KM706", "KM707", "KM708", "KM709", "KM710"),
    *(f"KM{number}" for number in range(801, 817)),
    *(f"KM{number}" for number in range(851, 860)),
    "KM999",
}


@dataclass(frozen=True)
class Page:
    """One page as written."""

    code: str
    language: str
    text: str

    @property
    def blocks(self) -> list[tuple[str, str]]:
        """Kind and content of each fenced block, in order."""
        return [(found["kind"], found["content"]) for found in BLOCK.finditer(self.text)]

    def of(self, kind: str) -> list[str]:
        """The contents of the blocks of one kind."""
        return [content for found, content in self.blocks if found == kind]


WRITTEN = sorted((path.stem, path.parent.name) for path in PAGES.glob("??/*.md"))


@pytest.fixture
def page(code: str, language: str) -> Page:
    return Page(code, language, (PAGES / language / f"{code}.md").read_text(encoding="utf-8"))


def found(page: Page, text: str) -> tuple[Diagnostic, ...]:
    """What kmtopo finds in a text; generators are asked only where the page is about one of theirs."""
    phases = BUILDING if page.code.startswith("KM6") else CHECKING
    return run(phases, Build(Source("topology.yaml", text), request=Request(generators=WITHOUT_PICTURES))).diagnostics


def printed(page: Page, text: str) -> str:
    """What ``kmtopo check`` says about a text."""
    return render_text(found(page, text), {"topology.yaml": Source("topology.yaml", text)}, page.language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_page_and_every_page_a_code(language: str) -> None:
    pages = {code for code, written_in in WRITTEN if written_in == language}

    assert sorted(CODES.keys() - pages) == []
    assert sorted(pages - CODES.keys()) == []


@pytest.mark.parametrize(("code", "language"), WRITTEN)
def test_a_page_is_titled_by_code_and_name_and_made_of_known_blocks(page: Page) -> None:
    kinds = [kind for kind, _ in page.blocks]

    assert page.text.startswith(f"# {page.code}: {CODES[page.code].name}\n\n")
    assert {kind.partition(" file ")[0] for kind in kinds} <= set(KINDS)
    if page.code in SHOWN_BY_NO_TEXT:
        assert {kind for kind in kinds if " file " not in kind} == {"text output yaml none"}
    else:
        assert kinds == ["yaml bad", "text output", "yaml good"] * (len(kinds) // 3)
        assert kinds
    assert read_page(page.code, page.language) == page.text


@pytest.mark.parametrize(("code", "language"), [each for each in WRITTEN if each[0] not in SHOWN_BY_NO_TEXT])
def test_what_is_bad_prints_exactly_the_output_of_this_code_only(page: Page, request: pytest.FixtureRequest) -> None:
    for text in page.of("yaml bad"):
        assert {diagnostic.code for diagnostic in found(page, text)} == {page.code}
    outputs = [printed(page, text) for text in page.of("yaml bad")]

    if request.config.getoption("--update-golden", default=False):
        (PAGES / page.language / f"{page.code}.md").write_text(with_outputs(page.text, outputs), encoding="utf-8")
    else:
        assert page.of("text output") == outputs


@pytest.mark.parametrize(("code", "language"), [each for each in WRITTEN if each[0] not in SHOWN_BY_NO_TEXT])
def test_what_is_good_prints_nothing(page: Page) -> None:
    assert [printed(page, text) for text in page.of("yaml good")] == [""] * len(page.of("yaml good"))


@pytest.mark.parametrize(("code", "language"), [each for each in WRITTEN if each[0] in SHOWN_BY_NO_TEXT])
def test_an_output_that_no_text_prints_is_made_of_the_texts_of_its_code(page: Page) -> None:
    table, words = tables(page.language)[page.code], tables(page.language)["report"]
    head = f"{words[CODES[page.code].severity]}[{page.code}]: "
    summaries = [pattern(words) for entry, words in table.items() if entry.startswith("summary")]
    helps = [pattern(words) for entry, words in table.items() if entry.startswith("help")]

    for output in page.of("text output yaml none"):
        first, *others = output.splitlines()
        help_line = next(line for line in others if f"= {words['help']}: " in line)
        assert first.startswith(head)
        assert any(summary.fullmatch(first.removeprefix(head)) for summary in summaries)
        assert any(text.fullmatch(help_line.partition(": ")[2]) for text in helps)


def pattern(words: str) -> re.Pattern[str]:
    """What a text may look like once its placeholders are filled."""
    return re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(words.replace("{{", "{").replace("}}", "}"))))


def with_outputs(text: str, outputs: list[str]) -> str:
    """The text of a page with its outputs replaced."""
    waiting = iter(outputs)
    return OUTPUT.sub(lambda found: f"{found[1]}{next(waiting)}{found[2]}", text)


def test_writing_outputs_anew_touches_nothing_else() -> None:
    text = "# T\n\n```yaml bad\na\n```\n\n```text output\nold\n\nlines\n```\n\n```text output\n```\n"

    assert with_outputs(text, ["new\n", "newer\n"]) == (
        "# T\n\n```yaml bad\na\n```\n\n```text output\nnew\n```\n\n```text output\nnewer\n```\n"
    )
