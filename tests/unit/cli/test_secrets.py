"""``secrets``: what is made, what is wrong, what has to follow, in both languages, and never a value."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from command_lines import Kmtopo
from secret_worlds import APPLICATION, SHOP, contents, git, repository
from topologies import ROOT

MAIL = """\
error[KM801]: `secrets/live/mail_password` is missing (needed by api)
  = help: only its owner knows it: run `install -m 444 /dev/stdin secrets/live/mail_password`, type the value, and end with Ctrl+D

1 error
"""


@pytest.fixture
def shop(folder: Path) -> Path:
    """A folder with the shop, its secrets kept in files."""
    (folder / "topology.yaml").write_text(SHOP.replace("KEEPER", "file"), encoding="utf-8")
    return folder


@pytest.fixture
def application(folder: Path) -> Path:
    """A folder with an application, its secrets kept in files."""
    (folder / "topology.yaml").write_text(APPLICATION.replace("KEEPER", "file"), encoding="utf-8")
    return folder


@pytest.fixture
def sops(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program ``sops`` on the path."""
    program = tmp_path / "programs" / "sops"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} {ROOT / "tests" / "fake_sops.py"} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    monkeypatch.setenv("SOPS_AGE_KEY", "AGE-SECRET-KEY-1TEST")
    monkeypatch.setenv("SOPS_AGE_RECIPIENTS", "age1team")
    (folder / "topology.yaml").write_text(APPLICATION.replace("KEEPER", "sops"), encoding="utf-8")
    return folder


def give(folder: Path, value: str = "from-the-provider-0123456789-abcdef") -> None:
    """Does what the help says about a value that only its owner knows."""
    for name in ("test", "live"):
        command = ["install", "-m", "444", "/dev/stdin", f"secrets/{name}/mail_password"]
        subprocess.run(command, input=f"{value}-{name}\n", cwd=folder, text=True, check=True)


def test_what_was_made_is_named_and_what_is_still_missing_too(shop: Path, kmtopo: Kmtopo) -> None:
    outcome = kmtopo("secrets", "init", "-e", "live")

    assert (outcome.code, outcome.err) == (1, MAIL)
    assert outcome.out == "live: 1 made in secrets/live, 0 were there\n  redis_password\n"


def test_the_command_in_the_help_gives_the_value_its_place_and_its_mode(shop: Path, kmtopo: Kmtopo) -> None:
    kmtopo("secrets", "init")
    give(shop)

    outcome = kmtopo("secrets", "init")

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == "live: nothing to make, 2 are there\ntest: nothing to make, 4 are there\n"
    assert kmtopo("secrets", "check").out == "6 secrets are in order in live, test\n"


def test_it_is_said_in_spanish(shop: Path, kmtopo: Kmtopo) -> None:
    outcome = kmtopo("--lang", "es", "secrets", "init", "-e", "live")

    assert outcome.out == "live: 1 creados en secrets/live, 0 ya estaban\n  redis_password\n"
    assert outcome.err.startswith("error[KM801]: falta `secrets/live/mail_password` (lo necesita: api)\n")


def test_all_problems_of_all_environments_come_in_one_run(shop: Path, kmtopo: Kmtopo) -> None:
    outcome = kmtopo("secrets", "check")

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.count("error[KM801]") == 6
    assert outcome.err.endswith("\n6 errors\n")
    assert kmtopo("secrets", "check", "-e", "live").err.count("error[KM801]") == 2


def test_a_warning_is_told_and_is_no_failure(shop: Path, kmtopo: Kmtopo) -> None:
    kmtopo("secrets", "init")
    give(shop, "hunter2")

    outcome = kmtopo("secrets", "check")

    assert (outcome.code, outcome.out) == (0, "")
    assert [line.partition(":")[0] for line in outcome.err.splitlines() if "KM" in line] == ["warning[KM803]"] * 2


