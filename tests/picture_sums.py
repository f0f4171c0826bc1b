"""As a program: draws KMMotos in every view and format, and prints the checksum of each picture.

Usage: ``picture_sums.py TOPOLOGY``; of what takes a rasteriser's time only production is drawn.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import get_args

from kmtopo import generation, pipeline, registry
from kmtopo.pipeline import Build, Request
from kmtopo.plugin import Artifact
from kmtopo.source import Source
from kmtopo_diagram import VIEWS, DiagramOptions, Format

SLOW = "produccion"


def main(topology: str) -> None:
    """Prints the checksums by the pictures' names."""
    text = Path(topology).read_text(encoding="utf-8")
    sums = {name: sha256(content).hexdigest() for name, content in pictures(text)}
    print(json.dumps(sums, indent=1))


def pictures(text: str) -> Iterator[tuple[str, bytes]]:
    """Returns every picture with its name; the changes are those since there was less CPU."""
    generator, tools = registry.generator("diagram"), generation.tools()
    after, before = compiled(text), compiled(text.replace("cpu: 2", "cpu: 1"))
    options = DiagramOptions(views=VIEWS, formats=get_args(Format))
    assert generator.compares is not None
    for environment, graph in after.graphs.items():
        made = [
            *generator.generate(graph, options, tools),
            *generator.compares(before.graphs[environment], graph, "HEAD", tools),
        ]
        for artifact in made:
            assert isinstance(artifact, Artifact), artifact
            yield f"{environment}/{artifact.path.name}", artifact.content.encode()
            if environment == SLOW and artifact.path.name.endswith(".light.svg"):
                for format, rendered in generator.renderers.items():
                    yield f"{environment}/{artifact.path.stem}.{format}", rendered(artifact.content)
    assert after.document is not None
    for format, survey in generator.surveys.items():
        yield f"all.{format}", survey(after.graphs, tools, after.document.place).encode()


def compiled(text: str) -> Build:
    """Compiles without building."""
    build = pipeline.run(pipeline.CHECKING, Build(Source("topology.yaml", text), None, Request()))
    assert build.ok, build.diagnostics
    return build


if __name__ == "__main__":
    main(*sys.argv[1:])
