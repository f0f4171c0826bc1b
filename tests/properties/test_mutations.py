"""Broken files: whatever is done to a topology ends in diagnostics near the break, never in a traceback.

``make mutations`` tries ten thousand; ``KMTOPO_MUTANTS`` and ``KMTOPO_SEED`` choose how many of each file, and which.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

import pytest

from kmtopo.cli.app import run
from kmtopo.diagnostics import Diagnostic, Severity
from kmtopo.report import render_text
from mutants import FILES, Mutant, damaged, mutants
from topologies import UNDRAWN, built

EACH = int(os.environ.get("KMTOPO_MUTANTS", "60"))
SEED = int(os.environ.get("KMTOPO_SEED", "20261124"))
NEAR_ENOUGH = 0.9
BUILT_AS_BYTES = 20


@dataclass(frozen=True)
class Outcome:
    """What was found in a mutant."""

    mutant: Mutant
    errors: tuple[Diagnostic, ...]
    artifacts: int

    @property
    def breaks_the_schema(self) -> bool:
        # A renamed noun is a noun: what is reported then is who still means the old one.
        return any(error.code < "KM300" for error in self.errors)

    @property
    def lines(self) -> set[int]:
        """The lines that its errors point at, labels among them: of two lines that do not fit, either may be wrong."""
        labels = (label for error in self.errors for label in (error.primary, *error.secondary) if label)
        return {label.span.start.line for label in labels if label.span}


def outcome(mutant: Mutant) -> Outcome:
    """Compiles a mutant, and says in both languages what was found."""
    try:
        build = built(mutant.text, generators=UNDRAWN)
        for language in ("en", "es"):
            assert "\x07" not in render_text(build.diagnostics, {build.source.name: build.source}, language)
    except Exception as error:
        error.add_note(f"{mutant.change} in line {mutant.line} of\n{mutant.text}")
        raise
    errors = tuple(d for d in build.diagnostics if d.severity is Severity.ERROR)
    return Outcome(mutant, errors, sum(map(len, build.artifacts.values())))


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return [outcome(mutant) for path in FILES for mutant in mutants(path, EACH, SEED)]


def test_every_error_has_a_place_and_stops_the_build(outcomes: list[Outcome]) -> None:
    assert [each.mutant for each in outcomes if each.errors and not each.lines] == []
    assert [each.mutant for each in outcomes if each.errors and each.artifacts] == []


def test_most_errors_point_at_the_broken_line_or_what_it_lies_under(outcomes: list[Outcome]) -> None:
    broken = [each for each in outcomes if each.breaks_the_schema]
    near = [each for each in broken if each.lines & each.mutant.family()]

    assert len(broken) > len(outcomes) / 2
    assert len(near) >= NEAR_ENOUGH * len(broken)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_any_bytes_end_in_an_orderly_way(path: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    topology = tmp_path / "topology.yaml"
    for content in damaged(path, EACH // BUILT_AS_BYTES, SEED):
        topology.write_bytes(content)
        code = run(["build", str(topology), "--only", "compose,env,nginx", "-o", str(tmp_path / "build")])

        told = capfd.readouterr().err
        assert code in (0, 1), told
        assert "Traceback" not in told
        if code:
            assert [each.name for each in tmp_path.iterdir()] == ["topology.yaml"]
            assert topology.read_bytes() == content
            continue
        for left in tmp_path.iterdir():
            rmtree(left) if left.is_dir() else left.unlink()
