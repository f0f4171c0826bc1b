"""What ``build`` says last: where the pictures are, what is still missing, and the command that starts each folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from shlex import quote
from typing import TYPE_CHECKING

from kmtopo.cli.missing_files import missing, tell_missing
from kmtopo.cli.next_steps import tell_steps
from kmtopo.cli.session import Session
from kmtopo.values import frozen

if TYPE_CHECKING:
    from kmtopo.lifecycle import Outlook
    from kmtopo.pipeline import Build
    from kmtopo.resolve.deployment import Deployment

_SCRIPT = "secrets.sh"


@frozen
class Farewell:
    """What an operator has to know of one environment; paths are relative to its output folder.

    ``trusting`` are the files that tell Laravel which proxies and hosts to trust. ``secrets`` and ``given`` are the
    files, relative to the topology's folder, that have to be there before the start; only their owner has the given
    ones. On the machines ``keeping``, ``filling`` puts secrets in place first.
    """

    environment: str
    title: str
    pictures: tuple[str, ...]
    secrets: tuple[str, ...]
    machines: tuple[str, ...]
    trusting: tuple[str, ...] = ()
    keeping: tuple[str, ...] = ()
    filling: str = ""
    given: tuple[str, ...] = ()


def farewells(build: Build) -> Iterator[Farewell]:
    """Returns what is to be said of each environment that was built."""
    for name, artifacts in build.artifacts.items():
        deployment = build.graphs[name].deployment
        pictures = (a.path for _, a in artifacts if a.path.match("diagrams/*.svg") and a.path.name.count(".") == 1)
        keeping = {str(artifact.path.parent) for _, artifact in artifacts if artifact.path.name == _SCRIPT}
        yield Farewell(
            environment=name,
            title=deployment.environment.title,
            pictures=tuple(map(str, pictures)),
            secrets=tuple(_files(deployment)),
            machines=tuple(deployment.vps),
            trusting=tuple(str(artifact.path) for _, artifact in artifacts if _is_trust(artifact.path)),
            keeping=tuple(sorted(keeping)),
            filling=_filling(deployment),
            given=tuple(sorted(_given(deployment))),
        )


def bid_farewell(
    session: Session,
    farewell: Farewell,
    file: Path,
    folder: Path,
    output: Path,
    outlooks: Mapping[str, Outlook] | None = None,
) -> None:
    """Tells what the operator does next with one environment; ``file`` is the topology, ``folder`` where it lies.

    After a change, ``outlooks`` says what it asks for; nothing is told of an environment that it does not touch.
    """
    name = farewell.environment
    if outlooks is not None and name not in outlooks:
        return
    print()
    session.say("title", title=farewell.title, name=name)
    if len(farewell.pictures) > 1:  # one for each view: their folder says it
        session.say("pictures", path=output / name / "diagrams" / "*.svg")
    for picture in farewell.pictures if len(farewell.pictures) == 1 else ():
        session.say("picture", path=output / name / picture)
    for path in farewell.trusting:
        session.say("trust", path=output / name / path)
    tell_missing(session, missing(farewell.given, folder), folder)
    secrets = missing(farewell.secrets, folder)
    tell_missing(session, secrets, folder)
    if secrets:
        _tell_making(session, name, file)
    for machine in farewell.machines if outlooks is None else outlooks[name].fresh:
        first = f"{farewell.filling} && " if machine in farewell.keeping else ""
        session.say("start", path=quote(str(output / name / machine)), first=first)
    if outlooks is not None:
        _tell_steps(session, farewell, output, outlooks[name])
        if not outlooks[name].fresh and not outlooks[name].steps:
            session.say("no-steps")


def announce(
    session: Session, farewell: Farewell, file: Path, folder: Path, output: Path, outlook: Outlook | None
) -> None:
    """Tells what the operator will do where an environment runs already; nothing where the change asks for nothing."""
    if outlook is None or not outlook.steps:
        return
    print()
    session.say("title", title=farewell.title, name=farewell.environment)
    if missing(farewell.secrets, folder):
        _tell_making(session, farewell.environment, file)
    _tell_steps(session, farewell, output, outlook)


def _tell_making(session: Session, environment: str, file: Path) -> None:
    given = "" if file == Path("topology.yaml") else f"{quote(str(file))} "
    session.say("missing-made", command=f"kmtopo secrets init {given}-e {environment}")


def _tell_steps(session: Session, farewell: Farewell, output: Path, outlook: Outlook) -> None:
    for due in outlook.steps:
        filling = farewell.filling if due.machine in farewell.keeping else ""
        tell_steps(session, due, output / farewell.environment / due.machine, filling)


def _is_trust(path: PurePosixPath) -> bool:
    # Of what tenants share: those with applications of their own take the same line in bootstrap/app.php.
    return path.name == "bootstrap.php" and path.parts[1] == "laravel"


def _files(deployment: Deployment) -> Iterator[str]:
    from kmtopo.resolve.slots import slot_names

    name, keeper = deployment.environment.name, deployment.environment.secrets
    needed = slot_names(deployment)
    if keeper == "file":
        yield from (f"secrets/{name}/{slot}" for slot in needed)
    elif keeper == "sops" and needed:
        yield f"secrets/{name}.sops.yaml"


def _given(deployment: Deployment) -> set[str]:
    """What containers get of the project's own files; those of the machine are out of sight here."""
    sources = {given.source for c in deployment.containers.values() for given in c.runtime.files}
    return {source for source in sources if not PurePosixPath(source).is_absolute()}


def _filling(deployment: Deployment) -> str:
    if deployment.environment.secrets != "sops":
        return f"./{_SCRIPT}"
    return f"sops exec-env {deployment.root}/secrets/{deployment.environment.name}.sops.yaml ./{_SCRIPT}"
