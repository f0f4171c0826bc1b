"""From the files that a build changes to what is to be done in each environment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kmtopo.artifacts import Artifact
from kmtopo.lifecycle.steps import COMPOSE, Files, Steps, running, steps
from kmtopo.resolve.deployment import Deployment
from kmtopo.trace import TRACE
from kmtopo.values import frozen
from kmtopo.writer import Change


@frozen
class Outlook:
    """One environment after a build: ``fresh`` machines are started for the first time, ``steps`` are for the others."""

    fresh: tuple[str, ...]
    steps: tuple[Steps, ...]


def outlooks(
    changes: Iterable[Change],
    out: str,
    artifacts: Mapping[str, Iterable[tuple[str, Artifact]]],
    deployments: Mapping[str, Deployment],
) -> dict[str, Outlook]:
    """Works out what follows from changed files, by environment; one that is not touched is left out.

    ``out`` is the place of the output folder, which all paths of files of ours begin with.
    """
    touched = _by_machine(changes, out)
    environments = sorted({environment for environment, _ in touched} & deployments.keys())
    return {name: _outlook(name, touched, artifacts.get(name, ()), deployments[name]) for name in environments}


def _outlook(
    name: str,
    touched: Mapping[tuple[str, str], list[tuple[str, Change]]],
    made: Iterable[tuple[str, Artifact]],
    deployment: Deployment,
) -> Outlook:
    now: dict[str, dict[str, str]] = {}
    for _, artifact in made:
        machine, _, path = str(artifact.path).partition("/")
        now.setdefault(machine, {})[path] = artifact.content
    fresh, due = [], []
    for (environment, machine), changes in sorted(touched.items()):
        files = _files(changes, now.get(machine, {}))
        if environment != name or (COMPOSE not in files.now and COMPOSE not in files.before):
            continue
        old = running(files)
        if not old.services:
            fresh.append(machine)
        elif found := steps(machine, files, deployment, old):
            due.append(found)
    return Outlook(tuple(fresh), tuple(due))


def _files(changes: Iterable[tuple[str, Change]], now: Mapping[str, str]) -> Files:
    known = [(path, change) for path, change in changes]
    return Files(
        before={path: change.before for path, change in known if change.before is not None},
        after={path: change.after for path, change in known if change.after is not None},
        now=now,
    )


def _by_machine(changes: Iterable[Change], out: str) -> dict[tuple[str, str], list[tuple[str, Change]]]:
    """Sorts changes by environment and the folder below it: a machine, or something else that lies beside them."""
    found: dict[tuple[str, str], list[tuple[str, Change]]] = {}
    prefix = f"{out.rstrip('/')}/" if out else ""
    for change in changes:
        environment, _, rest = change.path.removeprefix(prefix).partition("/")
        folder, slash, path = rest.partition("/")
        # Lines of the topology move with every edit; that alone concerns nobody.
        if change.path.startswith(prefix) and folder not in ("", str(TRACE)):
            found.setdefault((environment, folder if slash else ""), []).append((path or folder, change))
    return found
