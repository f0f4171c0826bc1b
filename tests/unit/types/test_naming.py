from __future__ import annotations

from collections.abc import Callable

import pytest

from kmtopo.types.naming import (
    administrator,
    administrator_password,
    application_key,
    application_password,
    application_user,
    certificate,
    identifier,
    previous_application_keys,
)
from kmtopo.types.runtime import Secret, Setting, http_probe

LONG = "a" * 40


def test_dashes_become_underscores() -> None:
    assert identifier("km-motos", "central") == "km_motos_central"


def test_a_name_of_63_bytes_stays_and_a_longer_one_ends_in_a_digest() -> None:
    assert identifier(LONG, "b" * 22) == f"{'a' * 40}_{'b' * 22}"
    assert identifier(LONG, "b" * 23) == f"{'a' * 40}_{'b' * 13}_409dfdcc"


def test_long_names_that_begin_alike_stay_apart() -> None:
    names = {identifier(LONG, LONG, ending) for ending in ("one", "two", "three")}

    assert len(names) == 3
    assert {len(name) for name in names} == {63}


def test_one_rule_names_users_and_secrets(setting: Callable[..., Setting]) -> None:
    worker = setting(name="cola", family="back-end")

    assert administrator("km-motos") == "km_motos_admin"
    assert application_user("km-motos", "back-end") == "km_motos_back_end"
    assert application_key(worker) == Secret("back_end_app_key", "app-key")
    assert previous_application_keys(worker) == Secret("back_end_app_previous_keys", "app-keys")
    assert administrator_password("main-db") == Secret("main_db_password")
    assert application_password("main-db", "back-end") == Secret("main_db_back_end_password")
    assert certificate("front-door") == ("front_door_tls_certificate", "front_door_tls_key")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/up", "wget -q -O /dev/null http://127.0.0.1:80/up || curl -fsS -o /dev/null http://127.0.0.1:80/up"),
        (
            "/up?a=1&b='2';reboot",
            (
                "wget -q -O /dev/null 'http://127.0.0.1:80/up?a=1&b='\"'\"'2'\"'\"';reboot'"
                " || curl -fsS -o /dev/null 'http://127.0.0.1:80/up?a=1&b='\"'\"'2'\"'\"';reboot'"
            ),
        ),
    ],
)
def test_a_probe_takes_its_path_as_text(path: str, line: str) -> None:
    assert http_probe(80, path) == line
