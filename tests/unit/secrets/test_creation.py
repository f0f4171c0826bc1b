"""``secrets init`` makes what is missing where nobody else can read it, and leaves alone what is there."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from kmtopo.secrets.certificate import belong_together
from kmtopo.secrets.creation import Made
from secret_worlds import APPLICATION, check, contents, git, init, repository, shop, told
from topologies import KMMOTOS, checked

MAIL = "KM801 free secrets/test/mail_password"


def mode(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):04o}"


def test_what_is_missing_is_made_and_what_only_its_owner_knows_is_asked_for(folder: Path) -> None:
    made = init(folder, shop())

    assert (made.names, made.kept) == (("proxy_tls_certificate", "proxy_tls_key", "redis_password"), 0)
    assert told(made.problems) == [MAIL]


def test_the_folder_keeps_others_out_and_any_user_in_a_container_reads_its_file(folder: Path) -> None:
    before = os.umask(0o077)
    try:
        init(folder, shop())
    finally:
        os.umask(before)

    assert mode(folder / "secrets/test") == "0700"
    assert mode(folder / "secrets/test/redis_password") == "0444"


def test_a_second_time_nothing_changes(folder: Path) -> None:
    init(folder, shop())
    before = contents(folder)

    made = init(folder, shop())

    assert (made.names, made.kept, told(made.problems)) == ((), 3, [MAIL])
    assert contents(folder) == before


def test_what_somebody_put_there_stays(folder: Path) -> None:
    init(folder, shop("live"))
    place = folder / "secrets/live"
    (place / "redis_password").unlink()
    (place / "mail_password").write_bytes(b"from the provider\n")
    (place / "mail_password").chmod(0o444)

    made = init(folder, shop("live"))

    assert made == Made("live", "secrets/live", ("redis_password",), 1)
    assert (place / "mail_password").read_bytes() == b"from the provider\n"


def test_an_application_has_a_key_and_no_former_ones(folder: Path) -> None:
    made = init(folder, shop("live", text=APPLICATION))

    assert made.names == ("app_app_key", "app_app_previous_keys")
    assert contents(folder)["live/app_app_key"].startswith(b"base64:")
    assert contents(folder)["live/app_app_previous_keys"] == b""


def test_a_certificate_is_for_every_host_and_for_the_patterns(folder: Path) -> None:
    init(folder, shop())
    made = contents(folder, "secrets/test")

    shown = subprocess.run(
        ["openssl", "x509", "-noout", "-text"], input=made["proxy_tls_certificate"], capture_output=True, check=True
    ).stdout.decode()
    assert "DNS:*.shop.test, DNS:shop.test\n" in shown
    assert "CA:FALSE" in shown
    assert belong_together(made["proxy_tls_certificate"], made["proxy_tls_key"])


def test_a_certificate_that_is_missing_is_made_of_the_key_that_is_there(folder: Path) -> None:
    init(folder, shop())
    key = (folder / "secrets/test/proxy_tls_key").read_bytes()
    (folder / "secrets/test/proxy_tls_certificate").unlink()

    assert init(folder, shop()).names == ("proxy_tls_certificate",)
    assert (folder / "secrets/test/proxy_tls_key").read_bytes() == key
    assert belong_together((folder / "secrets/test/proxy_tls_certificate").read_bytes(), key)


def test_a_key_that_is_missing_is_not_made_while_its_certificate_is_there(folder: Path) -> None:
    init(folder, shop())
    (folder / "secrets/test/proxy_tls_key").unlink()

    made = init(folder, shop())

    assert made.names == ()
    assert told(made.problems) == [MAIL, "KM801 half secrets/test/proxy_tls_key"]


def test_without_openssl_the_passwords_are_made_all_the_same(folder: Path, no_programs: None) -> None:
    made = init(folder, shop())

    assert made.names == ("redis_password",)
    assert told(made.problems) == ["KM813 openssl", MAIL]


def test_what_keeps_secrets_out_of_git_and_images_is_added_once(folder: Path) -> None:
    (folder / ".gitignore").write_bytes(b"node_modules")
    (folder / ".dockerignore").write_bytes(b"\xff\r\n")

    for _ in range(2):
        init(folder, shop())

    assert (folder / ".gitignore").read_bytes() == b"node_modules\n/secrets/*\n!/secrets/*.sops.yaml\n"
    assert (folder / ".dockerignore").read_bytes() == b"\xff\r\n/secrets\n"


@pytest.mark.parametrize("line", ["/secrets/", "secrets", "secrets/"])
def test_a_line_that_is_enough_stays_alone(line: str, folder: Path) -> None:
    (folder / ".gitignore").write_text(f"{line}\n", encoding="utf-8")

    init(folder, shop())

    assert (folder / ".gitignore").read_text(encoding="utf-8") == f"{line}\n"


def test_a_repository_above_may_ignore_them_already(folder: Path) -> None:
    repository(folder)
    (folder / ".gitignore").write_text("secrets/\n", encoding="utf-8")
    (folder / "deploy").mkdir()

    assert told(init(folder / "deploy", shop("live")).problems) == ["KM801 free deploy/secrets/live/mail_password"]
    assert not (folder / "deploy/.gitignore").exists()
    assert "secrets" not in git(folder, "status", "--porcelain", "--untracked-files=all")


def test_git_sees_no_secret(folder: Path) -> None:
    repository(folder)
    init(folder, shop())
    git(folder, "add", ".")

    assert git(folder, "ls-files").splitlines() == [".dockerignore", ".gitignore"]


REFUSED = {
    "another user can enter the folder": (
        lambda folder: (folder / "secrets/test").chmod(0o750),
        ["KM805 secrets/test"],
    ),
    "git has a file in it": (
        lambda folder: (
            repository(folder),
            (folder / "secrets/test/old").write_text("x", encoding="utf-8"),
            (folder / "secrets/test/old").chmod(0o444),
            git(folder, "add", "--force", "secrets/test/old"),
        ),
        ["KM806 tracked secrets/test/old"],
    ),
    "git would take it along": (
        lambda folder: (
            repository(folder),
            (folder / ".gitignore").write_text("/secrets/*\n!/secrets/test/\n", encoding="utf-8"),
        ),
        ["KM806 secrets/test"],
    ),
    "a file is a link": (
        lambda folder: (folder / "secrets/test/redis_password").symlink_to("/etc/hostname"),
        ["KM816 link secrets/test/redis_password"],
    ),
}


@pytest.mark.parametrize("trouble", REFUSED)
def test_nothing_is_made_where_somebody_else_could_read_it(trouble: str, folder: Path) -> None:
    make, said = REFUSED[trouble]
    (folder / "secrets").mkdir(mode=0o700)
    (folder / "secrets/test").mkdir(mode=0o700)
    make(folder)
    before = sorted(os.listdir(folder / "secrets/test"))

    made = init(folder, shop())

    assert (made.names, told(made.problems)) == ((), said)
    assert sorted(os.listdir(folder / "secrets/test")) == before


def test_a_repository_without_git_to_ask_is_told(folder: Path, no_programs: None) -> None:
    (folder / ".git").mkdir()

    made = init(folder, shop("live"))

    assert (made.names, told(made.problems)) == ((), ["KM813 git"])
    assert not (folder / "secrets").exists()


def test_a_folder_in_the_place_of_a_file_is_told(folder: Path) -> None:
    init(folder, shop("live"))
    (folder / "secrets/live/redis_password").unlink()
    (folder / "secrets/live/redis_password").mkdir()

    assert told(init(folder, shop("live")).problems) == ["KM816 kind secrets/live/redis_password"]


@pytest.mark.parametrize("linked", ["secrets", "secrets/test", ".gitignore"])
def test_no_link_is_followed_on_the_way(linked: str, folder: Path, tmp_path: Path) -> None:
    (folder / "elsewhere").mkdir(mode=0o700)
    (folder / linked).parent.mkdir(exist_ok=True)
    (folder / linked).symlink_to(tmp_path / "elsewhere")

    made = init(folder, shop())

    assert (made.names, told(made.problems)) == ((), [f"KM816 link {linked}"])
    assert os.listdir(folder / "elsewhere") == []


def test_a_file_where_the_folder_has_to_be_is_told(folder: Path) -> None:
    (folder / "secrets").write_text("", encoding="utf-8")

    assert told(init(folder, shop()).problems) == ["KM816 kind secrets"]


def test_a_folder_that_containers_mount_is_made_and_lets_their_users_in(folder: Path) -> None:
    deployment = checked(KMMOTOS).deployments["pruebas"]
    made = init(folder, deployment)
    companies = sorted(name for name in made.names if name.startswith("tenants/"))

    assert companies == ["tenants/km_cars_postgres_password", "tenants/km_motos_postgres_password"]
    assert mode(folder / "secrets/pruebas/tenants") == "0755"
    assert mode(folder / "secrets/pruebas/tenants/km_motos_postgres_password") == "0444"
    assert check(folder, deployment) == []


def test_what_others_keep_is_told_by_variable(folder: Path) -> None:
    made = init(folder, shop("live", "env"), {"KMTOPO_SECRET_REDIS_PASSWORD": "x"})

    assert made == Made("live", "", (), 1, made.problems)
    assert told(made.problems) == ["KM801 env KMTOPO_SECRET_MAIL_PASSWORD"]
    assert list(folder.iterdir()) == []


def test_former_keys_need_no_variable(folder: Path) -> None:
    made = init(folder, shop("live", "env", APPLICATION))

    assert told(made.problems) == ["KM801 env KMTOPO_SECRET_APP_APP_KEY"]
