"""Every installed generator keeps every promise, and the kit that says so catches those that do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtopo.testing import RULES, SAMPLES, installed, violations
from topologies import KMMOTOS

SITE = {"site": SAMPLES["site"]}
MINIMAL = (Path(__file__).parents[2] / "examples" / "01-minimal" / "topology.yaml").read_text(encoding="utf-8")
CAUGHT = {
    "counting": {"same-again", "same-elsewhere"},
    "in_hash_order": {"same-elsewhere"},
    "dated": {"same-elsewhere"},
    "located": {"same-elsewhere", "silent-about-its-surroundings"},
    "telling": {"same-elsewhere", "silent-about-its-surroundings"},
    "writing": {"pure"},
    "networking": {"pure"},
    "running": {"pure"},
    "escaping": {"inside"},
    "doubled": {"inside"},
    "windows": {"plain-text"},
    "unended": {"plain-text"},
    "overended": {"plain-text"},
    "wide_open": {"plain-text"},
    "rootless": {"traceable"},
    "unreadable": {"options"},
    "misnamed": {"identity"},
}


@pytest.mark.parametrize("generator", installed())
def test_a_generator_keeps_every_promise(generator: str) -> None:
    assert violations(generator, {**SAMPLES, "kmmotos": KMMOTOS, "minimal": MINIMAL}) == ()


def test_the_layout_engine_is_no_impurity() -> None:
    assert violations("planted_generators:conforming", SITE) == ()


@pytest.mark.parametrize("planted", CAUGHT)
def test_a_broken_promise_is_caught(planted: str) -> None:
    found = violations(f"planted_generators:{planted}", SITE)

    assert {violation.rule for violation in found} == CAUGHT[planted]


def test_every_rule_is_seen_to_catch_something() -> None:
    assert set().union(*CAUGHT.values()) == {*RULES, "options", "identity"}


def test_what_is_wrong_is_said_in_one_line() -> None:
    found = violations("planted_generators:rootless", SITE)

    assert [str(violation) for violation in found[:2]] == [
        "traceable: site/production: planted.txt comes from containers.nobody, which the topology does not have",
        "traceable: site/production: planted.txt comes from tenants.nobody, which the topology does not have",
    ]


def test_a_generator_that_cannot_do_nothing_fails_with_its_own_words() -> None:
    with pytest.raises(ValueError, match="empty"):
        violations("planted_generators:crashing", SITE)


def test_a_topology_in_error_tries_nothing() -> None:
    with pytest.raises(ValueError, match="KM201"):
        violations("env", {"bad": f"{SAMPLES['site']}nonsense: 1\n"})


def test_a_generator_that_nobody_installed_is_no_generator() -> None:
    with pytest.raises(LookupError, match="nobody"):
        violations("nobody")
    with pytest.raises(LookupError, match="planted_generators:writes"):
        violations("planted_generators:writes")
