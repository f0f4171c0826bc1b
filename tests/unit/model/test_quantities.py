"""Quantities: what is read, and which spelling a wrong one is answered with."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from kmtopo.model import quantities
from kmtopo.types.runtime import Cost, Rate


@pytest.mark.parametrize(
    ("read", "value", "meant"),
    [
        (quantities.size, "512MiB", 512 * 2**20),
        (quantities.size, "1.5 GiB", 3 * 2**29),
        (quantities.cpu, 0.25, Decimal("0.25")),
        (quantities.cpu, 2, Decimal(2)),
        (quantities.duration, "90s", 90),
        (quantities.duration, "1.5m", 90),
        (quantities.duration, "1ms", 1),
        (quantities.rate, "20/s", Rate(Decimal(20))),
        (quantities.rate, "60/m", Rate(Decimal(1))),
        (quantities.cost, "250 USD/month", Cost(Decimal(250), Decimal(250), "USD")),
        (quantities.cost, "400-700 USD/month", Cost(Decimal(400), Decimal(700), "USD")),
        (quantities.cost, "1200 USD/year", Cost(Decimal(100), Decimal(100), "USD")),
        (quantities.factor, 0.5, Decimal("0.5")),
    ],
)
def test_a_quantity_is_read(read: Callable[[Any], Any], value: Any, meant: Any) -> None:
    assert read(value) == meant


@pytest.mark.parametrize(
    ("read", "value", "right"),
    [
        (quantities.size, "512m", "512MiB"),
        (quantities.size, "1GB", "1GiB"),
        (quantities.cpu, "500m", "0.5"),
        (quantities.cpu, "1.5", "1.5"),
        (quantities.duration, "30", "30s"),
        (quantities.duration, 30, "30s"),
        (quantities.rate, 20, "20/s"),
        (quantities.rate, "20r/s", "20/s"),
        (quantities.cost, "250 USD", "250 USD/month"),
        (quantities.factor, "25%", "0.25"),
    ],
)
def test_a_wrong_quantity_is_answered_with_the_right_spelling(read: Any, value: Any, right: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        read(value)
    assert refused.value.type == "KM207"
    assert (refused.value.context or {})["right"] == right
    assert (refused.value.context or {})["help"] == "right"


@pytest.mark.parametrize(
    ("read", "value", "help_"),
    [
        (quantities.size, 512, "size"),
        (quantities.size, True, "size"),
        (quantities.cpu, "half", "cpu"),
        (quantities.cpu, 0, "cpu"),
        (quantities.cpu, 20_000, "cpu"),
        (quantities.cpu, "0m", "cpu"),
        (quantities.cpu, True, "cpu"),
        (quantities.duration, "soon", "duration"),
        (quantities.rate, "0/s", "rate"),
        (quantities.rate, "fast", "rate"),
        (quantities.cost, "250", "cost"),
        (quantities.factor, -1, "factor"),
    ],
)
def test_a_quantity_that_could_mean_anything_is_answered_with_how_such_are_written(
    read: Any, value: Any, help_: str
) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        read(value)
    assert refused.value.type == "KM207"
    assert (refused.value.context or {})["help"] == help_
    assert "right" not in (refused.value.context or {})
