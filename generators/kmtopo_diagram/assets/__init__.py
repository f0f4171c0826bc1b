"""Fonts, widths and brand glyphs that the pictures are made of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from importlib.resources import as_file, files


@cache
def asset_bytes(name: str) -> bytes:
    """Returns the content of one of the files beside this module."""
    return files(__name__).joinpath(name).read_bytes()


def asset_text(name: str) -> str:
    """Returns the text of one of the files beside this module."""
    return asset_bytes(name).decode()


@contextmanager
def font_files() -> Iterator[list[str]]:
    """Gives the paths of the font's files for as long as they are needed; in a zipped package they are copies."""
    folder = files("kmtopo_diagram.assets")
    with ExitStack() as opened:
        yield [str(opened.enter_context(as_file(folder / f"inter-{weight}.ttf"))) for weight in (400, 600)]
