"""How a container's variables reach its process: from the env file, from Compose, or from a shell before the command."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from kmtopo.resolve.deployment import GROUP_OF_THE_TENANT, Container
from kmtopo.types.runtime import Deferred, Secret, Variable
from kmtopo.values import frozen

SECRETS = PurePosixPath("/run/secrets")

_is_shell_name = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z").match


@frozen
class Delivery:
    """The variables of a container by the way that each takes; within a way they keep their order.

    ``written`` are literal and stand in ``env_file`` (None where there are none); ``shared`` stand in ``tenant_file``,
    which all copies of a dedicated tenant read before their own; ``filled`` are Compose's to fill from the target's environment; ``exported`` hold a secret and are set by a shell
    before the command; ``stuck`` hold a secret and have no way.
    """

    env_file: PurePosixPath | None
    written: tuple[Variable, ...]
    filled: tuple[Variable, ...]
    exported: tuple[Variable, ...]
    stuck: tuple[Variable, ...]
    tenant_file: PurePosixPath | None = None
    shared: tuple[Variable, ...] = ()

    @property
    def env_files(self) -> tuple[PurePosixPath, ...]:
        """The files that a process gets its variables from; what a later one says wins."""
        return tuple(file for file in (self.tenant_file, self.env_file) if file is not None)


def deliver(container: Container) -> Delivery:
    """Decides for every variable of a container how its process gets it."""
    if not container.delivered:
        container.delivered.append(_delivery(container))
    found: Delivery = container.delivered[0]
    return found


def _delivery(container: Container) -> Delivery:
    written: list[Variable] = []
    filled: list[Variable] = []
    exported: list[Variable] = []
    stuck: list[Variable] = []
    shared: list[Variable] = []
    for variable in container.variables:
        parts = variable.parts
        if variable.group == GROUP_OF_THE_TENANT:
            shared.append(variable)
        # Nearly all are one word, and need not be asked.
        elif (len(parts) == 1 and type(parts[0]) is str) or variable.literal is not None:
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
    return Delivery(
        env_file=PurePosixPath("env", f"{container.name}.env") if written else None,
        written=tuple(written),
        filled=tuple(dict.fromkeys(filled)),
        exported=tuple(exported),
        stuck=tuple(stuck),
        tenant_file=PurePosixPath("env", "tenants", f"{container.tenant}.env") if shared else None,
        shared=tuple(shared),
    )


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
