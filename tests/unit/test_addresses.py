"""Addresses: parse and str are inverses, and order is the order of people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtopo.addresses import Address

STEPS = st.lists(st.one_of(st.integers(0, 999), st.text(min_size=1, max_size=12)), max_size=6)


@given(STEPS)
def test_parse_reads_what_str_wrote(steps: list[str | int]) -> None:
    address = Address(tuple(steps))
    assert Address.parse(str(address)) == address


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("containers.backend", ("containers", "backend")),
        ("policies[2].deny", ("policies", 2, "deny")),
        ('containers.nginx.routes["/api"].to', ("containers", "nginx", "routes", "/api", "to")),
        ("", ()),
    ],
)
def test_an_address_reads_as_people_write_it(text: str, steps: tuple[str | int, ...]) -> None:
    assert Address.parse(text).steps == steps
    assert str(Address(steps)) == text


@pytest.mark.parametrize("text", ["a b", "a[", "[x]", "a.", "..", 'a["b]'])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        Address.parse(text)


def test_numbers_sort_as_numbers() -> None:
    addresses = [Address.of("policies", 10), Address.of("policies", 9), Address.of("policies")]
    assert [str(a) for a in sorted(addresses)] == ["policies", "policies[9]", "policies[10]"]


def test_a_place_below_another_lies_within_it() -> None:
    backend = Address.of("containers", "backend")
    assert (backend / "env" / "A").is_within(backend)
    assert not Address.of("containers", "backend-2").is_within(backend)


def test_a_number_sorts_before_a_word() -> None:
    assert sorted([Address.of("policies", "a"), Address.of("policies", 2)]) == [
        Address.of("policies", 2),
        Address.of("policies", "a"),
    ]
