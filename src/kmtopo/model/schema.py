"""The JSON Schema of the language, for editors: made of the same entries that validate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from kmtopo.model.entry import STRING, STRINGS
from kmtopo.model.environment import EnvironmentEntry
from kmtopo.model.names import NAME
from kmtopo.model.needed import NEEDED
from kmtopo.model.policy import DocsEntry
from kmtopo.model.project import ProjectEntry
from kmtopo.model.tenant import TenancyEntry
from kmtopo.model.topology import LANGUAGE_VERSION, LISTS, NOUNS
from kmtopo.records import Record, written
from kmtopo.records.twin import twins
from kmtopo.texts import CODES
from kmtopo.types.catalogue import catalogue

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TITLE = "kmtopo topology"
TOPOLOGY = "Everything about one project; every artefact is derived from it."
NO_OPTIONS: Mapping[str, type[Record]] = MappingProxyType({})
# What each noun is, by where it stands: at the top of the file, or as what an environment lays over it.
MEANINGS = {
    "include": "Further files of this topology, relative to its folder: files, globs, CSV tables of tenants.",
    "vps": "Machines; a laptop may be one.",
    "networks": "Segments: two containers can talk only if they share one.",
    "defaults": "What lies under every item of a noun.",
    "containers": "What runs.",
    "zones": "Geography, for tenants to be in.",
    "tenancy": "How tenants are separated.",
    "tenants": "The companies that are served.",
    "environments": "Worlds: development, test, production; each may differ in every noun.",
    "policies": "What must hold, each with why.",
    "assumptions": "What the source documents do not say; printed in the documents.",
    "accept": "Warnings that are lived with, each with why.",
    "docs": "Prose that no graph knows: of all, or under the name of an environment or VPS.",
    "moved": "Renames; what the lock holds for an item stays its own.",
    "patches": "Changes of built files that the language has no word for.",
    "generators": "Options of the generators, by name.",
}
OVERLAYS = {
    "vps": "The machine that everything is on, or machines to add by name.",
    "networks": "What differs in networks; `null` removes one.",
    "containers": "What differs in containers; `null` removes one.",
    "zones": "What differs in zones; `null` removes one.",
    "tenancy": "What differs in the tenancy.",
    "tenants": "The tenants that there are here, or by name what differs in them; `null` removes one.",
}
_LISTED_ROUTE = {"type": "string", "description": "The path.", "examples": ["/api"]}
_Schema = dict[str, Any]
_NO_KEYS: _Schema = {"type": "object", "additionalProperties": False}


def json_schema(generators: Mapping[str, type[Record]] = NO_OPTIONS) -> _Schema:
    """Returns a schema (draft 2020-12) that accepts what the language accepts, short forms included.

    Args:
        generators: the options of each generator, for the keys below ``generators``; without any, all are accepted.
    """
    entries: list[type[Record]] = [
        ProjectEntry,
        *NOUNS.values(),
        *LISTS.values(),
        EnvironmentEntry,
        TenancyEntry,
        DocsEntry,
    ]
    described = {name: options for name, options in generators.items() if written(options)}
    models = twins((*entries, *described.values()))
    references, schema = models_json_schema(
        [(model, "validation") for model in models.values()],
        schema_generator=GenerateJsonSchema,
        by_alias=True,
    )
    definitions: _Schema = {name: _tidy(each) for name, each in schema["$defs"].items()}
    root = definitions.pop(ProjectEntry.__name__)
    options = {name: references[models[each], "validation"] for name, each in described.items()}
    root["properties"] |= _nouns() | {"generators": _generators(generators, options)}
    _refine(root, definitions)
    return {
        "$schema": DIALECT,
        "title": TITLE,
        **root,
        "description": TOPOLOGY,
        "patternProperties": {"^x-": {}},
        "required": ["kmtopo", "name"],
        "$defs": dict(sorted(definitions.items())),
    }


def _refine(root: _Schema, definitions: _Schema) -> None:
    """Adds what the entries themselves do not say: words of the catalogue, required keys, forms of a whole noun."""
    root["properties"]["kmtopo"]["enum"] = [LANGUAGE_VERSION]
    root["properties"]["locale"]["enum"] = ["es", "en", None]
    for noun, entry in LISTS.items():
        definitions[entry.__name__]["required"] = [*NEEDED.get(noun, ()), "why"]
    definitions["ContainerEntry"]["properties"]["type"]["enum"] = [*catalogue(), None]
    definitions["AcceptEntry"]["properties"]["rule"]["anyOf"] = [{"enum": _warnings()}, STRING]
    definitions["EnvironmentEntry"] = _environment(definitions["EnvironmentEntry"])
    route = definitions["RouteEntry"]
    definitions["ListedRoute"] = {
        **route,
        "properties": {"path": _LISTED_ROUTE, **route["properties"]},
        "required": ["path"],
    }


def _warnings() -> list[str]:
    return sorted(code.name for code in CODES.values() if code.severity == "warning")


def _nouns() -> _Schema:
    nouns: _Schema = {noun: _mapping(entry.__name__) for noun, entry in NOUNS.items()}
    nouns |= {noun: {"type": "array", "items": _ref(entry.__name__)} for noun, entry in LISTS.items()}
    nouns["include"] = {"anyOf": [STRING, STRINGS], "examples": ["companies.csv", ["networks.yaml", "tenants/*.yaml"]]}
    nouns["tenancy"] = _ref("TenancyEntry")
    nouns["environments"] = _mapping("EnvironmentEntry")
    nouns["docs"] = _docs()
    nouns["defaults"] = {
        "type": "object",
        "properties": {n: {**_ref(e.__name__), "description": f"What lies under {n}."} for n, e in NOUNS.items()},
        "additionalProperties": False,
    }
    return {noun: {**nouns[noun], "description": MEANINGS[noun]} for noun in MEANINGS if noun in nouns}


def _generators(names: Iterable[str], options: Mapping[str, _Schema]) -> _Schema:
    known = {name: options.get(name, _NO_KEYS) | {"description": f"Options of {name}."} for name in names}
    closed = {"properties": known, "additionalProperties": False} if known else {}
    return {"type": "object", "description": MEANINGS["generators"], **closed}


def _environment(own: _Schema) -> _Schema:
    """An environment has keys of its own, and overlays of every noun."""
    hidden = ("sites", "everything_on", "only_tenants")
    properties: _Schema = {k: v for k, v in own["properties"].items() if k not in hidden}
    sites = {"type": "object", "additionalProperties": {"anyOf": [STRING, STRINGS]}, "propertyNames": NAME}
    properties["domain"]["anyOf"].append(sites)
    overlays = {noun: _mapping(entry.__name__) for noun, entry in NOUNS.items()}
    overlays["vps"] = {"anyOf": [NAME, overlays["vps"]]}
    overlays["tenants"] = {"anyOf": [{"type": "array", "items": NAME}, overlays["tenants"]]}
    overlays["tenancy"] = _ref("TenancyEntry")
    properties |= {noun: {**schema, "description": OVERLAYS[noun]} for noun, schema in overlays.items()}
    return {**own, "properties": properties}


def _docs() -> _Schema:
    return {
        "type": "object",
        "properties": {
            name: {**STRING, "description": each.description} for name, each in DocsEntry.__fields__.items()
        },
        "additionalProperties": _ref("DocsEntry"),
    }


def _mapping(entry: str) -> _Schema:
    return {"type": "object", "additionalProperties": {"anyOf": [_ref(entry), {"type": "null"}]}, "propertyNames": NAME}


def _ref(entry: str) -> _Schema:
    return {"$ref": f"#/$defs/{entry}"}


def _tidy(schema: Any) -> Any:
    """A schema without what pydantic adds for itself: titles, defaults of ``null``, choices within choices."""
    if isinstance(schema, list):
        return [_tidy(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    tidy = {key: _tidy(value) for key, value in schema.items() if not _is_noise(key, value)}
    if "anyOf" in tidy:
        tidy["anyOf"] = _flat(tidy["anyOf"])
    return _closed(tidy)


def _is_noise(key: str, value: object) -> bool:
    return (key == "title" and isinstance(value, str)) or (key == "default" and value is None)


def _flat(ways: list[_Schema]) -> list[_Schema]:
    """The ways of a choice, those of a choice within it among them, ``null`` last."""
    flat = [each for way in ways for each in (way["anyOf"] if way.keys() == {"anyOf"} else [way])]
    return sorted(flat, key=lambda way: way == {"type": "null"})


def _closed(schema: _Schema) -> _Schema:
    """A mapping whose keys have a pattern has no others."""
    if "patternProperties" not in schema:
        return schema
    ((pattern, values),) = schema["patternProperties"].items()
    rest = {key: value for key, value in schema.items() if key != "patternProperties"}
    names = {**schema.get("propertyNames", {}), "pattern": pattern}
    return {**rest, "additionalProperties": values, "propertyNames": names}
