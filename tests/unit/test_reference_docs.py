"""The pages and pictures that are made say what the program says now."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES: dict[str, str] = runpy.run_path(str(DOCS / "reference.py"))["pages"]()


@pytest.mark.parametrize("path", PAGES)
def test_a_made_page_is_up_to_date(path: str) -> None:
    assert (DOCS / path).read_text(encoding="utf-8") == PAGES[path], "run `make docs`"
