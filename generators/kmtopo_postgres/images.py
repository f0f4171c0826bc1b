"""What an image's tag says of its PostgreSQL."""

from __future__ import annotations

import re

_major = re.compile(r"(?:.*pg|v?)(\d+)").match


def version(image: str | None) -> int | None:
    """Returns the major version in a tag such as ``17.6`` or ``2.22.0-pg17``, None where it names none."""
    tag = (image or "").partition("@")[0].rpartition("/")[2].partition(":")[2]
    found = _major(tag)
    return int(found[1]) if found else None
