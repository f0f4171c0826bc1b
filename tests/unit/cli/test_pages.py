"""``explain``, ``schema`` and ``generators`` print what is known without a topology."""

from __future__ import annotations

import json

import pytest

from command_lines import Kmtopo
from kmtopo.texts import CODES


@pytest.mark.parametrize("name", ["KM201", "km201", " KM201 ", "unknown-key", "Unknown-Key"])
def test_a_code_is_explained_by_whichever_name(name: str, kmtopo: Kmtopo) -> None:
    outcome = kmtopo("explain", name)

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("# KM201: unknown-key\n")


def test_every_code_is_explained_in_both_languages(kmtopo: Kmtopo) -> None:
    for code in CODES:
        english, spanish = kmtopo("explain", code), kmtopo("--lang", "es", "explain", code)
        assert english.out.startswith(f"# {code}: ")
        assert spanish.out.startswith(f"# {code}: ")
        assert english.out != spanish.out


def test_the_schema_is_json(kmtopo: Kmtopo) -> None:
    outcome = kmtopo("schema")

    assert (outcome.code, outcome.err) == (0, "")
    assert "containers" in json.loads(outcome.out)["properties"]


def test_generators_types_and_rules_are_listed_with_what_they_are(kmtopo: Kmtopo) -> None:
    outcome = kmtopo("generators")

    assert (outcome.code, outcome.err) == (0, "")
    assert [line.split()[0] for line in outcome.out.splitlines()] == [
        "generators",
        *("compose", "diagram", "docs", "env", "laravel", "mongo", "nginx", "postgres", "redis"),
        "types",
        *("external", "generic", "laravel", "mailpit", "mongodb", "nginx", "postgres", "redis", "static", "store"),
        *("rules", "kmtopo"),
    ]
