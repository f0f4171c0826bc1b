"""Templates for generators: Jinja2, strict, with one quoting filter per target format."""

from __future__ import annotations

import re
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = "templates"
_NAME = re.compile(r"\{\{ ?(\w+) ?\}\}")
_LOGIC = re.compile(r"\{[{%#]")
_MERMAID = str.maketrans({c: f"#{ord(c)};" for c in "#\"'<>[]{}()|\\;`&"})


class Template(Protocol):
    """A text with places for values."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Returns the text with the values, which are given as ``dict`` takes them, in their places."""


class NamesOnly:
    """A template in which only names stand between braces: it does without Jinja2, which takes as long to load as a build."""

    def __init__(self, text: str) -> None:
        self._text = text

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Returns the text with the values in their places."""
        values = dict(*args, **kwargs)
        return _NAME.sub(lambda found: str(values[found[1]]), self._text)


@cache
def template(package: str, name: str) -> Template:
    """Loads a template from a generator's package; a name that it misses is an error, never an empty text."""
    text = (get_data(package, f"{FOLDER}/{name}") or b"").decode()
    if _LOGIC.search(_NAME.sub("", text)):
        return _environment(package).get_template(name)
    return NamesOnly(text)


@cache
def _environment(package: str) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    # Nothing here is HTML: each value passes the filter of the format that it goes into.
    environment = Environment(  # noqa: S701
        loader=PackageLoader(package, FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"dot": dot, "mermaid": mermaid, "one_line": one_line}
    return environment


def one_line(text: str) -> str:
    """Folds white space and controls, for a comment."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())


def dot(text: str) -> str:
    """Quotes a text for Graphviz; a backslash stays itself."""
    return '"' + one_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def mermaid(text: str) -> str:
    """Quotes a text for Mermaid, whose only escape is the entity."""
    return '"' + one_line(text).translate(_MERMAID) + '"'
