"""What ``build`` says last: where the pictures are, what is still missing, and the command that starts each folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kmtopo.cli.session import Session
from kmtopo.graph.graph import Graph
from kmtopo.pipeline import Build


def farewell(session: Session, build: Build, folder: Path, output: Path) -> None:
    """Tells for each environment what the operator does next."""
    for name, graph in build.graphs.items():
        if name not in build.artifacts:
            continue
        print(f"\n{graph.deployment.environment.title} ({name})")
        for _, artifact in build.artifacts[name]:
            if artifact.path.match("diagrams/*.svg") and artifact.path.name.count(".") == 1:
                print(f"  {session.word('picture')}: {output / name / artifact.path}")
        for missing in _missing(graph, folder):
            print(f"  {session.word('missing')}: {missing}")
        for vps in graph.deployment.vps:
            print(f"  {session.word('start')}: (cd {output / name / vps} && docker compose up -d)")


def _missing(graph: Graph, folder: Path) -> Iterator[str]:
    """The files of secrets that the start needs and that are not there yet, relative to the topology's folder."""
    names = {name for c in graph.deployment.containers.values() for name in c.secrets}
    for name in sorted(names):
        path = Path("secrets") / graph.deployment.environment.name / name
        if not (folder / path).is_file():
            yield path.as_posix()
