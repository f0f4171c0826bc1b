"""Sizes and times as Compose writes them."""

from __future__ import annotations

from decimal import Decimal

_UNITS = ((1024**3, "g"), (1024**2, "m"), (1024, "k"))


def size(count: int) -> str:
    """Writes a number of bytes in the largest unit that keeps it whole: ``256m``."""
    for unit, letter in _UNITS:
        if count and count % unit == 0:
            return f"{count // unit}{letter}"
    return f"{count}b"


def seconds(count: int) -> str:
    """Writes a time: ``15s``."""
    return f"{count}s"


def cores(count: Decimal) -> str:
    """Writes a CPU limit without an exponent or needless zeros: ``0.5``."""
    return f"{count.normalize():f}"
