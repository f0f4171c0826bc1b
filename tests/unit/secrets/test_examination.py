"""``secrets check`` says what is wrong with each value and each place, and shows no value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kmtopo.diagnostics import Severity
from kmtopo.resolve.deployment import Build
from kmtopo.secrets.certificate import certificate, private_key
from secret_worlds import APPLICATION, STRONG, check, examined, git, init, repository, shop
from topologies import KMMOTOS, checked

TEST = "secrets/test"
EXPIRED = (Path(__file__).parents[2] / "data" / "certificates" / "expired.pem").read_bytes()


def put(path: Path, value: bytes) -> None:
    """Replaces a secret as its owner does."""
    path.unlink(missing_ok=True)
    path.write_bytes(value)
    path.chmod(0o444)


@pytest.fixture
def filled(folder: Path) -> Path:
    """The folder of the shop's test environment, in which everything is in order."""
    init(folder, shop())
    put(folder / TEST / "mail_password", STRONG)
    return folder / TEST


def test_what_init_made_and_its_owner_gave_is_in_order(folder: Path, filled: Path) -> None:
    assert check(folder, shop()) == []


def test_where_nothing_is_everything_is_missing(folder: Path) -> None:
    assert check(folder, shop()) == [
        "KM801 free secrets/test/mail_password",
        "KM801 secrets/test/proxy_tls_certificate",
        "KM801 secrets/test/proxy_tls_key",
        "KM801 secrets/test/redis_password",
    ]
    assert not (folder / "secrets").exists()


VALUES = {
    b"": ["KM802 secrets/test/redis_password"],
    b" \n": ["KM802 secrets/test/redis_password"],
    b"changeme": ["KM803 placeholder secrets/test/redis_password"],
    b"4f0c2a9be16d7385": ["KM803 secrets/test/redis_password"],
    STRONG: ["KM804 secrets/test/mail_password`, `secrets/test/redis_password"],
    STRONG + b"\n": ["KM804 secrets/test/mail_password`, `secrets/test/redis_password"],
}


@pytest.mark.parametrize("value", VALUES)
def test_a_value_that_is_none_or_can_be_guessed_is_told(value: bytes, folder: Path, filled: Path) -> None:
    put(filled / "redis_password", value)

    assert check(folder, shop()) == VALUES[value]


def test_who_gave_a_weak_value_is_asked_for_a_better_one(folder: Path, filled: Path) -> None:
    put(filled / "mail_password", b"hunter2")
    weak = check(folder, shop())
    put(filled / "mail_password", b"<from the provider>")

    assert weak == ["KM803 free secrets/test/mail_password"]
    assert check(folder, shop()) == ["KM803 placeholder_free secrets/test/mail_password"]


def test_no_finding_holds_a_value(folder: Path, filled: Path) -> None:
    put(filled / "redis_password", b"hunter2")
    put(filled / "mail_password", b"hunter2")

    assert "hunter2" not in repr(examined(folder, shop()))


PLACES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "others can enter": (lambda place: place.chmod(0o711), ["KM805 secrets/test"]),
    "its owner alone can read it": (
        lambda place: (place / "redis_password").chmod(0o400),
        ["KM807 secrets/test/redis_password"],
    ),
    "it can be written": (lambda place: (place / "redis_password").chmod(0o644), ["KM807 secrets/test/redis_password"]),
    "nothing needs it": (lambda place: put(place / "old/key", STRONG[::-1]), ["KM808 secrets/test/old/key"]),
    "it is far too large": (
        lambda place: put(place / "other", b"x" * 2_000_000),
        ["KM816 kind secrets/test/other"],
    ),
    "it is a link": (
        lambda place: (place / "other").symlink_to("redis_password"),
        ["KM816 link secrets/test/other"],
    ),
}


@pytest.mark.parametrize("trouble", PLACES)
def test_a_place_that_is_not_as_it_should_be_is_told(trouble: str, folder: Path, filled: Path) -> None:
    make, said = PLACES[trouble]
    (filled / "old").mkdir()
    make(filled)

    assert check(folder, shop()) == said


def test_what_git_has_is_told_even_where_it_ignores_the_folder(folder: Path, filled: Path) -> None:
    repository(folder)
    git(folder, "add", "--force", "secrets")

    assert [line for line in check(folder, shop()) if "redis" in line] == ["KM806 tracked secrets/test/redis_password"]


def test_a_folder_that_git_would_take_along_is_told(folder: Path, filled: Path) -> None:
    repository(folder)
    (folder / ".gitignore").unlink()

    assert check(folder, shop()) == ["KM806 secrets/test"]


def test_a_certificate_for_other_hosts_is_told(folder: Path, filled: Path) -> None:
    key = (filled / "proxy_tls_key").read_bytes()
    put(filled / "proxy_tls_certificate", certificate(key, ["shop.test", "*.shop.test.example"]))

    (found,) = examined(folder, shop())

    assert (found.code, found.help, found.values["said"]) == ("KM809", "hosts", "*.shop.test")


@pytest.mark.parametrize(
    ("value", "said"),
    [(b"-----BEGIN", ["KM810"]), (EXPIRED, ["KM810 mismatch", "KM809 expired", "KM809 hosts"])],
)
def test_a_certificate_that_serves_nobody_is_told(value: bytes, said: list[str], folder: Path, filled: Path) -> None:
    put(filled / "proxy_tls_certificate", value)

    assert check(folder, shop()) == [f"{each} {TEST}/proxy_tls_certificate" for each in said]


