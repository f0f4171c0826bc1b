"""What many commands take: the topology, environments, the output folder, generators."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

FILE = Path("topology.yaml")
# Of a path: Typer would say in English that it cannot be read; whoever reads it says so in the reader's language.
UNTRIED: dict[str, Any] = {"readable": False}
Words = Callable[[str], str]
_Body = Callable[..., Any]
Decorator = Callable[..., Callable[[_Body], _Body]]


def file_argument(w: Words) -> Any:
    """The topology; ``w`` gives the words of the command line in the reader's language."""
    return typer.Argument(metavar="FILE", help=w("file"), show_default=False, **UNTRIED)


def environments_option(w: Words) -> Any:
    """The environments; may be given several times."""
    return typer.Option("--env", "-e", help=w("env"), metavar="NAME")


def output_option(w: Words) -> Any:
    """The folder that a build is written to."""
    return typer.Option("--output", "-o", help=w("output"), metavar="FOLDER", **UNTRIED)


def only_option(w: Words) -> Any:
    """The generators, with commas between."""
    return typer.Option("--only", help=w("only"), metavar="G,…")
