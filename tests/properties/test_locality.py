"""A change touches what it is about: a company more is a few lines, and nothing that was allocated moves."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from difflib import ndiff
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kmtopo.cli.app import run
from kmtopo.resolve.lock import Lock
from kmtopo.testing import topologies, tree_of
from topologies import KMMOTOS, UNDRAWN, built, checked

BEFORE = "  grupo-todo-en-uno-hn: {title: Grupo Todo en Uno HN, zone: centro}\n"
COMPANY = "  nueva-empresa: {title: Nueva Empresa, zone: sur}\n"
GROWN = KMMOTOS.replace(BEFORE, BEFORE + COMPANY)
LISTS_OF_COMPANIES = (
    *("nginx/tenants.map", "nginx/servers.conf"),
    *("laravel/tenants.php", "mongo/provision.js", "postgres/provision.sql"),
)


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came."""
    lines = list(ndiff(before.splitlines(), after.splitlines()))
    return [line[2:] for line in lines if line[0] == "-"], [line[2:] for line in lines if line[0] == "+"]


def test_a_company_more_changes_only_the_lists_of_companies_and_in_them_only_its_own_lines() -> None:
    before, after = tree_of(built(KMMOTOS)), tree_of(built(GROWN))
    assert before.keys() == after.keys()

    for path in sorted(path for path in before if before[path] != after[path]):
        name = PurePosixPath(path)
        if name.name == "trace.json" or name.parent.name in ("diagrams", "docs"):
            # Lines below the new one moved in the topology; pictures and chapters of environments count their companies.
            continue
        assert path.startswith("produccion/principal/")
        assert path.endswith(LISTS_OF_COMPANIES)
        assert without_company(after[path]) == before[path]


def without_company(text: str) -> str:
    """A file less the lines that the new company opens, as far as they are set in no less than the opening one."""
    own = r"(?:^\n)?^( *)(?:#|//|--) from tenants\.nueva-empresa\n(?:\1(?! *(?:#|//|--) from )[^\n].*\n)*"
    return re.sub(own, "", text, flags=re.MULTILINE)


def test_only_environments_with_the_company_count_it() -> None:
    before, after = tree_of(built(KMMOTOS)), tree_of(built(GROWN))
    pictures = [path for path in before if "/diagrams/" in path and before[path] != after[path]]

    assert {path.partition("/")[0] for path in pictures} <= {"produccion"}
    for path in pictures:
        if path.endswith((".dot", ".mmd")):
            gone, come = changed_lines(before[path], after[path])
            # The deployment counts its companies; the view of tenants has the new one, and touches no other.
            assert len(gone) == (0 if "tenants" in path else 1)
            assert all("nueva" in line.lower() for line in come if "tenants" in path)
            assert "tenants" in path or len(come) == 1


def test_an_address_in_the_trace_stays_what_it_was() -> None:
    """Only the topology's line numbers move."""
    before, after = (tree_of(built(text, generators=UNDRAWN))["pruebas/trace.json"] for text in (KMMOTOS, GROWN))

    assert addresses(before) == addresses(after)


def addresses(trace: str) -> Any:
    return {path: [row[:2] for row in rows] for path, rows in yaml.safe_load(trace).items()}


def test_removed_again_the_first_tree_is_back(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    first = written(tmp_path, KMMOTOS)
    grown = written(tmp_path, GROWN)
    last = written(tmp_path, KMMOTOS)

    assert last == first
    assert grown.pop("kmtopo.lock") == first.pop("kmtopo.lock")
    assert grown != first
    assert "0 created" in capfd.readouterr().out


def written(folder: Path, text: str) -> dict[str, bytes]:
    """Builds with the real command; returns everything that is on disk then."""
    (folder / "topology.yaml").write_text(text, encoding="utf-8")
    assert run(["build", str(folder / "topology.yaml"), "--only", ",".join(UNDRAWN)]) == 0
    files = (path for path in folder.rglob("*") if path.is_file() and ".kmtopo" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.name != "topology.yaml"}


def values(lock: Lock | None) -> dict[str, Any]:
    assert lock is not None
    return {**lock.subnets, **lock.ports}


def smaller(data: Any, dice: random.Random) -> Iterator[Any]:
    """The topology without one of its companies or environments, and in another order."""
    for noun in ("tenants", "environments"):
        items = data.get(noun, {})
        if len(items) > 1:
            gone = dice.choice(sorted(items))
            yield {**data, noun: {name: item for name, item in items.items() if name != gone}}
    yield {
        **data,
        **{noun: dict(dice.sample(sorted(data[noun].items()), len(data[noun]))) for noun in ("networks", "containers")},
    }


@settings(max_examples=40)
@given(topologies(), st.randoms(use_true_random=False))
def test_what_is_allocated_stays_whatever_else_comes_goes_or_moves(text: str, dice: random.Random) -> None:
    data = yaml.safe_load(text)
    whole = checked(text)
    assert whole.ok
    for other in smaller(data, dice):
        part = checked(yaml.safe_dump(other, sort_keys=False), values_text(whole.lock))
        assert part.ok
        kept = values(part.lock)
        assert kept == {key: values(whole.lock)[key] for key in kept}
        again = checked(text, values_text(part.lock))
        assert kept.items() <= values(again.lock).items()
        assert len(set(values(again.lock).values())) == len(values(again.lock))


def values_text(lock: Lock | None) -> str:
    assert lock is not None
    return lock.text()


def test_a_network_and_a_container_more_renumber_nothing() -> None:
    lock = checked(KMMOTOS).lock
    grown = KMMOTOS.replace("networks:\n  comunicaciones:", "networks:\n  aaa: {title: Primera}\n  comunicaciones:", 1)
    container = "  aaa: {type: generic, image: 'aaa:1', networks: [aaa], resources: {cpu: 0.1, memory: 64MiB}}\n"
    grown = grown.replace("containers:\n  nginx:", f"containers:\n{container}  nginx:", 1)

    after = checked(grown, values_text(lock))

    assert after.ok
    assert values(lock).items() < values(after.lock).items()
    assert {key.rpartition(".")[2] for key in values(after.lock).keys() - values(lock).keys()} == {"aaa"}
    assert values(checked(KMMOTOS, values_text(after.lock)).lock) == values(lock)