def test_a_key_of_another_certificate_is_told(folder: Path, filled: Path) -> None:
    put(filled / "proxy_tls_key", private_key())

    assert check(folder, shop()) == ["KM810 mismatch secrets/test/proxy_tls_certificate"]


def test_a_key_without_its_certificate_is_missed(folder: Path, filled: Path) -> None:
    (filled / "proxy_tls_key").unlink()

    assert check(folder, shop()) == ["KM801 half secrets/test/proxy_tls_key"]


def test_environments_that_share_a_value_are_told_once(folder: Path, filled: Path) -> None:
    init(folder, shop("live"))
    put(folder / "secrets/live/mail_password", STRONG)

    assert check(folder, shop(), shop("live")) == [
        "KM804 environments secrets/test/mail_password`, `secrets/live/mail_password"
    ]


def test_companies_that_share_a_value_are_an_error(folder: Path) -> None:
    tests = checked(KMMOTOS).deployments["pruebas"]
    init(folder, tests)
    place = folder / "secrets/pruebas/tenants"
    put(place / "km_cars_postgres_password", (place / "km_motos_postgres_password").read_bytes())

    (found,) = examined(folder, tests)

    assert (found.code, found.severity) == ("KM804", Severity.ERROR)
    assert found.values["paths"] == f"{place}/km_cars_postgres_password`, `{place}/km_motos_postgres_password"


def test_an_application_s_former_keys_may_be_empty_and_are_compared_with_nothing(folder: Path) -> None:
    live = shop("live", text=APPLICATION)
    init(folder, live)
    empty = check(folder, live)
    put(folder / "secrets/live/app_app_previous_keys", (folder / "secrets/live/app_app_key").read_bytes())

    assert empty == check(folder, live) == []


@pytest.mark.parametrize(
    ("context", "dockerfile", "ignoring", "said"),
    [
        (".", None, {}, [".dockerignore: /deploy/secrets"]),
        ("..", None, {}, ["../.dockerignore: /deploy/secrets"]),
        ("..", None, {"../.dockerignore": "node_modules\ndeploy/secrets/\n"}, []),
        ("..", None, {"../.dockerignore": "**/secrets\n"}, []),
        (
            "..",
            "Prod",
            {"../.dockerignore": "*\n", "../Prod.dockerignore": ""},
            ["../Prod.dockerignore: /deploy/secrets"],
        ),
        ("..", "Prod", {"../Prod.dockerignore": "/deploy/secrets/**\n"}, []),
        ("../api", None, {}, []),
        ("api", None, {}, []),
    ],
)
def test_a_build_that_could_copy_the_secrets_is_told(
    context: str,
    dockerfile: str | None,
    ignoring: dict[str, str],
    said: list[str],
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "deploy").mkdir()
    monkeypatch.chdir(tmp_path / "deploy")
    live = shop("live")
    api = replace(live.containers["api"], build=Build(context, dockerfile, None, ()))
    init(folder, live)
    put(folder / "secrets/live/mail_password", STRONG)
    (folder / ".dockerignore").unlink()
    for path, text in ignoring.items():
        (folder / path).write_text(text, encoding="utf-8")

    found = examined(folder, replace(live, containers={**live.containers, "api": api}))

    expected = [line.replace("/deploy/secrets", "/secrets") if context == "." else line for line in said]
    assert [f"{each.values['path']}: {each.values['line']}" for each in found] == expected


def test_variables_are_judged_like_files(folder: Path) -> None:
    variables = {"KMTOPO_SECRET_REDIS_PASSWORD": "changeme", "KMTOPO_SECRET_MAIL_PASSWORD": STRONG.decode()}

    assert check(folder, shop("live", "env"), variables=variables) == [
        "KM803 placeholder KMTOPO_SECRET_REDIS_PASSWORD",
    ]


def test_a_variable_may_hold_any_bytes(folder: Path) -> None:
    variables = {"KMTOPO_SECRET_REDIS_PASSWORD": "\udcff", "KMTOPO_SECRET_MAIL_PASSWORD": STRONG.decode()}

    assert check(folder, shop("live", "env"), variables=variables) == ["KM803 KMTOPO_SECRET_REDIS_PASSWORD"]


def test_a_process_s_variables_are_one_environment_s_and_not_compared_with_another_s(folder: Path) -> None:
    variables = {"KMTOPO_SECRET_REDIS_PASSWORD": STRONG[::-1].decode(), "KMTOPO_SECRET_MAIL_PASSWORD": STRONG.decode()}

    assert check(folder, shop("live", "env"), shop("test", "env"), variables=variables) == [
        "KM801 env KMTOPO_SECRET_PROXY_TLS_CERTIFICATE",
        "KM801 env KMTOPO_SECRET_PROXY_TLS_KEY",
    ]


def test_without_openssl_a_certificate_is_not_judged_and_the_rest_is(
    folder: Path, filled: Path, no_programs: None
) -> None:
    put(filled / "redis_password", b"")

    assert check(folder, shop()) == ["KM813 openssl", "KM802 secrets/test/redis_password"]
