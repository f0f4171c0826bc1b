"""Which keeper an environment has: the topology says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from kmtopo.resolve.deployment import Deployment
from kmtopo.resolve.slots import Slot, secret_folders
from kmtopo.secrets.folder import FolderKeeper
from kmtopo.secrets.keeper import Keeper, Safe
from kmtopo.secrets.sops import RECIPIENTS, SopsKeeper
from kmtopo.secrets.variables import VariableKeeper


def keepers_of(
    folder: Path, deployment: Deployment, slots: Iterable[Slot], variables: Mapping[str, str]
) -> tuple[Keeper, Safe | None]:
    """Returns who has the values of an environment, and the same again where kmtopo may put values there.

    ``folder`` is the topology's, ``variables`` are those of this process.
    """
    name = deployment.environment.name
    if deployment.environment.secrets == "env":
        return VariableKeeper(name, slots, variables), None
    safe: Safe = FolderKeeper(folder, name, secret_folders(deployment))
    if deployment.environment.secrets == "sops":
        safe = SopsKeeper(folder, name, slots, variables.get(RECIPIENTS, ""))
    return safe, safe
