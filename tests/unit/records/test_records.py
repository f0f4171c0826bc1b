"""Records: declared as pydantic models are, read without them."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import Annotated, Any, Literal

import pydantic
import pytest
from pydantic_core import ValidationError

from kmtopo.records import Reader, Record, field, types_of, validated, written


class Part(Record):
    """What stands within another."""

    size: Annotated[int, field(ge=1)] = 1


class Whole(Record):
    """One of each kind."""

    name: str | None = field(None, pattern="^[a-z]+$", description="What it is called.")
    from_: tuple[str, ...] = field((), alias="from")
    colour: Literal["red", "blue"] = "red"
    half: Annotated[int, Reader(lambda value: value // 2, {"type": "integer"})] = 0
    parts: list[Part] = field([])
    kept: dict[str, Part | None] = field({})
    inner: str | None = field(None, hidden=True)


def refusals(data: dict[str, Any]) -> dict[tuple[int | str, ...], str]:
    with pytest.raises(ValidationError) as caught:
        validated(Whole, data)
    return {each["loc"]: each["type"] for each in caught.value.errors()}


def test_what_is_not_written_has_its_default() -> None:
    assert repr(Whole()) == "Whole(name=None, from_=(), colour='red', half=0, parts=[], kept={}, inner=None)"


def test_what_is_written_is_read_by_its_type() -> None:
    read = validated(Whole, {"name": "a", "from": ["x"], "half": 8, "parts": [{"size": 3}], "kept": {"a": None}})

    assert read == Whole(name="a", **{"from": ["x"]}, half=8, parts=[Part(size=3)], kept={"a": None})
    assert (read.half, read.parts[0].size) == (4, 3)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    wrong = {"name": "A", "from_": [], "colour": "green", "parts": [{"size": 0}, {"weight": 1}], "kept": {"a": 3}}

    assert refusals(wrong) == {
        ("name",): "string_pattern_mismatch",
        ("from_",): "extra_forbidden",
        ("colour",): "literal_error",
        ("parts", 0, "size"): "greater_than_equal",
        ("parts", 1, "weight"): "extra_forbidden",
        ("kept", "a"): "model_type",
    }


def test_a_record_does_not_change() -> None:
    whole = Whole()

    with pytest.raises(AttributeError, match="cannot assign to 'name' of a record"):
        whole.name = "b"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="cannot delete 'name' of a record"):
        del whole.name


def test_equal_records_are_one_in_a_set() -> None:
    assert len({Part(size=2), Part(size=2), Part(size=3)}) == 2
    assert Part() != Whole()


def test_a_record_says_how_its_fields_are_written() -> None:
    assert list(written(Whole)) == ["name", "from", "colour", "half", "parts", "kept"]
    assert types_of(Part) == {"size": Annotated[int, field(ge=1)]}


def test_a_record_has_the_fields_of_its_base() -> None:
    class Larger(Part):
        weight: int = 2

    assert validated(Larger, {"size": 5}) == Larger(size=5, weight=2)


def test_what_pydantic_alone_knows_is_asked_of_it() -> None:
    class Dated(Record):
        since: date = date(2026, 1, 1)
        share: Annotated[float, pydantic.Field(gt=0, lt=1)] = 0.5

    assert validated(Dated, {"since": "2026-11-24"}).since == date(2026, 11, 24)
    with pytest.raises(ValidationError, match="less than 1"):
        Dated(share=2)


def test_a_field_is_declared_in_our_words_and_with_a_default() -> None:
    with pytest.raises(TypeError, match="declare it as Options say, by `option`"):
        type("Foreign", (Record,), {"__annotations__": {"size": int}, "size": pydantic.Field(3)})
    with pytest.raises(TypeError, match=r"Bare\.size needs a default"):
        type("Bare", (Record,), {"__annotations__": {"size": int}})


def test_records_are_read_without_pydantic() -> None:
    code = """
import sys
from kmtopo.records import Record, validated
class Part(Record):
    size: int | None = 1
print(validated(Part, {"size": 3}), "pydantic" in sys.modules)
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert told == "Part(size=3) False\n"
