"""Text as a string of JavaScript."""

from __future__ import annotations

import json
from json.encoder import encode_basestring_ascii
from typing import Any


def literal(value: Any) -> str:
    """Writes text, or lists and mappings of it, in ASCII: what JSON takes, JavaScript reads the same."""
    return encode_basestring_ascii(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=True)
