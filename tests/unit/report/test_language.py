"""Which language a reader is spoken to in."""

from __future__ import annotations

import pytest

from kmtopo.report import language_of


@pytest.mark.parametrize(
    ("environ", "option", "language"),
    [
        ({}, None, "en"),
        ({"LANG": "es_HN.UTF-8"}, None, "es"),
        ({"LANG": "es"}, None, "es"),
        ({"LANG": "es-HN"}, None, "es"),
        ({"LANG": "ES_hn@euro"}, None, "es"),
        ({"LANG": "C"}, None, "en"),
        ({"LANG": "C.UTF-8"}, None, "en"),
        ({"LANG": "POSIX"}, None, "en"),
        ({"LANG": "fr_FR.UTF-8"}, None, "en"),
        ({"LANG": "est_EE"}, None, "en"),
        ({"LANG": "es_HN.UTF-8", "LC_ALL": "en_US.UTF-8"}, None, "en"),
        ({"LANG": "es_HN.UTF-8", "LC_ALL": "C"}, None, "en"),
        ({"LANG": "es_HN.UTF-8", "LC_ALL": ""}, None, "es"),
        ({"LC_ALL": "en_US.UTF-8", "KMTOPO_LANG": "es"}, None, "es"),
        ({"KMTOPO_LANG": "es"}, "en", "en"),
        ({"KMTOPO_LANG": "en"}, "es", "es"),
    ],
)
def test_the_option_wins_then_the_nearest_variable_that_is_set(
    environ: dict[str, str], option: str | None, language: str
) -> None:
    assert language_of(environ, option) == language
