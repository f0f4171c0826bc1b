"""References in texts: ``${containers.postgres.host}``, ``${secrets.mail_password}``, ``${env:NAME}``."""

from __future__ import annotations

import re

from kmtopo.model.names import text
from kmtopo.model.quantities import reject
from kmtopo.values import frozen

_REFERENCE = re.compile(r"\$\$\{|\$\{([^{}]*)(\})?")
_BODY = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*\Z|[a-z][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)+\Z").match


@frozen
class Reference:
    """What stands between ``${`` and ``}``."""

    body: str


def parts(value: str) -> tuple[str | Reference, ...]:
    """Splits a text into literal pieces and references; ``$${`` is a literal ``${``, any other ``$`` is itself."""
    pieces: list[str | Reference] = []
    literal, position = "", 0
    for found in _REFERENCE.finditer(value):
        literal += value[position : found.start()]
        position = found.end()
        if found[1] is None:
            literal += "${"
            continue
        if literal:
            pieces.append(literal)
            literal = ""
        pieces.append(Reference(found[1]))
    literal += value[position:]
    return (*pieces, literal) if literal or not pieces else tuple(pieces)


def referring(value: object) -> str:
    """Accepts a text whose references are well formed."""
    given = text(value)
    for found in _REFERENCE.finditer(given):
        if found[1] is not None and (found[2] is None or not _BODY(found[1])):
            reject("KM215", value=found[0])
    return given
