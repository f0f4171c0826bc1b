"""Values: made so that nobody can guess them, and judged by how hard that would be."""

from __future__ import annotations

import re
from base64 import b64encode
from math import log2
from secrets import token_bytes, token_urlsafe

STRONG = 128
_BYTES = 32
_KEY = "base64:"

# Who draws from an alphabet at random uses more of it than this, at any length that could be strong.
_FEWEST = 8
_ALPHABETS = (
    (re.compile(r"[0-9]*\Z").match, 10),
    (re.compile(r"(?:[0-9a-f]*|[0-9A-F]*)\Z").match, 16),
    (re.compile(r"(?:[0-9a-z]*|[0-9A-Z]*)\Z").match, 36),
    (re.compile(r"[0-9A-Za-z]*\Z").match, 62),
    (re.compile(r"").match, 64),
)
_is_placeholder = re.compile(
    r".*change.?(?:me|this)|.*place.?holder|<.*>\Z|(?:your|my|the)(?:[-_ ][a-z]+)+\Z"
    r"|(?:admin|cambiame|clave|contrasena|default|example|laravel|pass|password|postgres|root|secret|test|todo|x+)\d*\Z",
    re.IGNORECASE,
).match


def password() -> bytes:
    """Makes 43 characters of ``[A-Za-z0-9_-]``: safe in a variable, an URL and SQL; the first is a letter or digit."""
    while True:
        value = token_urlsafe(_BYTES)
        # A command line would take a word that begins with a dash for an option.
        if value[0].isalnum():
            return value.encode()


def application_key() -> bytes:
    """Makes a key as Laravel writes it: ``base64:`` and 32 bytes."""
    return f"{_KEY}{b64encode(token_bytes(_BYTES)).decode()}".encode()


def is_placeholder(value: bytes) -> bool:
    """Whether somebody meant to put a value here later."""
    return bool(_is_placeholder(value.decode("utf-8", "replace").strip()))


def bits(value: bytes) -> int:
    """Returns at most how many bits it takes to guess a value, by its length and what it is made of."""
    text = value.decode("utf-8", "replace").strip().removeprefix(_KEY).rstrip("=")
    size = next(size for matches, size in _ALPHABETS if matches(text))
    distinct = len(set(text))
    length = len(text) if distinct >= _FEWEST else distinct
    return int(length * log2(size))
