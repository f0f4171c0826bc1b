"""Broken files: whatever is done to KMMotos ends in diagnostics near the break, never in a traceback."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kmtopo.cli.app import run
from kmtopo.diagnostics import Diagnostic, Severity
from kmtopo.report import render_text
from topologies import KMMOTOS, UNDRAWN, built

COUNT = 300
NEAR_ENOUGH = 0.9
Mutation = Callable[[random.Random, list[str], int], str | None]
GARBAGE = [
    ";",
    "}",
    "{",
    "]",
    "[",
    "$",
    "'",
    '"',
    "\\",
    ": ",
    "- ",
    "#",
    "&a ",
    "*a ",
    "!x ",
    "\t",
    "é",
    "😀",
    "\x07",
    "%",
    "@",
    "`",
    "|",
    ">",
    "?",
]


def insert(dice: random.Random, lines: list[str], at: int) -> str | None:
    column = dice.randint(0, len(lines[at]))
    return lines[at][:column] + dice.choice(GARBAGE) + lines[at][column:]


def delete(dice: random.Random, lines: list[str], at: int) -> str | None:
    if not lines[at].strip():
        return None
    column = dice.randrange(len(lines[at]))
    return lines[at][:column] + lines[at][column + 1 :]


def misspell(dice: random.Random, lines: list[str], at: int) -> str | None:
    key, colon, rest = lines[at].partition(":")
    return f"{key}x{colon}{rest}" if colon and key.strip() and not key.strip().startswith("#") else None


def another_type(dice: random.Random, lines: list[str], at: int) -> str | None:
    key, colon, rest = lines[at].partition(": ")
    wrong = dice.choice(["[1, 2]", "{a: b}", "true", "12", "yes", "''", "null", "1e999", "'../../x'", '"a\\nb"'])
    return f"{key}{colon}{wrong}" if colon and rest and not key.strip().startswith("#") else None


def indent(dice: random.Random, lines: list[str], at: int) -> str | None:
    return f"{' ' * dice.randint(1, 3)}{lines[at]}" if lines[at].strip() else None


MUTATIONS: list[Mutation] = [insert, delete, misspell, another_type, indent]


def mutants() -> list[tuple[int, str]]:
    """The line that was changed (from 1) and the text, from a fixed seed."""
    dice = random.Random(20261124)
    lines = KMMOTOS.split("\n")
    made: list[tuple[int, str]] = []
    while len(made) < COUNT:
        at = dice.randrange(len(lines))
        line = dice.choice(MUTATIONS)(dice, lines, at)
        if line is not None and line != lines[at]:
            made.append((at + 1, "\n".join([*lines[:at], line, *lines[at + 1 :]])))
    return made


def family(text: str, line: int) -> set[int]:
    """A line, and those that it lies under: every less indented one above, and its neighbours in a broken block."""
    lines = text.split("\n")
    depth, found = len(lines[line - 1]) - len(lines[line - 1].lstrip()), {line}
    for above in range(line - 1, 0, -1):
        here = lines[above - 1]
        if here.strip() and len(here) - len(here.lstrip()) < depth:
            depth = len(here) - len(here.lstrip())
            found.add(above)
    return found


@dataclass(frozen=True)
class Outcome:
    """What was found in a text of which one line was changed."""

    line: int
    text: str
    errors: tuple[Diagnostic, ...]

    @property
    def breaks_the_schema(self) -> bool:
        # A renamed noun is a noun: what is reported then is who still means the old one.
        return any(error.code < "KM300" for error in self.errors)

    @property
    def lines(self) -> set[int]:
        """The lines that its errors point at."""
        return {error.primary.span.start.line for error in self.errors if error.primary and error.primary.span}


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    results = []
    for line, text in mutants():
        build = built(text, generators=UNDRAWN)
        assert "\x07" not in render_text(build.diagnostics, {build.source.name: build.source}, "es")
        errors = tuple(d for d in build.diagnostics if d.severity is Severity.ERROR)
        results.append(Outcome(line, text, errors))
    return results


def test_every_error_has_a_place(outcomes: list[Outcome]) -> None:
    assert [outcome for outcome in outcomes if outcome.errors and not outcome.lines] == []


def test_most_errors_point_at_the_broken_line_or_what_it_lies_under(outcomes: list[Outcome]) -> None:
    broken = [outcome for outcome in outcomes if outcome.breaks_the_schema]
    near = [outcome for outcome in broken if outcome.lines & family(outcome.text, outcome.line)]

    assert len(broken) > COUNT / 2
    assert len(near) >= NEAR_ENOUGH * len(broken)


def test_any_bytes_end_in_an_orderly_way(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    dice = random.Random(20261125)
    whole = KMMOTOS.encode()
    for _ in range(30):
        at = dice.randrange(len(whole))
        garbage = dice.randbytes(dice.randint(1, 3))
        (tmp_path / "topology.yaml").write_bytes(whole[:at] + garbage + whole[at + dice.randint(0, 2) :])

        assert run(["check", str(tmp_path / "topology.yaml")]) in (0, 1), capfd.readouterr().err
