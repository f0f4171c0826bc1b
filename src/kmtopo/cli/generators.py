"""``kmtopo generators``."""

from __future__ import annotations

from kmtopo import registry
from kmtopo.cli.session import Session


def generators(_: Session) -> None:
    """Lists the installed generators, one a line: name and what it makes."""
    names = registry.generator_names()
    width = max(map(len, names), default=0)
    for name in names:
        print(f"{name:<{width}}  {registry.generator(name).summary}")
