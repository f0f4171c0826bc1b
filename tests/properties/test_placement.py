"""One line moves a tenant: what it has to itself comes and goes with it, and what others have stays as it is.

What stores are provisioned by lists the tenants, too: a dedicated one has users of its own there.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from kmtopo.cli.app import run
from kmtopo.testing import tree_of
from topologies import KMMOTOS, UNDRAWN, built

COMPANY = "km-motos: {title: KM Motos, zone: norte}"
OWN_LINE = ", placement: dedicated, resources: {cpu: 0.1, memory: 256MiB}}"
MOVED = KMMOTOS.replace(COMPANY, COMPANY[:-1] + OWN_LINE)
OTHER = "km-cars: {title: KM Cars, zone: norte}"
BOTH = MOVED.replace(OTHER, OTHER[:-1] + OWN_LINE)
OWN = "-km-motos"


@pytest.fixture(scope="module")
def trees() -> tuple[dict[str, str], dict[str, str]]:
    before = built(KMMOTOS, generators=UNDRAWN)
    assert before.lock is not None
    return tree_of(before), tree_of(built(MOVED, before.lock.text(), generators=UNDRAWN))


def compose(tree: dict[str, str]) -> dict[str, Any]:
    return yaml.safe_load(tree["produccion/principal/compose.yaml"])


def test_only_the_tenants_files_come_and_only_lists_of_tenants_change(trees: tuple[dict[str, str], ...]) -> None:
    before, after = trees
    here = {path for path in after if path.startswith("produccion/")}

    assert before.keys() <= after.keys()
    assert {path for path in here - before.keys() if "km-motos" not in path} == {
        "produccion/principal/nginx/dedicated.conf"
    }
    changed = {path.removeprefix("produccion/") for path in here & before.keys() if before[path] != after[path]}
    assert changed == {
        "principal/.env.example",
        "principal/compose.yaml",
        "principal/laravel/tenants.php",
        "principal/mongo/provision.js",
        "principal/nginx/locations/all.conf",
        "principal/nginx/nginx.conf",
        "principal/postgres/provision.sql",
        "principal/redis/users.acl",
        "trace.json",
    }


def test_services_of_others_stay_as_they_are(trees: tuple[dict[str, str], ...]) -> None:
    before, after = (compose(tree) for tree in trees)
    old, new = before["services"], after["services"]

    assert {name for name in new if name not in old} == {
        f"{name}{OWN}" for name in ("backend", "cola", "migracion", "programador")
    }
    assert {name for name in old if old[name] != new[name]} == {"mongo", "nginx", "postgres", "redis"}
    for name in ("mongo", "postgres", "redis"):
        # PostgreSQL takes as many connections as its users may want.
        assert without(old[name], "networks", "secrets", "command") == without(
            new[name], "networks", "secrets", "command"
        )
        assert all("km_motos" in secret for secret in set(new[name]["secrets"]) - set(old[name]["secrets"]))
        assert [n for n in new[name]["networks"] if n not in old[name]["networks"]] == [
            f"{old[name]['networks'][0]}{OWN}"
        ]


def without(service: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {name: value for name, value in service.items() if name not in keys}


def test_what_comes_beside_the_services_is_the_tenants(trees: tuple[dict[str, str], ...]) -> None:
    before, after = (compose(tree) for tree in trees)

    for section in ("networks", "volumes", "secrets"):
        assert {name: after[section][name] for name in before[section]} == before[section]
        come = after[section].keys() - before[section].keys()
        assert come
        assert all("km-motos" in name or "km_motos" in name for name in come)


def test_a_second_one_touches_only_its_own_blocks_of_the_proxy() -> None:
    first = built(MOVED, generators=("nginx",))
    assert first.lock is not None
    before, after = tree_of(first), tree_of(built(BOTH, first.lock.text(), generators=("nginx",)))
    changed = {path for path in before if before[path] != after.get(path) and not path.endswith("trace.json")}

    assert changed == {
        path for path in before if path.endswith("nginx/dedicated.conf") and not path.startswith("desarrollo")
    }
    for path in changed:
        blocks = re.split(r"^(?=\s*# from )", after[path], flags=re.MULTILINE)
        kept = [block for block in blocks if not block.lstrip().startswith("# from tenants.km-cars")]
        assert squeezed("".join(kept)) == squeezed(before[path])


def squeezed(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and line != "}"]


def test_moved_back_the_first_tree_is_there_again(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    first = written(tmp_path, KMMOTOS)
    moved = written(tmp_path, MOVED)
    last = written(tmp_path, KMMOTOS)

    assert last == first
    assert moved.keys() > first.keys()
    kept = set(first["kmtopo.lock"].splitlines())
    assert kept < set(moved["kmtopo.lock"].splitlines())
    assert "deleted" in capfd.readouterr().out


def written(folder: Path, text: str) -> dict[str, bytes]:
    """Builds with the real command; returns everything that is on disk then."""
    (folder / "topology.yaml").write_text(text, encoding="utf-8")
    assert run(["build", str(folder / "topology.yaml"), "--only", ",".join(UNDRAWN)]) == 0
    files = (path for path in folder.rglob("*") if path.is_file() and ".kmtopo" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.name != "topology.yaml"}
