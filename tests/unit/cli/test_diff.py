"""``diff``: what a change of the topology changes, in words, and what is to be done about it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from command_lines import Kmtopo, Outcome
from topologies import KMMOTOS

COMPANY = "  km-cars: {title: KM Cars, zone: norte}\n"


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def committed(kmmotos: Path) -> Path:
    """KMMotos in a repository, as committed."""
    git(kmmotos, "init", "-q")
    git(kmmotos, "add", ".")
    git(kmmotos, "commit", "-qm", "KMMotos")
    return kmmotos


def edit(folder: Path, old: str, new: str) -> None:
    text = (folder / "topology.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "topology.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_is_committed_differs_in_nothing(kmtopo: Kmtopo, committed: Path) -> None:
    assert kmtopo("diff", "--exit-code") == Outcome(0, "no difference from HEAD\n", "")


def test_a_new_company_concerns_production_alone(kmtopo: Kmtopo, committed: Path) -> None:
    edit(committed, COMPANY, COMPANY + "  moto-sur: {title: Moto Sur, zone: sur}\n")

    assert kmtopo("diff", "--exit-code") == Outcome(
        1,
        """\
produccion
  +   tenants.moto-sur
  on principal: copy build/produccion/principal there, and its secrets, unless this is the machine; then in that folder:
    sh mongo/provision.sh  # mongo: users and databases as the topology says; nothing restarts
    sh postgres/provision.sh  # postgres: users and databases as the topology says; nothing restarts
    docker compose run --rm migracion  # tables for moto-sur
    docker compose exec nginx nginx -c /etc/kmtopo/nginx/nginx.conf -t && docker compose exec nginx nginx -c /etc/kmtopo/nginx/nginx.conf -s reload  # nginx tests its configuration and takes it over; no connection is cut
    # without a restart, the changed files are read again by backend, cola, programador
  who notices: nobody, nothing stops
  untouched: backend, cola, frontend, migracion, mongo, postgres, programador, redis
""",
        "",
    )


def test_a_pull_request_reads_it_as_markdown(kmtopo: Kmtopo, committed: Path) -> None:
    edit(committed, "    cost: 250 USD/month", "    cost: 200 USD/month")
    edit(committed, "    image: kmmotos/frontend:1.0.0", "    image: kmmotos/frontend:1.1.0")

    assert (
        kmtopo("--lang", "es", "diff", "--format", "md").out
        == """\
### produccion

| | qué | antes → después |
|---|---|---|
| `~` | `containers.frontend.image` | `kmmotos/frontend:1.0.0` → `kmmotos/frontend:1.1.0` |
| `~` | `vps.principal.cost` | `250 USD` → `200 USD` |

- costo al mes: 250 USD → 200 USD

```console
  en principal: copia allí build/produccion/principal y sus secretos, si no es esta máquina; después, en esa carpeta:
    docker compose up -d  # reemplaza frontend
  quién lo nota: todas las tenencias, mientras arranca de nuevo: frontend
  sin tocar: backend, cola, migracion, mongo, nginx, postgres, programador, redis
```

### pruebas

| | qué | antes → después |
|---|---|---|
| `~` | `containers.frontend.image` | `kmmotos/frontend:1.0.0` → `kmmotos/frontend:1.1.0` |
| `~` | `vps.principal.cost` | `250 USD` → `200 USD` |

- costo al mes: 250 USD → 200 USD

```console
  en principal: copia allí build/pruebas/principal y sus secretos, si no es esta máquina; después, en esa carpeta:
    docker compose up -d  # reemplaza frontend
  quién lo nota: todas las tenencias, mientras arranca de nuevo: frontend
  sin tocar: backend, cola, migracion, mongo, nginx, postgres, programador, redis
```

