"""A record reads what the pydantic model of the same declaration reads, and refuses what it refuses in the same words."""

from __future__ import annotations

from functools import cache
from typing import Any

import pydantic
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import ErrorDetails, ValidationError

from kmtopo import registry
from kmtopo.model.environment import EnvironmentEntry
from kmtopo.model.policy import DocsEntry
from kmtopo.model.project import ProjectEntry
from kmtopo.model.tenant import TenancyEntry
from kmtopo.model.topology import LISTS, NOUNS
from kmtopo.records import Record, types_of, validated, written
from kmtopo.records.twin import Twins, twins

ENTRIES = (ProjectEntry, *NOUNS.values(), *LISTS.values(), EnvironmentEntry, TenancyEntry, DocsEntry)
OPTIONS = tuple(registry.generator(name).options for name in registry.generator_names())
RECORDS = sorted((record for record in (*ENTRIES, *OPTIONS) if written(record)), key=lambda record: record.__name__)
ODD = (
    None,
    True,
    3,
    -1,
    0.5,
    10**20,
    "",
    "web",
    "512MiB",
    "30s",
    "10m",
    "50/s",
    "all",
    "es",
    "{tenant}.a.example",
    "../x",
)
MAPPINGS = ("path", "to", "mode", "size", "cpu", "memory", "for", "optional", "http", "web", "/api", "A_KEY", "unheard")


@cache
def models() -> Twins:
    return twins(RECORDS)


def _plain(value: Any) -> Any:
    """A record, or a model, as the mapping of its attributes; a set of those that were given beside it."""
    if isinstance(value, Record | pydantic.BaseModel):
        return {name: _plain(each) for name, each in vars(value).items()} | {"": value.__pydantic_fields_set__}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return {key: _plain(each) for key, each in value.items()} if isinstance(value, dict) else value


def _told(error: ValidationError) -> list[ErrorDetails]:
    return error.errors(include_url=False)


scalars = st.sampled_from(ODD)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(MAPPINGS), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
@settings(max_examples=60)
@given(data=st.data())
def test_a_record_reads_what_its_twin_reads(record: type[Record], data: st.DataObject) -> None:
    keys = st.sampled_from([*written(record), *types_of(record), "unheard"])
    given_values = data.draw(st.dictionaries(keys, values, max_size=4))

    try:
        expected = models()[record].model_validate(given_values)
    except ValidationError as refused:
        with pytest.raises(ValidationError) as caught:
            validated(record, given_values)
        assert _told(caught.value) == _told(refused)
    else:
        assert _plain(validated(record, given_values)) == _plain(expected)
