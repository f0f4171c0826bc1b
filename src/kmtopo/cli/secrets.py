"""``kmtopo secrets``: the values that no topology holds."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from kmtopo.cli.build import OUT
from kmtopo.cli.inputs import compiled, read, sources
from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.diagnostics import Diagnostic, Severity, has_errors
from kmtopo.resolve.deployment import Deployment
from kmtopo.resolve.slots import Slot, slots
from kmtopo.secrets.creation import Made, create
from kmtopo.secrets.examination import examine
from kmtopo.secrets.rotation import rotate as rotated
from kmtopo.secrets.steps import Step, steps
from kmtopo.source import Project

_MISSING_PROGRAM = "KM813"
_STEPS = {
    "copy": "step-copy",
    "former": "step-former",
    "provision": "step-provision",
    "restart": "step-restart",
    "server": "step-server",
    "sops": "step-sops",
}


def init(session: Session, file: Path, environments: list[str] | None) -> None:
    """Makes what is missing in each environment; what it cannot make is told at the end, all at once."""
    project = read(session, file)
    problems: list[Diagnostic] = []
    for deployment in _chosen(_deployments(session, project, environments), environments).values():
        made = create(project.folder, deployment, os.environ)
        _tell(session, made)
        problems += made.problems
    _end(session, problems)


def check(session: Session, file: Path, environments: list[str] | None) -> None:
    """Reports what is wrong with the secrets of each environment."""
    project = read(session, file)
    deployments = _deployments(session, project, environments)
    chosen = _chosen(deployments, environments)
    problems = examine(project.folder, deployments.values(), chosen, os.environ)
    _end(session, problems)
    if all(each.severity is Severity.INFO for each in problems):
        count = sum(len(slots(deployment)) for deployment in chosen.values())
        session.say("secrets-good", count=count, environments=", ".join(chosen))


def rotate(session: Session, name: str, file: Path, environments: list[str] | None) -> None:
    """Replaces one secret of one environment, and says what has to follow."""
    project = read(session, file)
    deployment, slot = _slot(session, name, _chosen(_deployments(session, project, environments), environments))
    outcome = rotated(project.folder, deployment, slot, os.environ)
    for path in outcome.paths:
        session.say("secrets-replaced", path=path)
    _end(session, outcome.problems)
    session.say("secrets-next")
    following = steps(deployment, slot, project.folder, project.folder / OUT)
    for number, step in enumerate(following, 1):
        session.say("secrets-step", number=number, step=_said(session, step))


def _deployments(session: Session, project: Project, environments: Iterable[str] | None) -> Mapping[str, Deployment]:
    """All environments; a topology that cannot be built has no secrets yet."""
    build = compiled(session, project, environments)
    if not build.ok:
        session.report(build.diagnostics, sources(build))
        raise Stop(Exit.PROBLEM)
    return build.deployments


def _chosen(deployments: Mapping[str, Deployment], environments: Iterable[str] | None) -> dict[str, Deployment]:
    return {name: deployments[name] for name in sorted(set(environments or deployments))}


def _slot(session: Session, name: str, deployments: Mapping[str, Deployment]) -> tuple[Deployment, Slot]:
    found = [(each, slot) for each in deployments.values() for slot in slots(each) if slot.name == name]
    if not found:
        known = sorted({slot.name for each in deployments.values() for slot in slots(each)})
        raise session.refuse("no-secret", known=known, name=name)
    if len(found) > 1:
        names = ", ".join(each.environment.name for each, _ in found)
        raise session.refuse("which-environment", name=name, names=names)
    return found[0]


def _tell(session: Session, made: Made) -> None:
    if made.names:
        session.say(
            "secrets-made", environment=made.environment, count=len(made.names), place=made.place, kept=made.kept
        )
        for name in made.names:
            session.say("secrets-slot", name=name)
    elif not has_errors(made.problems):
        session.say("secrets-kept", environment=made.environment, kept=made.kept)


def _said(session: Session, step: Step) -> str:
    return session.word(_STEPS[step.word], command=step.command, path=step.path, machines=step.machines)


def _end(session: Session, problems: Iterable[Diagnostic]) -> None:
    """Reports what was found; errors end the command."""
    found = tuple(dict.fromkeys(problems))
    session.report(found, {})
    if any(each.code == _MISSING_PROGRAM for each in found):
        raise Stop(Exit.MISSING)
    if has_errors(found):
        raise Stop(Exit.PROBLEM)
