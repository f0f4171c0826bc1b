"""How a container's variables reach its process: from the env file, from Compose, or from a shell before the command."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from kmtopo.resolve.deployment import Container
from kmtopo.types.runtime import Deferred, Secret, Variable
from kmtopo.values import frozen

SECRETS = PurePosixPath("/run/secrets")

_is_shell_name = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z").match


@frozen
class Delivery:
    """The variables of a container by the way that each takes; within a way they keep their order.

    ``written`` are literal and stand in ``env_file`` (None where there are none); ``filled`` are
    Compose's to fill from the target's environment; ``exported`` hold a secret and are set by a shell
    before the command; ``stuck`` hold a secret and have no way.
    """

    env_file: PurePosixPath | None
    written: tuple[Variable, ...]
    filled: tuple[Variable, ...]
    exported: tuple[Variable, ...]
    stuck: tuple[Variable, ...]


def deliver(container: Container) -> Delivery:
    """Decides for every variable of a container how its process gets it."""
    written: list[Variable] = []
    filled: list[Variable] = []
    exported: list[Variable] = []
    stuck: list[Variable] = []
    for variable in container.variables:
        if variable.literal is not None:
            written.append(variable)
        elif not variable.secrets:
            filled.append(variable)
        elif not variable.file and _has_shell(container) and _is_shell_name(variable.name):
            exported.append(variable)
            filled += (passed_on(name) for name in variable.deferred)
        elif len(variable.parts) == 1:
            written.append(_by_file(variable))
        else:
            stuck.append(variable)
    file = PurePosixPath("env", f"{container.name}.env") if written else None
    return Delivery(file, tuple(written), tuple(dict.fromkeys(filled)), tuple(exported), tuple(stuck))


def passed_on(name: str) -> Variable:
    """Makes the variable that carries a value of the target into the container's shell, where it is never read as code."""
    return Variable(f"KMTOPO_ENV_{name}", (Deferred(name),))


def secret_path(name: str) -> str:
    """Returns where a container finds a secret."""
    return f"{SECRETS}/{name}"


def _has_shell(container: Container) -> bool:
    return container.runtime.secret_shim and bool(container.command or container.runtime.command)


def _by_file(variable: Variable) -> Variable:
    (secret,) = variable.parts
    path = secret_path(secret.name) if isinstance(secret, Secret) else ""
    return replace(variable, name=f"{variable.name}_FILE", parts=(path,))
