"""Variables that a shell sets before it runs a command: `NAME=word` lines, and which of them are exported."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ASSIGNMENT = re.compile(r"^(?P<name>[A-Za-z_]\w*)=(?P<word>.*)$", re.MULTILINE)
_EXPORT = re.compile(r"^export (?P<names>[\w ]+)$", re.MULTILINE)
_PART = re.compile(
    r"""'(?P<single>[^']*)'
    |"(?P<double>(?:\$\([^)]*\)|\\.|[^"\\])*)"
    |\\(?P<escaped>.)
    |(?P<bare>[^'"\\\s]+)""",
    re.VERBOSE,
)
_EXPANSION = re.compile(r"\$\(cat (?:/run/secrets/)(?P<secret>[\w./-]+)\)|\$\{?(?P<name>[A-Za-z_]\w*)\}?")


def exported(script: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Returns the exported variables of a script; a secret's file that is read is ``<secret NAME>``."""
    names = {name for found in _EXPORT.finditer(script) for name in found["names"].split()}
    words = {found["name"]: _value(found["word"], environment) for found in _ASSIGNMENT.finditer(script)}
    return {name: value for name, value in words.items() if name in names}


def _value(word: str, environment: Mapping[str, str]) -> str:
    def expanded(text: str) -> str:
        return _EXPANSION.sub(
            lambda found: f"<secret {found['secret']}>" if found["secret"] else environment.get(found["name"], ""), text
        )

    parts = []
    for found in _PART.finditer(word):
        if found["single"] is not None:
            parts.append(found["single"])
        elif found["double"] is not None:
            parts.append(re.sub(r"\\([$`\"\\])", r"\1", expanded(found["double"])))
        else:
            parts.append(found["escaped"] or expanded(found["bare"] or ""))
    return "".join(parts)
