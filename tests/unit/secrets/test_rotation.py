"""``secrets rotate`` gives one slot a new value in one step, and says what has to follow."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from kmtopo.secrets.certificate import belong_together
from kmtopo.secrets.steps import steps
from secret_worlds import APPLICATION, check, contents, init, renew, repository, shop, slot, told
from topologies import KMMOTOS, checked


def test_one_value_is_new_and_the_others_stay(folder: Path) -> None:
    init(folder, shop())
    before = contents(folder)

    rotated = renew(folder, shop(), "redis_password")
    after = contents(folder)

    assert (rotated.paths, rotated.problems) == (("secrets/test/redis_password",), ())
    assert {name for name in before if before[name] != after[name]} == {"test/redis_password"}
    assert before.keys() == after.keys()
    assert check(folder, shop()) == ["KM801 free secrets/test/mail_password"]


def test_who_has_the_old_file_open_still_reads_the_old_value(folder: Path) -> None:
    init(folder, shop())
    path = folder / "secrets/test/redis_password"
    with path.open("rb") as file:
        before = path.read_bytes()
        renew(folder, shop(), "redis_password")

        assert file.read() == before != path.read_bytes()


def test_an_application_s_key_joins_its_former_ones_the_newest_first(folder: Path) -> None:
    live = shop("live", text=APPLICATION)
    init(folder, live)
    keys = []
    for _ in range(3):
        keys.append(contents(folder)["live/app_app_key"])
        assert renew(folder, live, "app_app_key").problems == ()

    assert contents(folder)["live/app_app_previous_keys"] == b",".join(reversed(keys))
    assert contents(folder)["live/app_app_key"] not in keys
    assert check(folder, live) == []


def test_former_keys_are_forgotten_by_rotating_them(folder: Path) -> None:
    live = shop("live", text=APPLICATION)
    init(folder, live)
    renew(folder, live, "app_app_key")
    key = contents(folder)["live/app_app_key"]

    renew(folder, live, "app_app_previous_keys")

    assert contents(folder) == {"live/app_app_key": key, "live/app_app_previous_keys": b""}


def test_a_cut_between_the_two_leaves_the_key_in_both(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live = shop("live", text=APPLICATION)
    init(folder, live)
    key = contents(folder)["live/app_app_key"]
    rename = os.rename

    def cut(source: str, target: str, **folders: int) -> None:
        if target == "app_app_key":
            raise KeyboardInterrupt
        rename(source, target, **folders)

    monkeypatch.setattr(os, "rename", cut)
    with pytest.raises(KeyboardInterrupt):
        renew(folder, live, "app_app_key")

    assert contents(folder)["live/app_app_key"] == contents(folder)["live/app_app_previous_keys"] == key


@pytest.mark.parametrize("name", ["proxy_tls_certificate", "proxy_tls_key"])
def test_a_certificate_and_its_key_are_new_together(name: str, folder: Path) -> None:
    init(folder, shop())
    before = contents(folder)
    (folder / "secrets/test/proxy_tls_key").unlink()

    rotated = renew(folder, shop(), name)
    after = contents(folder)

    assert set(rotated.paths) == {"secrets/test/proxy_tls_certificate", "secrets/test/proxy_tls_key"}
    assert belong_together(after["test/proxy_tls_certificate"], after["test/proxy_tls_key"])
    assert after["test/proxy_tls_certificate"] != before["test/proxy_tls_certificate"]


def test_what_is_missing_has_to_be_made_first(folder: Path) -> None:
    assert told(renew(folder, shop(), "redis_password").problems) == ["KM801 secrets/test/redis_password"]


@pytest.mark.parametrize(
    ("keeper", "name", "said"),
    [
        ("file", "mail_password", "KM812 secrets/test/mail_password"),
        ("env", "redis_password", "KM812 env KMTOPO_SECRET_REDIS_PASSWORD"),
        ("sops", "mail_password", "KM812 sops secrets/test.sops.yaml: KMTOPO_SECRET_MAIL_PASSWORD"),
    ],
)
def test_what_only_its_owner_knows_is_its_owner_s_to_change(keeper: str, name: str, said: str, folder: Path) -> None:
    assert told(renew(folder, shop(keeper=keeper), name).problems) == [said]


def test_nothing_is_put_where_somebody_else_could_read_it(folder: Path) -> None:
    init(folder, shop())
    before = contents(folder)
    (folder / "secrets/test").chmod(0o755)
    repository(folder)

    assert told(renew(folder, shop(), "redis_password").problems) == ["KM805 secrets/test"]
    assert contents(folder) == before


def test_a_link_in_its_place_is_replaced_by_nothing(folder: Path) -> None:
    init(folder, shop())
    path = folder / "secrets/test/redis_password"
    path.unlink()
    path.symlink_to("/etc/hostname")

    assert told(renew(folder, shop(), "redis_password").problems) == ["KM816 link secrets/test/redis_password"]
    assert path.is_symlink()


def following(environment: str, name: str, keeper: str = "file", text: str | None = None) -> list[str]:
    """What an operator does after a rotation: word, machines, command."""
    deployment = shop(environment, keeper, text) if text else shop(environment, keeper)
    return [
        " ".join(filter(None, (step.word, step.machines, step.path, step.command)))
        for step in steps(deployment, slot(deployment, name), Path(), Path("build"))
    ]


def test_a_new_value_is_copied_before_who_uses_it_is_restarted() -> None:
    assert following("live", "redis_password") == [
        "copy server",
        "restart (cd build/live/server && docker compose restart api redis)",
    ]


def test_after_a_new_key_the_former_one_can_be_forgotten() -> None:
    assert following("live", "app_app_key", text=APPLICATION)[1:] == [
        "restart (cd build/live/server && docker compose restart app queue)",
        "former kmtopo secrets rotate app_app_previous_keys -e live",
    ]


def test_an_encrypted_file_is_copied_and_read_again_on_the_machine() -> None:
    assert following("live", "redis_password", "sops")[:1] == [
        (
            "sops server secrets/live.sops.yaml (cd build/live/server && "
            "sops exec-env ../../../secrets/live.sops.yaml ./secrets.sh)"
        )
    ]


def test_a_developer_s_machine_has_it_already() -> None:
    live = shop("live")
    local = replace(live, environment=replace(live.environment, stage="development"))

    assert [step.word for step in steps(local, slot(local, "redis_password"), Path(), Path("build"))] == ["restart"]


KMMOTOS_STEPS = {
    "redis_backend_password": ["restart (cd {place} && docker compose restart backend cola programador redis)"],
    "postgres_backend_password": [
        "restart (cd {place} && docker compose restart postgres)",
        "provision {place}/postgres/provision.sh",
        "restart (cd {place} && docker compose restart backend cola programador)",
    ],
    "tenants/km_motos_postgres_password": [
        "provision {place}/postgres/provision.sh",
        "restart (cd {place} && docker compose restart backend cola programador)",
    ],
    "mongo_backend_password": [
        "restart (cd {place} && docker compose restart mongo)",
        "provision {place}/mongo/provision.sh",
        "restart (cd {place} && docker compose restart backend cola programador)",
    ],
    "postgres_password": [
        "restart (cd {place} && docker compose restart postgres)",
        (
            "server (cd {place} && docker compose exec -T postgres psql -X -q -w -U kmmotos_admin -d postgres -c "
            "'DO $$BEGIN EXECUTE format($f$ALTER ROLE %I PASSWORD %L$f$, current_user, "
            "rtrim(pg_read_file($f$/run/secrets/postgres_password$f$), chr(13) || chr(10))); END$$')"
        ),
    ],
    "mongo_password": [
        (
            "server (cd {place} && docker compose exec -T -e HOME=/nonexistent mongo mongosh --quiet --norc --eval "
            """'const fs = require("fs"), admin = db.getSiblingDB("admin"); """
            """admin.auth("kmmotos_admin", fs.readFileSync("/run/secrets/mongo_password", "utf8").trim()); """
            """admin.changeUserPassword("kmmotos_admin", fs.readFileSync(0, "utf8").trim());' """
            """<"${{KMTOPO_SECRETS:-../../../secrets/produccion}}"/mongo_password)"""
        ),
        "restart (cd {place} && docker compose restart mongo)",
    ],
}


@pytest.mark.parametrize("name", KMMOTOS_STEPS)
def test_a_server_learns_a_password_before_those_who_log_in_with_it(name: str) -> None:
    live = checked(KMMOTOS).deployments["produccion"]
    expected = ["copy principal", *(line.format(place="build/produccion/principal") for line in KMMOTOS_STEPS[name])]

    following = steps(live, slot(live, name), Path(), Path("build"))

    assert [f"{step.word} {step.machines or step.command}" for step in following] == expected
