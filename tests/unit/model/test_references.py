"""References: only ``${`` starts one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from kmtopo.model.references import Reference, parts, referring


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("plain", ("plain",)),
        ("", ("",)),
        ("${secrets.x}", (Reference("secrets.x"),)),
        (
            "a${containers.pg.host}:${env:PORT}b",
            ("a", Reference("containers.pg.host"), ":", Reference("env:PORT"), "b"),
        ),
        ("$${x} and $y and $", ("${x} and $y and $",)),
    ],
)
def test_a_text_splits_into_literals_and_references(text: str, meant: tuple[str | Reference, ...]) -> None:
    assert parts(text) == meant


@pytest.mark.parametrize(
    "text", ["${", "${x", "${}", "${x}", "${env:}", "${env:1}", "${a..b}", "${a.b c}", "${a.${b}}"]
)
def test_a_broken_reference_is_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        referring(text)
    assert refused.value.type == "KM215"


@given(st.text(alphabet="${}ab.", max_size=30))
def test_what_is_accepted_splits_without_loss(text: str) -> None:
    try:
        referring(text)
    except PydanticCustomError:
        return
    rebuilt = "".join(p.replace("${", "$${") if isinstance(p, str) else f"${{{p.body}}}" for p in parts(text))
    assert parts(rebuilt) == parts(text)
