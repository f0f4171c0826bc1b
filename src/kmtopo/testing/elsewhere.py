"""The other process of the conformance kit: topologies in, artifacts out, as JSON."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any

from kmtopo.artifacts import Artifact
from kmtopo.testing.trial import compiled, load, run_here


def main() -> None:
    """Reads a generator's reference and topologies; writes what it makes of each environment."""
    import locale

    with suppress(locale.Error):
        locale.setlocale(locale.LC_ALL, "")
    question = json.load(sys.stdin)
    answer = {name: _made(question["reference"], text) for name, text in question["topologies"].items()}
    json.dump(answer, sys.stdout)


def _made(reference: str, topology: str) -> dict[str, list[Any]]:
    generator, (build, _) = load(reference), compiled(topology)
    return {
        name: [_row(artifact) for artifact in run_here(generator, build, graph).artifacts]
        for name, graph in build.graphs.items()
    }


def _row(artifact: Artifact) -> list[Any]:
    return [str(artifact.path), artifact.content, artifact.mode, list(map(str, artifact.origins))]


if __name__ == "__main__":
    main()
