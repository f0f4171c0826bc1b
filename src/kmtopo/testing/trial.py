"""Runs a generator on a topology, and again somewhere else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from kmtopo import generation, pipeline, registry
from kmtopo.addresses import Address
from kmtopo.artifacts import Artifact
from kmtopo.graph.graph import Graph
from kmtopo.pipeline import Build
from kmtopo.plugin import Generator, Placement
from kmtopo.records import validated
from kmtopo.source import Source
from kmtopo.syntax import Document
from kmtopo.testing.purity import listening, not_listening
from kmtopo.values import frozen

CANARY = "canary-5bb1f3"
Artifacts = tuple[Artifact, ...]


@frozen
class Run:
    """What a generator made of one graph, and what else it did."""

    artifacts: Artifacts
    acts: tuple[str, ...]


def load(reference: str) -> Generator[Any]:
    """Loads a generator by the name it is installed as, or by ``package.module:attribute``.

    Raises:
        LookupError: there is none of that name.
    """
    module, colon, attribute = reference.partition(":")
    if not colon:
        return registry.generator(reference)
    found = getattr(import_module(module), attribute, None)
    if isinstance(found, Generator):
        return found
    raise LookupError(f"{reference} is no generator")


def compiled(topology: str) -> tuple[Build, Document]:
    """Compiles a topology without generating anything; returns what was read, too.

    Raises:
        ValueError: it is in error: the kit needs topologies that build.
    """
    build = pipeline.run(pipeline.CHECKING, Build(Source("topology.yaml", topology)))
    if build.document is None or not build.ok:
        raise ValueError(f"the topology is in error: {', '.join(d.code for d in build.diagnostics)}")
    return build, build.document


def run_here(generator: Generator[Any], build: Build, graph: Graph) -> Run:
    """Runs a generator on one graph of a build, listening."""
    said = build.topology.generators.get(generator.name) if build.topology else None
    options = validated(generator.options, said or {})
    tools = replace(generation.tools(), layout=_allowed_layout)
    with listening() as acts:
        made = tuple(generator.generate(graph, options, tools))
    return Run(tuple(item for item in made if isinstance(item, Artifact)), tuple(acts))


def run_elsewhere(reference: str, topologies: Mapping[str, str]) -> dict[str, dict[str, Artifacts]]:
    """Runs a generator in a process with another hash seed, time zone, locale, user and folder.

    Returns the artifacts of each topology's environments.
    """
    question = json.dumps({"reference": reference, "topologies": dict(topologies)})
    with TemporaryDirectory(prefix=CANARY) as folder:
        command = [sys.executable, "-B", "-m", "kmtopo.testing.elsewhere"]
        surroundings = _surroundings(Path(folder))
        ended = subprocess.run(  # noqa: S603 - our own module
            command, cwd=folder, env=surroundings, input=question, capture_output=True, text=True, check=False
        )
    if ended.returncode:
        raise RuntimeError(f"{reference} fails elsewhere:\n{ended.stderr}")
    return {
        name: {environment: tuple(map(_artifact, made)) for environment, made in environments.items()}
        for name, environments in json.loads(ended.stdout).items()
    }


def _surroundings(folder: Path) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path),
        "PYTHONHASHSEED": "4242",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "TZ": "Pacific/Kiritimati",
        "LANG": "C",
        "LC_ALL": "C",
        "HOME": str(folder),
        "USER": CANARY,
        "HOSTNAME": CANARY,
        "KMTOPO_LANG": "es",
        "KMTOPO_CANARY": CANARY,
    }


def _artifact(row: list[Any]) -> Artifact:
    path, content, mode, origins = row
    return Artifact(PurePosixPath(path), content, mode, tuple(map(Address.parse, origins)))


def _allowed_layout(*dots: str) -> tuple[Placement | None, ...]:
    with not_listening():
        return _remembered_layout(*dots)


@cache
def _remembered_layout(*dots: str) -> tuple[Placement | None, ...]:
    return generation.tools().layout(*dots)
