"""Text as a string of JavaScript."""

from __future__ import annotations

import json
from typing import Any


def literal(value: Any) -> str:
    """Writes text, or lists and mappings of it, in ASCII: what JSON takes, JavaScript reads the same."""
    return json.dumps(value, ensure_ascii=True)
