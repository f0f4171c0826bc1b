"""``build --verify``: files are read back before anything is written."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from command_lines import Kmtopo
from kmtopo import registry
from kmtopo.plugin import Artifact, Diagnostic, Graph, Options, Tools
from kmtopo_compose import generator as compose


@pytest.fixture
def mistaken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The Compose generator, with a mistake in it."""

    def generate(graph: Graph, options: Options, tools: Tools) -> Iterable[Artifact | Diagnostic]:
        for made in compose.generate(graph, options, tools):
            if isinstance(made, Artifact):
                made = replace(made, content=made.content.replace("{target: 80,", "{target: 8081,"))
            yield made

    chosen = registry.generator
    wrong = replace(compose, generate=generate)
    monkeypatch.setattr(registry, "generator", lambda name: wrong if name == "compose" else chosen(name))


def test_what_was_verified_is_told_and_written(hello: Path, kmtopo: Kmtopo) -> None:
    outcome = kmtopo("build", "--verify")

    first, second, *_ = outcome.out.splitlines()
    assert (outcome.code, outcome.err) == (0, "")
    assert first == ("verified: what production is to run is what its files say; Compose files read by Compose itself")
    assert second.startswith("wrote build: ")


def test_what_is_up_to_date_is_verified_all_the_same(hello: Path, kmtopo: Kmtopo) -> None:
    kmtopo("build")

    outcome = kmtopo("--lang", "es", "build", "--verify", "--check")

    first, second = outcome.out.splitlines()
    assert outcome.code == 0
    assert first == (
        "verificado: lo que ha de ejecutar production es lo que dicen sus archivos; los de Compose, leídos por el propio Compose"
    )
    assert second.startswith("nada que cambiar: ")


def test_a_mistake_of_a_generator_stops_the_build(hello: Path, kmtopo: Kmtopo, mistaken: None) -> None:
    outcome = kmtopo("build", "--verify")

    assert (outcome.code, outcome.out) == (1, "")
    assert "`nginx` has the port `203.0.113.10:80->8081/tcp`, which is not in the topology" in outcome.err
    assert "`nginx` lacks the port `203.0.113.10:80->80/tcp`" in outcome.err
    assert " --> topology.yaml:" in outcome.err
    assert not (hello / "build").exists()


@pytest.mark.parametrize(
    ("language", "advice"),
    [
        ("en", "a patch or a template of yours changes this one; take it back, or have the topology say it"),
        ("es", "un parche o una plantilla tuya cambia este; retíralo, o que lo diga la topología"),
    ],
)
def test_a_patch_that_contradicts_the_topology_is_its_authors_to_mend(
    hello: Path, kmtopo: Kmtopo, language: str, advice: str
) -> None:
    topology = hello / "topology.yaml"
    patch = """
patches:
  - {file: production/server/compose.yaml, set: "services.nginx.ports[0].target", value: 8081, why: It is elsewhere}
"""
    topology.write_text(topology.read_text(encoding="utf-8") + patch, encoding="utf-8")

    outcome = kmtopo("--lang", language, "build", "--verify")

    assert outcome.code == 1
    assert "203.0.113.10:80->8081/tcp" in outcome.err
    assert outcome.err.count(advice) == outcome.err.count("error[") > 0


def test_without_the_extra_it_says_what_to_install(
    hello: Path, kmtopo: Kmtopo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "crossplane", None)

    outcome = kmtopo("build", "--verify")

    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err == "kmtopo: --verify needs the extra: pip install 'kmtopo[verify]'\n"
    assert not (hello / "build").exists()


def test_without_compose_its_files_are_read_by_our_own_rules(
    hello: Path, kmtopo: Kmtopo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kmtopo.verify.compose_program", lambda: None)

    outcome = kmtopo("build", "--verify")

    assert outcome.code == 0
    assert outcome.out.splitlines()[0].endswith(
        "Compose files read by our own rules, since there is no Compose on this machine"
    )


def test_a_part_of_the_files_cannot_be_verified(hello: Path, kmtopo: Kmtopo) -> None:
    outcome = kmtopo("build", "--verify", "--only", "nginx")

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "kmtopo: --verify reads all files of an environment: leave --only out\n"
