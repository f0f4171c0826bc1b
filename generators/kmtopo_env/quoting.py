"""Values as Compose's reader of env files takes them back, character by character."""

from __future__ import annotations

import re
from functools import lru_cache

_is_bare = re.compile(r"[A-Za-z0-9_./:@%+,=-]*\Z").match
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "$": "\\$", "\n": "\\n", "\r": "\\r"})


@lru_cache(4096)  # what the copies of a thousand tenants are told is nearly all the same
def quoted(value: str) -> str:
    """Writes a value, in quotes only where it needs them.

    Compose takes what stands in single quotes as it is, but for two backslashes in a row and a
    last one before the quote; such values, and those with a line break or a single quote, go into
    double quotes with escapes.

    Raises:
        ValueError: the value holds a NUL, which no environment variable can.
    """
    if "\0" in value:
        raise ValueError("an environment variable cannot hold NUL")
    if _is_bare(value):
        return value
    if re.search(r"['\n\r]|\\\\|\\\Z", value):
        return f'"{value.translate(_ESCAPES)}"'
    return f"'{value}'"
