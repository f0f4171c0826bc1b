"""What ``build`` says last: where the pictures are, what is still missing, and the command that starts each folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from kmtopo.cli.session import Session
from kmtopo.values import frozen

if TYPE_CHECKING:
    from kmtopo.pipeline import Build


@frozen
class Farewell:
    """What an operator has to know of one environment; paths are relative to its output folder."""

    environment: str
    title: str
    pictures: tuple[str, ...]
    secrets: tuple[str, ...]
    machines: tuple[str, ...]


def farewells(build: Build) -> Iterator[Farewell]:
    """Returns what is to be said of each environment that was built."""
    for name, artifacts in build.artifacts.items():
        deployment = build.graphs[name].deployment
        pictures = (a.path for _, a in artifacts if a.path.match("diagrams/*.svg") and a.path.name.count(".") == 1)
        secrets = {secret for container in deployment.containers.values() for secret in container.secrets}
        yield Farewell(
            name,
            deployment.environment.title,
            tuple(map(str, pictures)),
            tuple(sorted(secrets)),
            tuple(deployment.vps),
        )


def bid_farewell(session: Session, farewell: Farewell, folder: Path, output: Path) -> None:
    """Tells what the operator does next with one environment; ``folder`` is the topology's."""
    name = farewell.environment
    print()
    session.say("title", title=farewell.title, name=name)
    for picture in farewell.pictures:
        session.say("picture", path=output / name / picture)
    for secret in farewell.secrets:
        path = folder / "secrets" / name / secret
        if not path.is_file():
            session.say("missing", path=path)
    for machine in farewell.machines:
        session.say("start", path=quote(str(output / name / machine)))