"""
    )


def test_markdown_has_one_empty_line_between_its_parts(kmtopo: Kmtopo, committed: Path) -> None:
    edit(committed, COMPANY, COMPANY + "  moto-sur: {title: Moto Sur, zone: sur}\n")
    told = kmtopo("diff", "--format", "md").out

    assert told.startswith(
        "### produccion\n\n| | what | before → after |\n|---|---|---|\n| `+` | `tenants.moto-sur` |  |\n\n```console\n"
    )
    assert told.endswith("redis\n```\n\n")


def test_a_way_that_opens_is_told_though_a_policy_forbids_it(kmtopo: Kmtopo, committed: Path) -> None:
    edit(
        committed, "    networks: [comunicaciones]\n    publish", "    networks: [comunicaciones, comando]\n    publish"
    )
    told = kmtopo("diff")

    assert told.code == 1
    assert "  newly reachable: cola → frontend, cola → nginx, frontend → cola, frontend → programador" in told.out
    assert "  +   containers.nginx.networks.comando\n" in told.out
    assert "KM508" in told.err


def test_another_file_or_folder_may_be_the_other_side(kmtopo: Kmtopo, kmmotos: Path) -> None:
    (kmmotos / "old").mkdir()
    old = KMMOTOS.replace(COMPANY, "").replace("[central, km-motos, km-cars]", "[central, km-motos]")
    (kmmotos / "old" / "topology.yaml").write_text(old, encoding="utf-8")

    assert kmtopo("diff", "--against", "old").out.startswith("produccion\n  +   tenants.km-cars\n")
    assert kmtopo("diff", "--against", "old/topology.yaml").out.startswith("produccion\n  +   tenants.km-cars\n")


def test_an_environment_may_come_or_go(kmtopo: Kmtopo, committed: Path) -> None:
    edit(
        committed,
        "  desarrollo:\n",
        "  taller: {extends: pruebas, title: Taller, domain: '{tenant}.taller.hn', containers: {nginx: {publish: ['9080:80', '9443:443']}}, scale: {cpu: 0.1, memory: 0.1, replicas: 1}}\n\n  desarrollo:\n",
    )

    assert kmtopo("diff").out == "taller\n  + the whole environment is new\n"
    assert kmtopo("--lang", "es", "diff", "--against", "topology.yaml").out == "ninguna diferencia con topology.yaml\n"


def test_programs_get_changes_and_steps(kmtopo: Kmtopo, committed: Path) -> None:
    edit(committed, COMPANY, COMPANY + "  moto-sur: {title: Moto Sur, zone: sur}\n")
    found = json.loads(kmtopo("diff", "--format", "json").out)["environments"]["produccion"]

    assert found["changes"] == [{"sign": "+", "address": "tenants.moto-sur", "before": None, "after": "-"}]
    assert found["machines"]["principal"]["stopped"] == []
    assert found["machines"]["principal"]["steps"][0] == {
        "command": "sh mongo/provision.sh",
        "reasons": {"step-provisions": ["mongo"]},
    }


@pytest.mark.parametrize(
    ("line", "code", "complaint"),
    [
        ("diff --against nope", 2, "`nope` is neither a file nor a revision of git"),
        ("diff --against=--output=x", 2, "`--output=x` is neither a file nor a revision of git"),
        ("diff --format html", 2, "`html` is not possible here; known: text, json, md"),
    ],
)
def test_what_cannot_be_compared_is_wrong_usage(
    kmtopo: Kmtopo, committed: Path, line: str, code: int, complaint: str
) -> None:
    assert kmtopo(*line.split()) == Outcome(code, "", f"kmtopo: {complaint}\n")


def test_a_topology_that_was_wrong_is_nothing_to_compare_with(kmtopo: Kmtopo, committed: Path) -> None:
    edit(committed, "type: laravel", "type: larravel")
    git(committed, "commit", "-qam", "Wrong")
    edit(committed, "type: larravel", "type: laravel")
    told = kmtopo("diff")

    assert (told.code, told.out) == (1, "")
    assert told.err.startswith(
        "kmtopo: the topology of HEAD is in error: there is nothing to compare with\nerror[KM219]"
    )


def test_without_git_a_revision_cannot_be_had(kmtopo: Kmtopo, committed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(committed))

    assert kmtopo("diff") == Outcome(3, "", "kmtopo: git is not on this machine\n")


def test_a_folder_that_is_missing_is_not_a_missing_git(kmtopo: Kmtopo, committed: Path) -> None:
    told = kmtopo("diff", "gone/topology.yaml")

    assert (told.code, told.out) == (1, "")
    assert told.err.startswith("error[KM115]: there is no file `topology.yaml`\n")


def test_a_revision_may_be_longer_than_the_name_of_a_file(kmtopo: Kmtopo, committed: Path) -> None:
    name = "x" * 300

    assert kmtopo("diff", "--against", name) == Outcome(
        2, "", f"kmtopo: `{name}` is neither a file nor a revision of git\n"
    )


HALVES = KMMOTOS.replace(COMPANY, "", 1)


def test_what_a_topology_includes_is_what_it_included(kmtopo: Kmtopo, committed: Path) -> None:
    """Whatever its files are called, in whatever folder, whatever else is in the repository."""
    (committed / "mas" / "norte").mkdir(parents=True)
    (committed / "mas" / "norte" / "empresas.CSV").write_text(
        "id,title,zone\nkm-cars,KM Cars,norte\n", encoding="utf-8"
    )
    (committed / "mas" / "notas.bin").write_bytes(b"\xff\x00" * 9)
    including = HALVES.replace("kmtopo: 1\n", 'kmtopo: 1\ninclude: ["./mas/**/*.CSV"]\n', 1)
    (committed / "topology.yaml").write_text(including, encoding="utf-8")
    git(committed, "add", ".")
    git(committed, "commit", "-qm", "In two files")

    assert kmtopo("diff") == Outcome(0, "no difference from HEAD\n", "")


def test_git_is_asked_as_often_for_many_files_as_for_few(
    kmtopo: Kmtopo, committed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(files: int) -> int:
        (committed / "mas").mkdir(exist_ok=True)
        for number in range(files):
            (committed / "mas" / f"{number}.yaml").write_text(f"x-{number}: 1\n", encoding="utf-8")
        including = KMMOTOS.replace("kmtopo: 1\n", 'kmtopo: 1\ninclude: ["mas/*.yaml"]\n', 1)
        (committed / "topology.yaml").write_text(including, encoding="utf-8")
        git(committed, "add", ".")
        git(committed, "commit", "-qm", f"{files} files")
        log = committed / "asked.log"
        log.unlink(missing_ok=True)
        monkeypatch.setenv("GIT_TRACE", str(log))
        assert kmtopo("diff").out == "no difference from HEAD\n"
        monkeypatch.delenv("GIT_TRACE")
        return log.read_text(encoding="utf-8").count("built-in: git")

    assert asked(2) == asked(20)


def test_a_topology_that_is_a_link_is_what_it_leads_to(kmtopo: Kmtopo, committed: Path) -> None:
    shared = committed / "shared"
    shared.mkdir()
    (committed / "topology.yaml").rename(shared / "kmmotos.yaml")
    (committed / "app").mkdir()
    (committed / "app" / "topology.yaml").symlink_to(Path("..", "shared", "kmmotos.yaml"))
    git(committed, "add", ".")
    git(committed, "commit", "-qm", "A link")
    (shared / "kmmotos.yaml").write_text(
        KMMOTOS.replace("250 USD/month\n    alt", "200 USD/month\n    alt"), encoding="utf-8"
    )

    assert kmtopo("diff", "app/topology.yaml").out.startswith(
        "produccion\n  ~   vps.principal.cost  250 USD → 200 USD\n"
    )


def test_a_file_that_was_refused_is_nothing_to_compare_with(kmtopo: Kmtopo, committed: Path) -> None:
    (committed / "topology.yaml").write_bytes(b"kmtopo: 1 # caf\xe9\n")
    git(committed, "commit", "-qam", "Latin-1")
    (committed / "topology.yaml").write_text(KMMOTOS, encoding="utf-8")
    told = kmtopo("diff")

    assert (told.code, told.out) == (1, "")
    assert told.err.startswith(
        "kmtopo: the topology of HEAD is in error: there is nothing to compare with\nerror[KM111]"
    )


def test_a_cycle_of_calls_breaks_a_rule_and_hides_no_change(kmtopo: Kmtopo, committed: Path) -> None:
    edit(committed, "      migracion: {}\n", "      migracion: {}\n      frontend: {}\n")
    edit(committed, "  frontend:\n", "  frontend:\n    uses: [backend]\n")
    told = kmtopo("diff")

    assert told.code == 1
    assert "  +   containers.backend.uses.frontend" in told.out
    assert "error[KM401]" in told.err
