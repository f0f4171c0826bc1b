"""Plain words mean what the YAML 1.2 core schema says, which is not what YAML 1.1 said."""

from __future__ import annotations

from math import inf, isnan

import pytest

from kmtopo.source import Source
from kmtopo.syntax import parse


def value(written: str) -> object:
    document, diagnostics = parse(Source("topology.yaml", f"x: {written}\n"))
    assert document is not None
    assert diagnostics == ()
    return document.data["x"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *((word, None) for word in ("", "~", "null", "Null", "NULL")),
        *((word, True) for word in ("true", "True", "TRUE")),
        *((word, False) for word in ("false", "False", "FALSE")),
        ("0", 0),
        ("-7", -7),
        ("+7", 7),
        ("0o17", 15),
        ("0xFF", 255),
        ("1.10", 1.1),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        (".inf", inf),
        ("-.INF", -inf),
    ],
)
def test_a_word_that_the_core_schema_knows_has_its_value(written: str, meant: object) -> None:
    assert value(written) == meant
    assert type(value(written)) is type(meant)


def test_not_a_number_is_read_as_that() -> None:
    read = value(".nan")

    assert isinstance(read, float)
    assert isnan(read)


@pytest.mark.parametrize(
    "written",
    [
        "yes",
        "no",
        "NO",
        "on",
        "off",
        "y",
        "n",
        "nULL",
        "tRUE",
        "22:22",
        "1_000",
        "0b11",
        "2026-01-31",
        "1.2.3",
        "+",
        ".",
        "0o8",
    ],
)
def test_a_word_that_only_yaml_1_1_knows_is_text(written: str) -> None:
    assert value(written) == written


def test_a_number_with_leading_zeros_is_decimal() -> None:
    assert value("0123") == 123


@pytest.mark.parametrize("written", ["'1'", '"1"', "'true'", '"null"', "'~'", "''"])
def test_between_quotes_everything_is_text(written: str) -> None:
    assert value(written) == written[1:-1]


@pytest.mark.parametrize("written", ["9" * 65, "9" * 5000, "0x" + "f" * 5000, "1." + "0" * 5000])
def test_a_number_that_nothing_needs_stays_text(written: str) -> None:
    assert value(written) == written