def test_init_and_build_twice_change_no_secret_show_none_and_give_git_none(shop: Path, kmtopo: Kmtopo) -> None:
    repository(shop)
    kmtopo("secrets", "init")
    give(shop)
    before = contents(shop)
    printed = ""
    for _ in range(2):
        for line in ("secrets init", "build", "secrets check"):
            outcome = kmtopo(*line.split())
            assert outcome.code == 0, outcome.err
            printed += outcome.out + outcome.err
    git(shop, "add", ".")

    assert contents(shop) == before
    assert git(shop, "ls-files", "secrets") == ""
    values = [value.decode().strip() for value in before.values()]
    built = [path.read_text(encoding="utf-8") for path in (shop / "build").rglob("*") if path.is_file()]
    state = [path.read_text(encoding="utf-8") for path in (shop / ".kmtopo").rglob("*") if path.is_file()]
    assert len(values) == 6
    assert [value for value in values for text in (*built, *state, printed) if value in text] == []


def test_no_value_of_kmmotos_is_in_what_is_built(kmmotos: Path, kmtopo: Kmtopo) -> None:
    assert kmtopo("secrets", "init").code == 0
    before = contents(kmmotos)
    assert kmtopo("build").code == 0
    kmtopo("secrets", "rotate", "backend_app_key", "-e", "produccion")
    assert kmtopo("build").code == 0

    built = [path.read_bytes() for path in (kmmotos / "build").rglob("*") if path.is_file()]
    values = [value.strip() for value in {**before, **contents(kmmotos)}.values() if value]
    assert len(values) > 30
    assert [value for value in values for text in built if value in text] == []
    assert {name for name in before if before[name] != contents(kmmotos)[name]} == {
        "produccion/backend_app_key",
        "produccion/backend_app_previous_keys",
    }


def test_a_rotation_says_what_has_to_follow(application: Path, kmtopo: Kmtopo) -> None:
    kmtopo("secrets", "init")
    before = contents(application)

    outcome = kmtopo("secrets", "rotate", "app_app_key")

    assert (outcome.code, outcome.err) == (0, "")
    assert (
        outcome.out
        == """\
replaced secrets/live/app_app_previous_keys
replaced secrets/live/app_app_key
now, in this order:
  1. copy it to server
  2. restart who reads it: (cd build/live/server && docker compose restart app queue)
  3. once nothing is left of the old key, forget it: kmtopo secrets rotate app_app_previous_keys -e live
"""
    )
    assert contents(application)["live/app_app_previous_keys"] == before["live/app_app_key"]


def test_a_secret_of_several_environments_needs_one_named(shop: Path, kmtopo: Kmtopo) -> None:
    kmtopo("secrets", "init")

    outcome = kmtopo("secrets", "rotate", "redis_password")

    assert (outcome.code, outcome.out) == (2, "")
    assert (
        outcome.err == "kmtopo: `redis_password` is a secret of several environments: say which with -e: live, test\n"
    )
    assert kmtopo("secrets", "rotate", "redis_password", "-e", "test").code == 0
    assert kmtopo("secrets", "rotate", "proxy_tls_key").code == 0


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (
            "secrets rotate redis_pasword -e live",
            2,
            "no secret is called `redis_pasword`; did you mean `redis_password`?",
        ),
        ("secrets rotate", 2, "`NAME` is missing\n  = help: see `kmtopo secrets rotate --help`"),
        ("secrets", 2, "name a command\n  = help: see `kmtopo secrets --help`"),
        ("secrets chek", 2, "there is no command `chek`; did you mean `check`?\n  = help: see `kmtopo secrets --help`"),
        ("secrets init -e lve", 2, "no environment is called `lve`; did you mean `live`?"),
    ],
)
def test_what_makes_no_sense_is_answered(line: str, code: int, said: str, shop: Path, kmtopo: Kmtopo) -> None:
    outcome = kmtopo(*line.split())

    assert (outcome.code, outcome.out, outcome.err) == (code, "", f"kmtopo: {said}\n")
    assert not (shop / "secrets").exists()


def test_a_topology_in_error_has_no_secrets_yet(shop: Path, kmtopo: Kmtopo) -> None:
    (shop / "topology.yaml").write_text("kmtopo: 1\nname: shop\ncontainer: {}\n", encoding="utf-8")

    outcome = kmtopo("secrets", "init")

    assert (outcome.code, outcome.out) == (1, "")
    assert "error[KM201]" in outcome.err


