"""The keeper ``sops`` lets the program do the cryptography, and gives it no value where others could see it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from kmtopo.secrets.sops import RECIPIENTS
from secret_worlds import APPLICATION, STRONG, check, git, init, renew, repository, shop, told

FILE = Path("secrets/live.sops.yaml")
MAIL = "KM801 sops secrets/live.sops.yaml: KMTOPO_SECRET_MAIL_PASSWORD"
TEAM = {RECIPIENTS: "age1first, age1second"}
RULES = """\
creation_rules:
  - path_regex: ^secrets/[^/]+\\.sops\\.yaml$
    age: "age1first,age1second"
"""


def opened() -> dict[str, str]:
    """What the file holds, as the program says."""
    shown = subprocess.run(["sops", "decrypt", "--output-type", "json", FILE], capture_output=True, check=True).stdout
    return dict(json.loads(shown))


def test_a_first_rule_is_written_for_whoever_is_named(folder: Path, sops: Path) -> None:
    init(folder, shop("live", "sops"), TEAM)

    assert (folder / ".sops.yaml").read_text(encoding="utf-8") == RULES


def test_a_rule_that_is_there_stays(folder: Path, sops: Path) -> None:
    (folder / ".sops.yaml").write_text("creation_rules:\n  - path_regex: .*\n", encoding="utf-8")

    assert init(folder, shop("live", "sops"), TEAM).names == ("redis_password",)
    assert (folder / ".sops.yaml").read_text(encoding="utf-8") == "creation_rules:\n  - path_regex: .*\n"


def test_each_slot_is_an_encrypted_variable(folder: Path, sops: Path) -> None:
    made = init(folder, shop("live", "sops"), TEAM)

    assert (made.names, told(made.problems)) == (("redis_password",), [MAIL])
    assert list(opened()) == ["KMTOPO_SECRET_REDIS_PASSWORD"]
    assert opened()["KMTOPO_SECRET_REDIS_PASSWORD"] not in FILE.read_text(encoding="utf-8")
    assert os.listdir("secrets") == ["live.sops.yaml"]


def test_a_second_time_not_even_the_ciphertext_changes(folder: Path, sops: Path) -> None:
    init(folder, shop("live", "sops"), TEAM)
    before = FILE.read_bytes()

    assert init(folder, shop("live", "sops"), TEAM).names == ()
    assert FILE.read_bytes() == before


def test_a_slot_that_is_new_is_added_to_the_others(folder: Path, sops: Path) -> None:
    init(folder, shop("live", "sops"), TEAM)
    before = opened()

    made = init(folder, shop("live", "sops", APPLICATION), TEAM)

    assert made.names == ("app_app_key", "app_app_previous_keys")
    assert opened() == before | {
        "KMTOPO_SECRET_APP_APP_KEY": opened()["KMTOPO_SECRET_APP_APP_KEY"],
        "KMTOPO_SECRET_APP_APP_PREVIOUS_KEYS": "",
    }


def test_one_value_is_replaced_in_one_step(folder: Path, sops: Path) -> None:
    init(folder, shop("live", "sops", APPLICATION), TEAM)
    before = opened()["KMTOPO_SECRET_APP_APP_KEY"]

    rotated = renew(folder, shop("live", "sops", APPLICATION), "app_app_key")

    assert rotated.problems == ()
    assert opened()["KMTOPO_SECRET_APP_APP_PREVIOUS_KEYS"] == before
    assert opened()["KMTOPO_SECRET_APP_APP_KEY"] not in ("", before)
    assert os.listdir("secrets") == ["live.sops.yaml"]


def test_values_are_judged_where_they_are_kept(folder: Path, sops: Path) -> None:
    init(folder, shop("live", "sops"), TEAM)
    for name, value in (("MAIL_PASSWORD", "changeme"), ("OLD", STRONG.decode())):
        words = ["sops", "set", "--value-stdin", FILE, f'["KMTOPO_SECRET_{name}"]']
        subprocess.run(words, input=json.dumps(value), text=True, check=True)

    assert check(folder, shop("live", "sops")) == [
        "KM803 placeholder_free secrets/live.sops.yaml: KMTOPO_SECRET_MAIL_PASSWORD",
        "KM808 secrets/live.sops.yaml: KMTOPO_SECRET_OLD",
    ]


def test_without_the_program_nothing_is_made_and_its_name_is_told(folder: Path, no_programs: None) -> None:
    made = init(folder, shop("live", "sops"), TEAM)

    assert (made.names, told(made.problems)) == ((), ["KM813 sops"])
    assert os.listdir("secrets") == []


@pytest.mark.parametrize(
    ("rules", "said"),
    [(None, "KM815 secrets/live.sops.yaml"), ("  - path_regex: ^other$\n", "KM815 unmatched secrets/live.sops.yaml")],
)
def test_without_a_rule_nobody_could_decrypt_it(rules: str | None, said: str, folder: Path, sops: Path) -> None:
    if rules:
        (folder / ".sops.yaml").write_text(rules, encoding="utf-8")

    assert told(init(folder, shop("live", "sops")).problems) == [said]


def test_without_the_key_the_program_s_reason_is_told(
    folder: Path, sops: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    init(folder, shop("live", "sops"), TEAM)
    before = FILE.read_bytes()
    monkeypatch.delenv("SOPS_AGE_KEY")

    (found,) = init(folder, shop("live", "sops"), TEAM).problems

    assert (found.code, found.values["reason"]) == (
        "KM814",
        "Failed to get the data key required to decrypt the SOPS file.",
    )
    assert FILE.read_bytes() == before


def test_a_program_that_repeats_a_value_is_not_quoted(folder: Path, sops: Path) -> None:
    init(folder, shop("live", "sops"), TEAM)
    (sops / "sops").write_text('#!/bin/sh\n[ "$1" = decrypt ] && echo {} && exit\ncat >&2; exit 1\n', encoding="utf-8")

    (found,) = init(folder, shop("live", "sops"), TEAM).problems

    assert (found.code, found.values["reason"]) == ("KM814", "…")
    assert os.listdir("secrets") == ["live.sops.yaml"]


def test_no_value_is_a_word_of_a_command_line(folder: Path, sops: Path) -> None:
    program = sops / "sops"
    program.rename(sops / "real")
    program.write_text(f'#!/bin/sh\necho "$@" >> {sops}/seen\nexec {sops}/real "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    init(folder, shop("live", "sops"), TEAM)
    renew(folder, shop("live", "sops"), "redis_password")
    value = opened()["KMTOPO_SECRET_REDIS_PASSWORD"]

    assert "--value-stdin" in (sops / "seen").read_text(encoding="utf-8")
    assert value not in (sops / "seen").read_text(encoding="utf-8")


def test_an_encrypted_file_that_is_no_mapping_is_told(folder: Path, sops: Path) -> None:
    init(folder, shop("live", "sops"), TEAM)
    (sops / "sops").write_text("#!/bin/sh\necho '[]'\n", encoding="utf-8")

    assert check(folder, shop("live", "sops")) == [f"KM816 kind {FILE}"]


def test_git_takes_the_encrypted_file_and_nothing_else(folder: Path, sops: Path) -> None:
    repository(folder)
    init(folder, shop("live", "sops"), TEAM)
    init(folder, shop("test"))
    git(folder, "add", ".")

    assert git(folder, "ls-files", "secrets").splitlines() == [FILE.as_posix()]


def test_a_repository_that_ignores_it_is_told(folder: Path, sops: Path) -> None:
    repository(folder)
    (folder / ".gitignore").write_text("/secrets/\n", encoding="utf-8")

    assert told(init(folder, shop("live", "sops"), TEAM).problems) == ["KM806 hidden secrets/live.sops.yaml"]


def test_a_link_in_its_place_is_not_followed(folder: Path, sops: Path) -> None:
    (folder / "secrets").mkdir()
    FILE.symlink_to("../elsewhere.yaml")

    assert told(init(folder, shop("live", "sops"), TEAM).problems) == [f"KM816 link {FILE}"]
    assert not (folder / "elsewhere.yaml").exists()
