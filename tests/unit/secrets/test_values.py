from __future__ import annotations

import base64
import re

import pytest

from kmtopo.secrets.values import STRONG, application_key, bits, is_placeholder, password


def test_a_password_is_43_characters_that_a_variable_an_url_and_sql_take_as_they_are() -> None:
    made = [password().decode() for _ in range(500)]

    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{42}", each) for each in made)
    assert len(set(made)) == 500
    assert min(bits(each.encode()) for each in made) >= STRONG


def test_an_application_key_is_what_laravel_writes() -> None:
    key = application_key().decode()

    assert key.startswith("base64:")
    assert len(base64.b64decode(key.removeprefix("base64:"))) == 32
    assert key != application_key().decode()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (b"4f0c2a9be16d7385", 64),
        (b"4f0c2a9be16d73854f0c2a9be16d7385", 128),
        (b"4F0C2A9BE16D73854F0C2A9BE16D7385\n", 128),
        (b"8301947265830194726583019472658301947265", 132),
        (b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 4),
        (b"kQ3vT8wLmZ5xR1nB7cJ2pD", 130),
        (b"tr0ub4dor&3", 66),
        (b"base64:AAECAwQFBgcICQoLDA0ODw==", 130),
        (b"", 0),
        (b"\xff\xfe\xfd", 6),
    ],
)
def test_bits_are_counted_by_length_and_alphabet(value: bytes, said: int) -> None:
    assert bits(value) == said


@pytest.mark.parametrize(
    "value",
    [
        *(
            b"changeme",
            b"CHANGE_ME",
            b"please-change-me-before-you-go-live-please",
            b"password",
            b"Secret1",
            b"secret\n",
        ),
        *(b"<put the key here>", b"your-api-key-goes-here", b"xxxxxxxx", b"cambiame", b"todo", b"placeholder"),
    ],
)
def test_what_somebody_meant_to_replace_is_a_placeholder(value: bytes) -> None:
    assert is_placeholder(value)


@pytest.mark.parametrize("value", [b"kQ3vT8wLmZ5xR1nB7cJ2pD", b"myPass-word", b"secretary of state", b"", b"x"[:0]])
def test_any_other_value_is_none(value: bytes) -> None:
    assert not is_placeholder(value)
