"""Templates for generators: Jinja2, strict, with one quoting filter per target format."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment, Template

FOLDER = "templates"
_MERMAID = str.maketrans({c: f"#{ord(c)};" for c in "#\"'<>[]{}()|\\;`&"})


def template(package: str, name: str) -> Template:
    """Loads a template from a generator's package; a name that it misses is an error, never an empty text."""
    return _environment(package).get_template(name)


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
