"""Plain scalars: what an unquoted word means under the YAML 1.2 core schema."""

from __future__ import annotations

import re
from math import inf, nan

Scalar = str | int | float | bool | None

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -inf),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), nan),
}
_NUMBER_START = frozenset("0123456789-+.")
_DECIMAL = re.compile(r"[-+]?[0-9]+\Z").match
_OCTAL_OR_HEX = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z").match
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z").match

# No quantity of a topology needs more, and converting thousands of digits takes quadratic time.
_LONGEST_NUMBER = 64


class PlainScalars(dict[str, Scalar]):
    """Maps the text of a plain scalar to its value; remembers what it has met, since files repeat themselves."""

    def __init__(self) -> None:
        super().__init__(_WORDS)

    def __missing__(self, text: str) -> Scalar:
        value = self[text] = _number(text) if text[0] in _NUMBER_START else text
        return value


def _number(text: str) -> Scalar:
    if len(text) > _LONGEST_NUMBER:
        return text
    if _DECIMAL(text):
        return int(text)
    if _OCTAL_OR_HEX(text):
        return int(text, 0)
    return float(text) if _FLOAT(text) else text
