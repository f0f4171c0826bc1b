"""Rooms stay small: a module that outgrows its bound is two modules."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median, quantiles

import pytest

LONGEST_MODULE = 400
LONG_FUNCTION = 30


@pytest.fixture(scope="module")
def modules(root: Path) -> dict[str, str]:
    paths = [*root.glob("src/**/*.py"), *root.glob("generators/**/*.py")]
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in sorted(paths)}


def test_no_module_is_longer_than_400_lines(modules: dict[str, str]) -> None:
    lengths = {path: text.count("\n") for path, text in modules.items()}

    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_nine_functions_in_ten_are_shorter_than_30_lines(modules: dict[str, str]) -> None:
    lengths = [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for text in modules.values()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
    ]

    assert quantiles(lengths, n=10)[-1] < LONG_FUNCTION
    assert median(lengths) < LONG_FUNCTION / 2
