"""Whatever the command line says, it says in both languages."""

from __future__ import annotations

from string import Formatter

import pytest

from kmtopo.cli.words import WORDS, word
from topologies import ROOT


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_say_the_same_with_the_same_values(key: str) -> None:
    english, spanish = WORDS[key]

    assert english
    assert spanish
    assert placeholders(english) == placeholders(spanish)


@pytest.mark.parametrize("key", WORDS)
def test_every_text_is_said_somewhere(key: str) -> None:
    folder = ROOT / "src" / "kmtopo"
    code = [
        path.read_text(encoding="utf-8")
        for path in [*folder.glob("cli/*.py"), *folder.glob("lifecycle/*.py"), folder / "provenance.py"]
    ]
    spoken = (
        "".join(code)
        .replace(f'    "{key}": (', "")
        .replace('option.name.replace("_", "-")', '"install-completion" "show-completion"')
    )

    assert f'"{key}"' in spoken


def test_a_language_that_is_not_spoken_is_english() -> None:
    assert word("ok", "fr", environments="test") == "no problems in test"
