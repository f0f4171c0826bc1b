"""Every word of kmtopo's own that a finding may name has its translation."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from kmtopo.texts import LANGUAGES
from kmtopo.texts.tables import tables
from kmtopo.types.runtime import Stage

SOURCES = [path for folder in ("src", "generators") for path in Path(__file__).parents[3].glob(f"{folder}/**/*.py")]
STAGES = set(get_args(Stage))


def terms() -> Iterator[ast.Call]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Term":
                yield node


def test_a_term_is_a_literal_or_a_stage_so_that_all_of_them_are_known() -> None:
    computed = {ast.unparse(term) for term in terms() if not isinstance(term.args[0], ast.Constant)}

    assert computed <= {"Term(stage)"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_its_word_and_every_word_its_term(language: str) -> None:
    used = {str(term.args[0].value) for term in terms() if isinstance(term.args[0], ast.Constant)}

    assert used | STAGES == set(tables(language)["terms"])
