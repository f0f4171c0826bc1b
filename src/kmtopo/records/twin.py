"""The pydantic models that say the same as records: they make the JSON Schema, and tests hold the records against them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pydantic

from kmtopo.records.declared import Field, Record, types_of

Twins = dict[type[Record], type[pydantic.BaseModel]]


def twins(records: Iterable[type[Record]]) -> Twins:
    """Returns a model for each record, with the same fields, types, limits and texts; also for records within them."""
    made: Twins = {}
    for record in records:
        _twin(record, made)
    return made


def _twin(record: type[Record], made: Twins) -> type[pydantic.BaseModel]:
    if record not in made:
        types = types_of(record)
        fields: Any = {name: (_twinned(types[name], made), _field(each)) for name, each in record.__fields__.items()}
        config = pydantic.ConfigDict(extra="forbid", frozen=True)
        made[record] = pydantic.create_model(
            record.__name__, __config__=config, __doc__=record.__doc__, __module__=record.__module__, **fields
        )
    return made[record]


def _twinned(kind: Any, made: Twins) -> Any:
    """A type with the twins of the records in it."""
    origin, parts = get_origin(kind), get_args(kind)
    if isinstance(kind, type) and issubclass(kind, Record):
        return _twin(kind, made)
    if origin is Annotated:
        said = [pydantic.Field(**_said(each)) if isinstance(each, Field) else each for each in parts[1:]]
        return Annotated[(_twinned(parts[0], made), *said)]
    if origin in (Union, UnionType):
        return reduce(or_, [_twinned(each, made) for each in parts])
    if origin in (list, dict, tuple):
        return origin[tuple(_twinned(each, made) for each in parts)]
    return kind


def _field(field: Field) -> Any:
    return pydantic.Field(field.default, alias=field.alias, exclude=field.hidden or None, **_said(field))


def _said(field: Field) -> dict[str, Any]:
    """What is said of a field: what is not, its type may say."""
    texts = {"description": field.description, "examples": list(field.examples)}
    return {name: value for name, value in texts.items() if value} | dict(field.limits)
