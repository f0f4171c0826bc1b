"""What has to follow a new value: who gets it, in which order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from kmtopo.resolve.deployment import Deployment
from kmtopo.resolve.slots import Slot
from kmtopo.secrets.keeper import FOLDER
from kmtopo.values import frozen


@frozen
class Step:
    """One thing that an operator does: a word for what it is, and the values that its text needs."""

    word: str
    command: str = ""
    path: str = ""
    machines: str = ""


def steps(deployment: Deployment, slot: Slot, folder: Path, output: Path) -> Iterator[Step]:
    """Yields what follows a new value of a slot; ``folder`` is the topology's, ``output`` where builds go."""
    name = deployment.environment.name
    users = _by_machine(deployment, slot)
    yield from _delivery(deployment, folder, output, ", ".join(users))
    for machine, containers in users.items():
        words = " ".join(containers)
        yield Step("restart", f"(cd {quote(str(output / name / machine))} && docker compose restart {words})")
    if slot.content == "app-key":
        yield Step("former", f"kmtopo secrets rotate {slot.partner} -e {name}")


def _delivery(deployment: Deployment, folder: Path, output: Path, machines: str) -> Iterator[Step]:
    """How the value gets to where it is used, from the machine where it was made."""
    name = deployment.environment.name
    if deployment.environment.secrets == "sops":
        path = folder / FOLDER / f"{name}.sops.yaml"
        for machine in machines.split(", "):
            place = quote(str(output / name / machine))
            command = f"(cd {place} && sops exec-env {deployment.root}/{FOLDER}/{name}.sops.yaml ./secrets.sh)"
            yield Step("sops", command, str(path), machine)
    elif deployment.environment.stage != "development":
        yield Step("copy", machines=machines)


def _by_machine(deployment: Deployment, slot: Slot) -> dict[str, list[str]]:
    users: dict[str, list[str]] = {}
    for container in (deployment.containers[name] for name in slot.users):
        # A job reads it when it runs next.
        if not container.once:
            users.setdefault(container.vps, []).append(container.name)
    return dict(sorted(users.items()))