def test_a_program_that_is_missing_is_exit_code_3(sops: Path, kmtopo: Kmtopo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    outcome = kmtopo("secrets", "init")

    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("error[KM813]: `sops` is not on this machine\n")


def test_with_sops_the_encrypted_file_is_all_there_is(sops: Path, kmtopo: Kmtopo) -> None:
    repository(sops)

    outcome = kmtopo("secrets", "init")

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("live: 2 made in secrets/live.sops.yaml, 0 were there\n")
    assert list(contents(sops)) == ["live.sops.yaml"]
    assert kmtopo("secrets", "check").code == 0
    git(sops, "add", ".")
    assert "secrets/live.sops.yaml" in git(sops, "ls-files").splitlines()


def test_with_sops_the_build_says_how_the_folder_is_filled(sops: Path, kmtopo: Kmtopo) -> None:
    start = (
        "  start: (cd build/live/server && sops exec-env ../../../secrets/live.sops.yaml ./secrets.sh "
        "&& docker compose up -d)\n"
    )

    before = kmtopo("build").out
    kmtopo("secrets", "init")

    assert "  missing before the start: secrets/live.sops.yaml\n" in before
    assert kmtopo("build").out.endswith(f"bootstrap.php\n{start}")


def test_the_filled_folder_holds_what_the_encrypted_file_says(
    sops: Path, kmtopo: Kmtopo, monkeypatch: pytest.MonkeyPatch
) -> None:
    kmtopo("secrets", "init")
    started = re.search(r"start: \((.*) && docker compose up -d\)", kmtopo("build").out)
    assert started is not None
    monkeypatch.setenv("KMTOPO_SECRETS", str(sops / "memory"))

    subprocess.run(["/bin/sh", "-c", started[1]], check=True)

    shown = subprocess.run(
        ["sops", "decrypt", "--output-type", "json", "secrets/live.sops.yaml"], capture_output=True, check=True
    ).stdout
    filled = {f"KMTOPO_SECRET_{name.upper()}": value.decode() for name, value in contents(sops, "memory").items()}
    assert filled == json.loads(shown)
    assert len(filled) == 2


def test_where_values_are_variables_the_build_says_what_fills_the_folder(folder: Path, kmtopo: Kmtopo) -> None:
    (folder / "topology.yaml").write_text(APPLICATION.replace("KEEPER", "env"), encoding="utf-8")

    built = kmtopo("build").out
    outcome = kmtopo("secrets", "init")

    assert built.endswith("bootstrap.php\n  start: (cd build/live/server && ./secrets.sh && docker compose up -d)\n")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("error[KM801]: `KMTOPO_SECRET_APP_APP_KEY` is missing (needed by app, queue)\n")


def test_every_missing_secret_is_named(kmmotos: Path, kmtopo: Kmtopo) -> None:
    built = kmtopo("build", "-e", "produccion", "--only", "env").out

    assert "  missing before the start: secrets/produccion/backend_app_key\n" in built
    assert "  missing before the start: secrets/produccion/tenants/km_cars_postgres_password\n" in built
    assert "  make what is missing: kmtopo secrets init -e produccion\n" in built
    kmtopo("secrets", "init", "-e", "produccion")
    made = [path.name for path in Path("secrets/produccion").rglob("*") if path.is_file()]
    assert len(made) > 20
    assert [name for name in made if name not in built] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_group_is_described_in_the_reader_s_language(language: str, kmtopo: Kmtopo) -> None:
    page = kmtopo("--lang", language, "secrets", "--help").out
    said = {
        "en": ["Make what is missing; what is there stays.", "Report what is missing", "Give one secret a new value"],
        "es": ["Crea lo que falta; lo que ya está se queda.", "Informa de lo que falta", "Da un valor nuevo"],
    }

    assert [words for words in said[language] if words not in page] == []
    assert ("Commands:" in page) == (language == "en")
