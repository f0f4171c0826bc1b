"""What a container runs: words for Compose, with a shell before them that takes secrets from their files."""

from __future__ import annotations

import re
import shlex

from kmtopo.plugin import Container, Deferred, Delivery, Secret, ValuePart, Variable, passed_on, secret_path

_NEEDS_SHELL = re.compile(r"[$`;&|<>()\n]").search


def words(command: str | tuple[str, ...] | None) -> list[str] | None:
    """Splits a command into its words; text with a shell's signs in it becomes a shell's command.

    Compose would drop everything from the first ``&&``, ``|`` or ``;`` on without a word.

    Raises:
        ValueError: a quote is not closed.
    """
    if command is None:
        return None
    if not isinstance(command, str):
        return list(command)
    split = shlex.split(command)
    return ["sh", "-c", command] if _NEEDS_SHELL(command) else split


def command_of(container: Container, delivery: Delivery) -> list[str] | None:
    """Returns the words that Compose hands to the image's entrypoint, None where the image's own command runs.

    Raises:
        ValueError: a quote is not closed.
    """
    own = words(container.command)
    run = own if own is not None else words(container.runtime.command)
    if run is None or not delivery.exported:
        return run
    return ["sh", "-c", _exports(delivery.exported), "kmtopo", *run]


def _exports(variables: tuple[Variable, ...]) -> str:
    # Assigned first, exported after: `export X="$(cat …)"` would go on where the file cannot be read.
    assignments = [line for variable in variables for line in _assignments(variable)]
    names = " ".join(variable.name for variable in variables)
    return "\n".join(["set -e", *assignments, f"export {names}", 'exec "$@"', ""])


def _assignments(variable: Variable) -> list[str]:
    # One secret a line: of several in one line, only the last could stop the shell.
    lines: list[str] = []
    value = ""
    has_secret = False
    for part in variable.parts:
        if isinstance(part, Secret) and has_secret:
            lines.append(f"{variable.name}={value}")
            value = f'"${variable.name}"'
        has_secret = has_secret or isinstance(part, Secret)
        value += _in_shell(part)
    return [*lines, f"{variable.name}={value}"]


def _in_shell(part: ValuePart) -> str:
    if isinstance(part, Secret):
        return f'"$(cat {secret_path(part.name)})"'
    return f'"${passed_on(part.name).name}"' if isinstance(part, Deferred) else shlex.quote(part)
