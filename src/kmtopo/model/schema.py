"""The JSON Schema of the language, for editors: made of the same entries that validate."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from kmtopo.model.entry import STRING, STRINGS, Entry
from kmtopo.model.environment import EnvironmentEntry
from kmtopo.model.policy import DocsEntry
from kmtopo.model.tenant import TenancyEntry
from kmtopo.model.topology import LISTS, NOUNS, ProjectEntry

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TITLE = "kmtopo topology"


def json_schema() -> dict[str, Any]:
    """Returns a schema (draft 2020-12) that accepts what the language accepts, short forms included."""
    entries: list[type[Entry]] = [
        ProjectEntry,
        *NOUNS.values(),
        *LISTS.values(),
        EnvironmentEntry,
        TenancyEntry,
        DocsEntry,
    ]
    _, schema = models_json_schema(
        [(entry, "validation") for entry in entries], schema_generator=GenerateJsonSchema, by_alias=True
    )
    definitions = schema["$defs"]
    root = definitions.pop("ProjectEntry")
    root["properties"] |= _nouns()
    root["patternProperties"] = {"^x-": {}}
    root["required"] = ["kmtopo", "name"]
    definitions["EnvironmentEntry"] = _environment(definitions["EnvironmentEntry"])
    return {"$schema": DIALECT, "title": TITLE, **{k: v for k, v in root.items() if k != "title"}, "$defs": definitions}


def _nouns() -> dict[str, Any]:
    nouns: dict[str, Any] = {noun: _mapping(entry.__name__) for noun, entry in NOUNS.items()}
    nouns |= {noun: {"type": "array", "items": _ref(entry.__name__)} for noun, entry in LISTS.items()}
    nouns["include"] = {"anyOf": [STRING, STRINGS], "description": "Further files, relative to this one's folder."}
    nouns["tenancy"] = _ref("TenancyEntry")
    nouns["environments"] = _mapping("EnvironmentEntry")
    nouns["docs"] = _docs()
    nouns["defaults"] = {"type": "object", "properties": {n: _ref(e.__name__) for n, e in NOUNS.items()}}
    nouns["generators"] = {"type": "object"}
    return nouns


def _environment(own: dict[str, Any]) -> dict[str, Any]:
    """An environment has keys of its own, and overlays of every noun."""
    hidden = ("sites", "everything_on", "only_tenants")
    properties = {k: v for k, v in own["properties"].items() if k not in hidden}
    sites = {"type": "object", "additionalProperties": {"anyOf": [STRING, STRINGS]}}
    properties["domain"] = {"anyOf": [STRING, STRINGS, sites, {"type": "null"}]}
    properties |= {noun: _mapping(entry.__name__) for noun, entry in NOUNS.items()}
    properties["vps"] = {"anyOf": [STRING, properties["vps"]]}
    properties["tenants"] = {"anyOf": [STRINGS, properties["tenants"]]}
    properties["tenancy"] = _ref("TenancyEntry")
    return {**own, "properties": properties}


def _docs() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict.fromkeys(DocsEntry.model_fields, STRING),
        "additionalProperties": _ref("DocsEntry"),
    }


def _mapping(entry: str) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": {"anyOf": [_ref(entry), {"type": "null"}]}}


def _ref(entry: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{entry}"}
