"""KMMotos with one mistake each: every mistake is told once, at its place, in words that help."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kmtopo.diagnostics import Diagnostic, Severity
from kmtopo.report import render_text
from topologies import DATA, KMMOTOS, checked

FAULTS: list[dict[str, Any]] = json.loads((DATA / "faults" / "faults.json").read_text(encoding="utf-8"))
SINGLE = [fault for fault in FAULTS if "line" in fault]


def place(diagnostic: Diagnostic) -> tuple[int, int]:
    assert diagnostic.primary is not None
    assert diagnostic.primary.span is not None
    start = diagnostic.primary.span.start
    return start.line, start.column


def places(fault: dict[str, Any]) -> set[tuple[int, int]]:
    return {(p["line"], p["column"]) for p in [fault, *fault.get("or", ())]}


@pytest.mark.parametrize("fault", SINGLE, ids=lambda fault: fault["name"])
def test_a_fault_is_told_once_at_its_place(fault: dict[str, Any]) -> None:
    build = checked((DATA / "faults" / f"{fault['name']}.yaml").read_text(encoding="utf-8"))
    errors = [d for d in build.diagnostics if d.severity is Severity.ERROR]
    assert [place(d) for d in errors] != []
    assert {place(d) for d in errors} <= places(fault)
    assert len(errors) == 1


@pytest.mark.parametrize("fault", SINGLE, ids=lambda fault: fault["name"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_words_help(fault: dict[str, Any], language: str) -> None:
    build = checked((DATA / "faults" / f"{fault['name']}.yaml").read_text(encoding="utf-8"))
    errors = [d for d in build.diagnostics if d.severity is Severity.ERROR]
    words = render_text(errors, {}, language)
    for wanted in fault["help"]:
        assert any(word in words for word in wanted.split("|")), words


def test_five_mistakes_at_once_are_five_diagnostics() -> None:
    (fault,) = [f for f in FAULTS if f["name"] == "five-at-once"]
    build = checked((DATA / "faults" / "five-at-once.yaml").read_text(encoding="utf-8"))
    for diagnostic, wanted in zip(build.diagnostics, sorted(fault["all"], key=lambda f: f["line"]), strict=True):
        assert place(diagnostic) in places(wanted)


def test_kmmotos_itself_is_strictly_clean() -> None:
    assert {d.severity for d in checked(KMMOTOS).diagnostics} <= {Severity.INFO}
