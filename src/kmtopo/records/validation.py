"""The validator of a record: pydantic-core's schema of what its types say."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic_core import CoreSchema, SchemaValidator
from pydantic_core import core_schema as core

from kmtopo.records.declared import Field, Reader, Record, Short, types_of

_PLAIN: dict[Any, CoreSchema] = {
    Any: core.any_schema(),
    bool: core.bool_schema(),
    float: core.float_schema(),
    int: core.int_schema(),
    str: core.str_schema(),
}


def validator_of(record: type[Record]) -> SchemaValidator:
    """Returns what validates the records of a class as a pydantic model with the same types would."""
    return SchemaValidator(_of_record(record))


def _of_record(record: type[Record]) -> CoreSchema:
    fields = {name: _of_field(record.__fields__[name], kind) for name, kind in types_of(record).items()}
    body = core.model_fields_schema(fields, model_name=record.__name__, extra_behavior="forbid")
    return core.model_schema(record, body, config=core.CoreConfig(title=record.__name__))


def _of_field(field: Field, kind: Any) -> core.ModelField:
    schema = core.with_default_schema(_limited(_of(kind), field), default=field.default)
    return core.model_field(schema, validation_alias=field.alias)


def _of(kind: Any) -> CoreSchema:
    """The schema of a type; what is not known here, pydantic knows."""
    if isinstance(kind, type) and issubclass(kind, Record):
        return _of_record(kind)
    made = _composed(get_origin(kind), get_args(kind))
    return made or _PLAIN.get(kind) or _asked_of_pydantic(kind)


def _composed(origin: Any, parts: tuple[Any, ...]) -> CoreSchema | None:
    if origin is Annotated:
        return _annotated(parts[0], parts[1:])
    if origin is Literal:
        return core.literal_schema(list(parts))
    if origin is list:
        return core.list_schema(_of(parts[0]))
    if origin is dict:
        return core.dict_schema(_of(parts[0]), _of(parts[1]))
    if origin is tuple and parts[1:] == (...,):
        return core.tuple_schema([_of(parts[0])], variadic_item_index=0)
    return _optional(parts) if origin in (Union, UnionType) else None


def _optional(ways: tuple[Any, ...]) -> CoreSchema | None:
    given = [each for each in ways if each is not NoneType]
    return core.nullable_schema(_of(given[0])) if len(given) == 1 else None


def _annotated(kind: Any, said: tuple[Any, ...]) -> CoreSchema | None:
    reader = next((each for each in said if isinstance(each, Reader)), None)
    if reader:
        return core.no_info_plain_validator_function(reader.read)
    if not all(isinstance(each, Field | Short) for each in said):
        return None
    schema = _of(kind)
    for each in said:
        schema = _limited(schema, each) if isinstance(each, Field) else schema
    return schema


def _limited(schema: CoreSchema, field: Field) -> CoreSchema:
    if not field.limits:
        return schema
    if schema["type"] == "nullable":
        return core.nullable_schema(_limited(schema["schema"], field))
    limited: Any = {**schema, **dict(field.limits)}
    return limited  # type: ignore[no-any-return]


def _asked_of_pydantic(kind: Any) -> CoreSchema:
    from pydantic import TypeAdapter

    schema: CoreSchema = TypeAdapter(kind).core_schema
    return schema
