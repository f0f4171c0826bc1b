"""Colours for a terminal, or none."""

from __future__ import annotations

from collections.abc import Callable

Painter = Callable[[str, str], str]

_CODES = {"error": "1;31", "warning": "1;33", "info": "1;36", "frame": "1;34", "strong": "1"}


def colored(text: str, role: str) -> str:
    """Returns the text in the colour of its role: a severity's word, ``frame`` or ``strong``."""
    return f"\x1b[{_CODES[role]}m{text}\x1b[0m" if text else ""


def plain(text: str, role: str) -> str:  # noqa: ARG001
    """Returns the text as it is."""
    return text
