"""A topology whose titles are all others: in letters that few fonts have, or made of what a format reads as its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import cycle

_TITLE = re.compile(r"title: (?:\"[^\"]*\"|[^,{}\n]+)")


def retitled(topology: str, titles: Iterable[str]) -> str:
    """Gives everything in a topology one title of the list after the other; fails where a title of the list is left."""
    endless, kept = cycle(titles), list(titles)
    text, count = _TITLE.subn(lambda _: f"title: {quoted(next(endless))}", topology)
    assert count >= len(kept), "a title of the list stands nowhere"
    return text


def quoted(title: str) -> str:
    """Writes a text between double quotes as YAML reads it: a surrogate pair means nothing there."""
    return '"' + "".join(letter if ord(letter) > 0xFFFF else json.dumps(letter)[1:-1] for letter in title) + '"'
