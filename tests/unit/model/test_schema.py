"""The JSON Schema explains every key, takes every topology that is right, and refuses what it can see is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from kmtopo.model.schema import json_schema
from kmtopo.registry import generator, generator_names
from kmtopo.source import Source
from kmtopo.syntax import parse
from topologies import DATA, ROOT

SCHEMA = json_schema({name: generator(name).options for name in generator_names()})
VALIDATOR = Draft202012Validator(SCHEMA)
RIGHT = sorted([ROOT / "topology.yaml", *ROOT.glob("examples/*/topology.yaml"), *DATA.glob("*.yaml")])
# Faults in one word of the file are the schema's to see; those between two places of it are not.
SEEN = {"accept-without-why", "five-at-once", "key-misspelt"}
HEAD = "kmtopo: 1\nname: shop\n"


def keys(schema: Any, way: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every named key of the schema with the way to it; an entry that several keys hold is walked once."""
    if isinstance(schema, list):
        for index, each in enumerate(schema):
            yield from keys(each, f"{way}[{index}]")
    if not isinstance(schema, dict):
        return
    for name, each in schema.items():
        if name == "properties":
            yield from ((f"{way}.{key}", value) for key, value in each.items())
            for key, value in each.items():
                yield from keys(value, f"{way}.{key}")
        elif name not in ("examples", "enum", "default"):
            yield from keys(each, way if name in ("$defs", "anyOf") else f"{way}.{name}")


def wrong(text: str) -> list[str]:
    """What the schema says of a topology, each with the path that it speaks of."""
    document, _ = parse(Source("topology.yaml", text))
    if document is None:
        return []
    return sorted("/".join(map(str, error.absolute_path)) for error in VALIDATOR.iter_errors(document.data))


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_key_is_explained() -> None:
    found = dict(keys(SCHEMA))

    assert len(found) > 180
    assert [way for way, value in found.items() if not value.get("description")] == []
    assert [name for name, entry in SCHEMA["$defs"].items() if not entry.get("description")] == []


def test_every_explanation_is_a_sentence() -> None:
    texts = {way: " ".join(value.get("description", "").split()) for way, value in keys(SCHEMA)}

    assert {way: text for way, text in texts.items() if not text.endswith(".") or not 8 < len(text) < 160} == {}


def test_every_example_is_one() -> None:
    for way, value in keys(SCHEMA):
        check = Draft202012Validator({"$defs": SCHEMA["$defs"], **value})
        assert [example for example in value.get("examples", ()) if not check.is_valid(example)] == [], way


@pytest.mark.parametrize("path", RIGHT, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_topology_that_is_right_is_taken(path: Path) -> None:
    assert wrong(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted((DATA / "faults").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_fault_in_one_word_is_refused(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert bool(wrong(text)) is (path.stem in SEEN)


@pytest.mark.parametrize(
    "written",
    [
        "containers: {web: {publish: 443, uses: [api], routes: {/: api}, build: ., healthcheck: false}}",
        "containers: {web: {publish: ['127.0.0.1:8080:80'], routes: [{path: /api, to: api, strip: true}]}}",
        "containers: {web: {command: [sleep, 10], volumes: {data: 80GiB, code: {bind: ../web, path: /app}}}}",
        "environments: {live: {tls: {certificate: a.pem, key: a.key}, scale: 0.25, domain: {office: office.example}}}",
        "environments: {live: {vps: main, tenants: [north], containers: {old: null}}}",
        "environments: {live: {vps: {main: {}}, tenants: {north: null}}}",
        "tenancy: {domain: '{tenant}.shop.example', stores: {postgres: database}}",
        "generators: {nginx: {client_rate: 20/s}, env: {}}",
        "docs: {motivation: It is cheap., live: {quality: It is quick.}}",
        "x-mine: {anything: [1]}",
    ],
)
def test_short_and_long_forms_are_taken(written: str) -> None:
    assert wrong(HEAD + written) == []


@pytest.mark.parametrize(
    ("written", "where"),
    [
        ("container: {}", ""),
        ("locale: fr", "locale"),
        ("containers: {web: {type: ngnix}}", "containers/web/type"),
        ("containers: {web: {imagen: a}}", "containers/web"),
        ("containers: {Web: {}}", "containers"),
        ("containers: {web: {replicas: many}}", "containers/web/replicas"),
        ("containers: {web: {resources: {memory: 512m}}}", "containers/web/resources/memory"),
        ("containers: {web: {routes: [{to: api}]}}", "containers/web/routes/0"),
        ("containers: {web: {env: {a-b: c}}}", "containers/web/env"),
        ("environments: {live: {stage: prod}}", "environments/live/stage"),
        ("policies: [{publish: [nginx]}]", "policies/0"),
        ("accept: [{rule: image-unpinned, why: It is old}]", "accept/0"),
        ("moved: [{from: tenants.a, why: It was renamed}]", "moved/0"),
        ("generators: {nginxx: {}}", "generators"),
        ("generators: {nginx: {client_rates: 20/s}}", "generators/nginx"),
        ("defaults: {container: {}}", "defaults"),
    ],
)
def test_what_is_wrong_in_one_place_is_refused_there(written: str, where: str) -> None:
    document, _ = parse(Source("topology.yaml", HEAD + written))
    assert document is not None
    found = best_match(VALIDATOR.iter_errors(document.data))

    assert found is not None
    assert "/".join(map(str, found.absolute_path)) == where


def test_plain_yaml_readers_agree() -> None:
    for path in RIGHT:
        assert list(VALIDATOR.iter_errors(yaml.safe_load(path.read_text(encoding="utf-8")))) == []
