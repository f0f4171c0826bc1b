"""Layers merge as the language says, and every part keeps its own place."""

from __future__ import annotations

from typing import Any

from kmtopo.addresses import Address
from kmtopo.model.layered import Layer, Where, merge, settled


def layer(name: str, data: dict[str, Any]) -> Layer:
    return Layer(data, Where(Address.of(name)))


def test_mappings_merge_scalars_and_lists_replace() -> None:
    merged = merge(
        layer("base", {"env": {"A": "1", "B": "1"}, "networks": ["a", "b"], "image": "x:1"}),
        layer("over", {"env": {"B": "2"}, "networks": ["c"], "image": "x:2"}),
    )
    assert merged.data == {"env": {"A": "1", "B": "2"}, "networks": ["c"], "image": "x:2"}


def test_every_part_keeps_the_place_that_said_it() -> None:
    merged = merge(layer("base", {"env": {"A": "1", "B": "1"}}), layer("over", {"env": {"B": "2"}, "port": 1}))
    assert str(merged.where.find(("env", "A"))) == "base.env.A"
    assert str(merged.where.find(("env", "B"))) == "over.env.B"
    assert str(merged.where.find(("port",))) == "over.port"
    assert str(merged.where.find(("absent", "key"))) == "base.absent.key"


def test_a_removed_key_stays_removed_when_more_is_laid_under_it() -> None:
    heir = merge(layer("heir", {"uses": {"redis": {}}}), layer("overlay", {"uses": {"redis": None}}))
    inherited = merge(layer("parent", {"uses": {"redis": {}, "mongo": {}}}), heir)
    assert settled(inherited.data) == {"uses": {"mongo": {}}}


def test_what_could_not_be_read_is_remembered_through_a_merge() -> None:
    base = Layer({}, Where(Address.of("base")), frozenset({("imagen",)}))
    assert merge(base, layer("over", {})).absent_keys() == {"imagen"}
