"""The critique in docs/diagrams.md is of the pictures as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

from kmtopo import pipeline
from kmtopo.generation import tools
from kmtopo.pipeline import Build, Request
from kmtopo.plugin import Artifact
from kmtopo.source import Source
from kmtopo_diagram import generator
from topologies import ROOT

CRITICISED = tuple(f"{view}.light.svg" for view in ("deployment", "networks", "matrix", "tenants", "failures"))
PAGE = ROOT / "docs" / "diagrams.md"
TOPOLOGY, LOCK = ((ROOT / name).read_text(encoding="utf-8") for name in ("topology.yaml", "kmtopo.lock"))

# The change that is drawn: a search engine on a network of its own takes MongoDB's place, PostgreSQL gets more memory,
# Redis another image, and a company comes.
EDITS = (
    ("  mongo:\n    type: mongodb\n", "  buscador:\n    type: generic\n    title: Buscador\n    port: 7700\n"),
    (
        "    image: mongo:8.0.13\n    networks: [seguridad]\n",
        "    image: getmeili/meilisearch:v1.9\n    networks: [busqueda]\n",
    ),
    ("    volumes: {mongo-datos: 40GiB}\n", "    volumes: {buscador-datos: {path: /meili_data, size: 10GiB}}\n"),
    ("      mongo: {for: [reports], optional: true}", "      buscador: {optional: true}"),
    ("uses: {migracion: null, redis: null}", "uses: {migracion: null, redis: null, buscador: null}"),
    ("networks: [comunicaciones, comando, seguridad]", "networks: [comunicaciones, comando, seguridad, busqueda]"),
    ("networks: [comando, seguridad]", "networks: [comando, seguridad, busqueda]"),
    (
        "  seguridad: {title: Red de Seguridad",
        "  busqueda: {title: Red de Búsqueda}\n  seguridad: {title: Red de Seguridad",
    ),
    (", mongo: database, redis: prefix}", ", redis: prefix}"),
    ('      mongo: {publish: ["127.0.0.1:27017:27017"]}\n', ""),
    ("[postgres, mongo, redis]", "[postgres, redis]"),
    ("{cpu: 2, memory: 8GiB}", "{cpu: 2, memory: 12GiB}"),
    ("redis:7.4.5", "redis:7.4.6"),
    ("  grupo-km-cars-hn:", "  moto-sur: {title: Moto Sur, zone: sur}\n  grupo-km-cars-hn:"),
)


def test_whoever_changes_a_picture_looks_at_it_and_answers_again() -> None:
    build = pipeline.run(pipeline.BUILDING, start(TOPOLOGY))
    drawn = {
        (environment, artifact.path.name.removesuffix(".light.svg")): sha256(artifact.content.encode()).hexdigest()
        for environment, made in build.artifacts.items()
        for _, artifact in made
        if artifact.path.name in CRITICISED
    }
    changes = {(environment, "change"): sha256(svg.encode()).hexdigest() for environment, svg in changed()}

    rows = re.findall(r"^\| (\w+) \| ([\w-]+) \| `(\w+)` \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    answered = {(environment, picture): checksum for environment, picture, checksum in rows}

    assert answered == drawn | changes, (
        "look at the pictures, answer docs/diagrams.md again, and write these checksums into it"
    )


def start(topology: str) -> Build:
    return Build(Source("topology.yaml", topology), Source("kmtopo.lock", LOCK), Request(generators=("diagram",)))


def changed() -> Iterator[tuple[str, str]]:
    """The light picture of the change, by environment."""
    text = TOPOLOGY
    for old, new in EDITS:
        assert old in text
        text = text.replace(old, new)
    before, after = (pipeline.run(pipeline.CHECKING, start(each)) for each in (TOPOLOGY, text))
    assert after.ok
    assert generator.compares is not None
    for name, graph in after.graphs.items():
        for made in generator.compares(before.graphs[name], graph, "HEAD", tools()):
            if isinstance(made, Artifact) and ".light." in made.path.name:
                yield name, made.content
