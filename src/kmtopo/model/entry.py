"""What all entries of the file have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_plain_validator_function


class Entry(BaseModel):
    """An item of the file, each key optional: an overlay says only what differs, ``null`` removes.

    What an item must have in the end is asked of the resolved one, where inheritance is done.
    """

    # Modules of entries do without `annotations` from `__future__`: pydantic would have to compile each text again.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, populate_by_name=True)


class Reader:
    """How a value is read: by a function that returns it or rejects it. ``schema`` tells editors what it accepts."""

    def __init__(self, read: Callable[[Any], Any], schema: dict[str, Any]) -> None:
        self.read, self.schema = read, schema

    def __get_pydantic_core_schema__(self, source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        # The function knows all there is to know, so that pydantic need not look into the type: half of its time.
        return no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.schema)


class Short:
    """Tells the JSON Schema which short forms a key has beside its long one; the canonical form knows only the long."""

    def __init__(self, *forms: dict[str, Any]) -> None:
        self.forms = forms

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [handler(core), *self.forms]}


STRING: dict[str, Any] = {"type": "string"}
STRINGS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean"]}
SCALARS: dict[str, Any] = {"type": "array", "items": SCALAR}
FALSE: dict[str, Any] = {"const": False}
# The list form of routes, in which each says its path itself; the schema has an entry of its own for it.
LISTED_ROUTES: dict[str, Any] = {"type": "array", "items": {"$ref": "#/$defs/ListedRoute"}}
