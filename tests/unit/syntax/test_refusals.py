"""A file that was not taken becomes a diagnostic that knows what may have been meant."""

from __future__ import annotations

import pytest

from kmtopo.source import Refusal, Source
from kmtopo.syntax import diagnose_refusal


@pytest.mark.parametrize(
    ("others", "variant", "right"),
    [
        ((), "", ""),
        (("compose.yml",), "others", ""),
        (("compose.yml", "topologia.yaml"), "suggest", "topologia.yaml"),
    ],
)
def test_a_missing_file_gets_the_nearest_name_or_all(others: tuple[str, ...], variant: str, right: str) -> None:
    diagnostic = diagnose_refusal(Refusal("KM115", {"name": "topology.yaml"}, others=others))

    assert diagnostic.code == "KM115"
    assert diagnostic.help == variant
    assert diagnostic.values["right"] == right
    assert diagnostic.values["others"] == ", ".join(f"`{name}`" for name in others)


def test_a_refusal_keeps_its_place_and_its_variant() -> None:
    text = Source("topology.yaml", "a: \ufffd\n")
    diagnostic = diagnose_refusal(Refusal("KM111", {"byte": "0xFF"}, "utf16", text.span(3, 4), text))

    assert diagnostic.primary is not None
    assert diagnostic.primary.span == text.span(3, 4)
    assert diagnostic.help == "utf16"
    assert diagnostic.values["byte"] == "0xFF"
