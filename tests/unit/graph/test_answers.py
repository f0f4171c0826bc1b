"""The library: the answers of the command line as values, and the page that shows them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kmtopo
from kmtopo.graph.answers import Answers
from topologies import KMMOTOS, ROOT, checked


@pytest.fixture(scope="module")
def production() -> Answers:
    return kmtopo.compile(ROOT / "topology.yaml").environment("produccion")


def test_reach_is_true_where_it_holds(production: Answers) -> None:
    assert production.reach("internet", "backend")
    assert production.reach("internet", "backend").path == ("internet", "nginx", "backend")
    assert [hop.network for hop in production.reach("internet", "backend").hops] == [None, "comunicaciones"]
    cut = production.reach("internet", "postgres").cut
    assert cut is not None
    assert cut.ends == {"backend": ("seguridad",)}


def test_the_other_answers_are_those_of_the_command_line(production: Answers) -> None:
    pruebas = kmtopo.compile(ROOT / "topology.yaml").environment("pruebas")

    assert production.impact("mongo").down == ("mongo",)
    assert [point.name for point in production.weak_points()] == ["nginx", "postgres"]
    assert production.matrix().between("nginx", "backend") == "declared"
    assert [cost.high for cost in production.cost()] == [250]
    assert sum(cost.high for cost in production.shares("companies").values()) == 250
    carried = production.capacity()["principal"]
    assert [(share.environment, share.memory >> 20) for share in carried.shares] == [
        ("produccion", 18944),
        ("pruebas", 4608),
    ]
    assert {d.aspect for d in production.compare(pruebas)} == {"scale", "domain", "tenants", "tls", "ports"}


def test_a_word_that_names_nothing_says_what_may_have_been_meant(production: Answers) -> None:
    with pytest.raises(LookupError, match="nothing is called 'postgress'; did you mean 'postgres'"):
        production.reach("internet", "postgress")
    with pytest.raises(
        LookupError, match="no environment is called 'prod'; resolved are: desarrollo, produccion, pruebas"
    ):
        kmtopo.compile(ROOT / "topology.yaml").environment("prod")


def test_the_page_shows_what_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    page = Path(ROOT, "docs", "answers.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    monkeypatch.chdir(ROOT)
    exec(code, {})
    printed = capsys.readouterr().out.splitlines()
    promised = re.findall(r"\)  # (.*)$", code, re.MULTILINE)

    assert printed == promised
    assert len(promised) == code.count("print(")


def test_the_internet_is_not_ours_to_fail(production: Answers) -> None:
    with pytest.raises(LookupError, match="'internet' is not ours to fail"):
        production.impact("internet")


def test_what_could_not_be_read_is_missing_from_no_answer() -> None:
    wrong = checked(KMMOTOS.replace("networks: [comunicaciones]\n    publish", "networks: [comunicacion]\n    publish"))
    with pytest.raises(LookupError, match="the topology is in error, nothing can be answered: KM301"):
        wrong.environment("produccion")

    breaking = KMMOTOS.replace("[comunicaciones]\n    publish", "[comunicaciones, seguridad]\n    publish")
    assert checked(breaking).environment("produccion").reach("internet", "postgres")
