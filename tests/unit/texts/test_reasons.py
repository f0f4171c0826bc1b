"""Why the operating system refuses is said in the reader's language."""

from __future__ import annotations

import errno
import os

import pytest

from kmtopo.diagnostics import Reason, diagnose
from kmtopo.report import render_text
from kmtopo.texts.tables import tables


def test_the_languages_have_words_for_the_same_reasons() -> None:
    assert tables("en")["reasons"].keys() == tables("es")["reasons"].keys()


@pytest.mark.parametrize("name", tables("en")["reasons"])
def test_a_reason_is_an_error_that_the_system_knows(name: str) -> None:
    assert Reason.of(getattr(errno, name)) == name


@pytest.mark.parametrize(
    ("number", "language", "said"),
    [
        (errno.ENOSPC, "en", "the disk is full"),
        (errno.ENOSPC, "es", "el disco está lleno"),
        (errno.EDOM, "es", "EDOM"),
        (None, "en", "?"),
    ],
)
def test_what_has_no_words_is_shown_by_its_name(number: int | None, language: str, said: str) -> None:
    told = render_text([diagnose("KM701", path="build", reason=Reason.of(number))], {}, language)

    assert told.splitlines()[1].endswith(f": {said}")


def test_no_message_in_spanish_quotes_the_system() -> None:
    assert os.strerror(errno.EIO) not in render_text(
        [diagnose("KM701", path="build", reason=Reason.of(errno.EIO))], {}, "es"
    )
