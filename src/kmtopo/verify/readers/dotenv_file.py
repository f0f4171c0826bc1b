"""Env files, as python-dotenv reads them."""

from __future__ import annotations

import re
from io import StringIO

from kmtopo.verify.facts import Place, Said

_IN_DOUBLE_QUOTES = re.compile(r'[^"\'#]*="').match


def read_env(file: str, text: str) -> dict[str, Said]:
    """Returns the variables of an env file; the last line that sets one wins."""
    from dotenv.parser import parse_stream

    return {
        one.key: Said(
            _value(one.value or "", one.original.string),
            Place(file, one.original.line + _blank_lines(one.original.string)),
        )
        for one in parse_stream(StringIO(text))
        if one.key is not None
    }


def _value(value: str, original: str) -> str:
    """The value by Compose's rules: in double quotes a backslash before a dollar sign is no part of it."""
    return value.replace("\\$", "$") if _IN_DOUBLE_QUOTES(original) else value


def _blank_lines(original: str) -> int:
    """What python-dotenv counts to a binding though it precedes it."""
    return len(original) - len(original.lstrip("\n"))
