"""The calls of a script for mongosh whose arguments are JSON: who may do what, and who logs in where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from typing import Any

from kmtopo.values import frozen
from kmtopo.verify.facts import Place

_CALL = re.compile(r"^(?P<name>grant|user)\(", re.MULTILINE)


@frozen
class Call:
    """A call of the script's own functions ``grant`` and ``user``."""

    name: str
    arguments: tuple[Any, ...]
    place: Place


def calls(file: str, text: str) -> Iterator[Call]:
    """Yields every call that stands at the beginning of a line."""
    for found in _CALL.finditer(text):
        place = Place(file, text.count("\n", 0, found.start()) + 1)
        yield Call(found["name"], tuple(_arguments(text, found.end())), place)


def _arguments(text: str, at: int) -> Iterator[Any]:
    decoder = JSONDecoder()
    while text[at : at + 1] not in (")", ""):
        try:
            value, at = decoder.raw_decode(text, at)
        except JSONDecodeError:
            return
        yield value
        at += len(text[at:]) - len(text[at:].lstrip(", \n"))
