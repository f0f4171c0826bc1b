"""Patches of env files: one variable a line."""

from __future__ import annotations

import re
from typing import Any

from kmtopo.diagnostics import diagnose, did_you_mean
from kmtopo.patching.patch import Patch, Refused
from kmtopo.patching.splice import Splice

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z").match
_LINE = re.compile(r"^([A-Za-z_][A-Za-z0-9_]*)=.*\n?", re.MULTILINE)
_BARE = re.compile(r"[A-Za-z0-9_./:@%+,=-]*\Z").match
# What Compose does not take from single quotes as it is written.
_UNQUOTABLE = re.compile(r"['\n\r\0]|\\\\|\\\Z").search


def change(text: str, patch: Patch, name: str) -> Splice:
    """Works out what a patch changes in an env file.

    Raises:
        Refused: it names no variable, deletes one that is not there, or its value cannot be written.
    """
    key, at = str(patch.path.steps[0]) if len(patch.path.steps) == 1 else "", patch.at / patch.key
    if not _KEY(key):
        raise Refused(diagnose("KM642", at, help="key", path=patch.path, file=name))
    lines = {found[1]: found for found in _LINE.finditer(text)}
    here = lines.get(key)
    if patch.deletes:
        if here is None:
            close, known = did_you_mean(key, lines), ", ".join(lines)
            help_ = "suggest" if close else "" if known else "none"
            told: dict[str, Any] = {"path": key, "file": name, "above": name, "known": known, "right": close or ""}
            raise Refused(diagnose("KM642", at, help=help_, **told))
        return Splice(here.start(), here.end(), "")
    value = _quoted(patch, name)
    if here is None:
        return Splice(len(text) - 1, len(text) - 1, f"\n{key}={value}")
    return Splice(here.start(), here.start() + len(here[0].rstrip("\n")), f"{key}={value}")


def _quoted(patch: Patch, name: str) -> str:
    if patch.value is None or isinstance(patch.value, dict | list) or _UNQUOTABLE(patch.written):
        raise Refused(diagnose("KM644", patch.at / "value", file=name))
    return patch.written if _BARE(patch.written) else f"'{patch.written}'"
