"""The critique in docs/diagrams.md is of the pictures as they are."""

from __future__ import annotations

import re
from hashlib import sha256

from kmtopo import pipeline
from kmtopo.pipeline import Build, Request
from kmtopo.source import Source
from topologies import ROOT

CRITICISED = tuple(f"{view}.light.svg" for view in ("deployment", "networks", "matrix", "tenants"))
PAGE = ROOT / "docs" / "diagrams.md"


def test_whoever_changes_a_picture_looks_at_it_and_answers_again() -> None:
    sources = [Source(name, (ROOT / name).read_text(encoding="utf-8")) for name in ("topology.yaml", "kmtopo.lock")]
    build = pipeline.run(pipeline.BUILDING, Build(*sources, request=Request(generators=("diagram",))))
    drawn = {
        (environment, artifact.path.name.removesuffix(".light.svg")): sha256(artifact.content.encode()).hexdigest()
        for environment, made in build.artifacts.items()
        for _, artifact in made
        if artifact.path.name in CRITICISED
    }

    rows = re.findall(r"^\| (\w+) \| ([\w-]+) \| `(\w+)` \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    answered = {(environment, picture): checksum for environment, picture, checksum in rows}

    assert answered == drawn, "look at the pictures, answer docs/diagrams.md again, and write these checksums into it"
