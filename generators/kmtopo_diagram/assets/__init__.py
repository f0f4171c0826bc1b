"""Fonts, widths and brand glyphs that the pictures are made of."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def asset_bytes(name: str) -> bytes:
    """Returns the content of one of the files beside this module."""
    return files(__name__).joinpath(name).read_bytes()


def asset_text(name: str) -> str:
    """Returns the text of one of the files beside this module."""
    return asset_bytes(name).decode()
