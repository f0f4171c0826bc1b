"""The page on rules speaks of codes, names and tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

from kmtopo.texts import CODES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (?P<rule>[a-z0-9-]+(?:, -[a-z]+)?) \| (?P<settled>.+) \|$", re.MULTILINE)


def test_every_code_stands_beside_its_name() -> None:
    named = re.findall(r"\b(KM\d{3}) `([a-z0-9-]+)`", PAGE)

    assert len(named) > 70
    assert [(code, name) for code, name in named if CODES[code].name != name] == []
    assert set(re.findall(r"\bKM\d{3}\b", PAGE)) == {code for code, _ in named}


def test_a_rule_of_the_page_that_is_a_diagnostic_has_its_name() -> None:
    names = {known.name: code for code, known in CODES.items()}
    rows = {found["rule"]: found["settled"] for found in ROW.finditer(PAGE) if found["rule"] != "rule"}

    assert len(rows) > 75
    assert [rule for rule, settled in rows.items() if rule in names and names[rule] not in settled] == []


def test_what_it_cites_is_there() -> None:
    cited = set(re.findall(r"`(tests/[a-z_/]+(?:\.py)?)`", PAGE))

    assert len(cited) > 8
    assert [path for path in cited if not (ROOT / path).exists()] == []
