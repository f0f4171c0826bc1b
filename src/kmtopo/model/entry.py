"""What all entries of the file have in common."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic_core import CoreSchema


class Entry(BaseModel):
    """An item of the file, each key optional: an overlay says only what differs, ``null`` removes.

    What an item must have in the end is asked of the resolved one, where inheritance is done.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, populate_by_name=True)


class Short:
    """Tells the JSON Schema which short forms a key has beside its long one; the canonical form knows only the long."""

    def __init__(self, *forms: dict[str, Any]) -> None:
        self.forms = forms

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [handler(core), *self.forms]}


STRING: dict[str, Any] = {"type": "string"}
STRINGS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean"]}
FALSE: dict[str, Any] = {"const": False}
