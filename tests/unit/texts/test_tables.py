"""Every code says the same in every language; who adds a code brings both tables."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kmtopo import texts
from kmtopo.texts import CODES, LANGUAGES, Code, phrase, register, text
from kmtopo.texts.tables import differences, placeholders, tables


@pytest.fixture
def traefik() -> Iterator[str]:
    """The code of a plugin, forgotten after the test."""
    code = "traefik/TR001"
    yield code
    CODES.pop(code, None)
    for language in LANGUAGES:
        tables(language).pop(code, None)


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_a_summary_and_a_help_in_every_language_with_the_same_placeholders(code: str) -> None:
    assert list(differences({language: tables(language).get(code, {}) for language in LANGUAGES})) == []


@pytest.mark.parametrize("code", CODES)
def test_a_summary_is_one_line_that_starts_small_and_ends_without_a_stop(code: str) -> None:
    for language in LANGUAGES:
        for entry, words in tables(language).get(code, {}).items():
            if entry.startswith("summary"):
                assert "\n" not in words
                assert not words.endswith(".")
                first = words.split(" ")[0]
                assert first.startswith("`") or first == first.lower() or first.isupper()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_placeholder_is_a_plain_word(language: str) -> None:
    for table in tables(language).values():
        for words in table.values():
            assert all(name.isidentifier() for name in placeholders(words)), words


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_that_are_parsed_one_by_one_say_what_the_whole_file_says(language: str) -> None:
    whole = tomllib.loads((Path(texts.__file__).parent / f"{language}.toml").read_text(encoding="utf-8"))
    assert list(tables(language)) == list(whole)
    assert {code: table["summary"] for code, table in tables(language).items() if code.startswith("KM")} == {
        code: table["summary"] for code, table in whole.items() if code.startswith("KM")
    }
    assert dict(tables(language)["report"]) == whole["report"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_table_is_left_of_a_code_that_is_gone(language: str) -> None:
    assert [code for code in tables(language) if code.startswith("KM") and code not in CODES] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_stand_in_the_order_of_the_codes(language: str) -> None:
    written = [code for code in tables(language) if code.startswith("KM")]

    assert written == sorted(written)


def test_phrases_are_the_same_in_every_language() -> None:
    sections = {
        language: {name: table for name, table in tables(language).items() if name not in CODES}
        for language in LANGUAGES
    }
    entries = {
        language: {
            (name, entry, placeholders(words)) for name, table in found.items() for entry, words in table.items()
        }
        for language, found in sections.items()
    }

    assert entries["en"] == entries["es"]


def test_a_variant_stands_in_for_the_plain_text_where_there_is_one() -> None:
    assert text("KM103", "help", "en", {}) == "keep one of the two, or give this one another name"
    assert text("KM103", "help", "en", {}, "merge") == "merge several at once: `<<: [*one, *two]`"
    assert text("KM103", "help", "en", {}, "unheard-of") == text("KM103", "help", "en", {})
    assert text("KM103", "summary", "es", {"key": "a"}, "merge") == "la clave `a` aparece aquí por segunda vez"


def test_values_are_taken_as_they_are_braces_and_all() -> None:
    assert text("KM103", "summary", "en", {"key": "{x.__class__} {0} }{"}) == (
        "the key `{x.__class__} {0} }{` stands here a second time"
    )


def test_a_placeholder_without_a_value_stays() -> None:
    assert text("KM103", "summary", "en", {}) == "the key `{key}` stands here a second time"


def test_a_code_without_an_entry_says_nothing() -> None:
    assert text("KM103", "labels.second", "en", {}) == ""
    assert text("KM000", "summary", "en", {}) == ""


def test_a_phrase_belongs_to_no_code() -> None:
    assert phrase("report", "errors", "es", count=2) == "2 errores"


def test_a_plugin_brings_a_code_with_its_texts(traefik: str) -> None:
    register(
        traefik,
        Code("middleware-unknown", "error"),
        {
            "en": {"summary": "unknown middleware `{name}`", "help": "declare it", "labels": {"near": "near {name}"}},
            "es": {
                "summary": "middleware desconocido `{name}`",
                "help": "decláralo",
                "labels": {"near": "cerca de {name}"},
            },
        },
    )

    assert CODES[traefik].name == "middleware-unknown"
    assert text(traefik, "labels.near", "es", {"name": "x"}) == "cerca de x"


WHOLE = {"summary": "a {b}", "help": "c"}


@pytest.mark.parametrize(
    ("code", "tables", "problem"),
    [
        ("TR001", {"en": WHOLE, "es": WHOLE}, "TR001: a plugin's code is new and starts with the plugin's name"),
        ("KM101", {"en": WHOLE, "es": WHOLE}, "KM101: a plugin's code is new"),
        ("t/1", {"en": WHOLE}, "t/1: es has no help, which en has"),
        ("t/1", {"en": {"summary": "a {b}"}, "es": {"summary": "a {b}"}}, "t/1: en has no help"),
        ("t/1", {"en": WHOLE, "es": {**WHOLE, "summary": "a"}}, "t/1: summary has other placeholders in es than in en"),
        ("t/1", {"en": WHOLE, "es": {**WHOLE, "help_x": "d"}}, "t/1: en has no help_x, which es has"),
    ],
)
def test_a_plugin_whose_tables_are_not_whole_is_refused(
    code: str, tables: dict[str, dict[str, str]], problem: str
) -> None:
    with pytest.raises(ValueError, match=f"^{problem}"):
        register(code, Code("x", "error"), tables)
    assert code not in CODES or code == "KM101"
