"""What documentation sites need of a topology: its library, read once, and the sheet that shows pictures in the reader's theme."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kmtopo import pipeline
from kmtopo.diagnostics import Diagnostic, Severity, faulty, has_errors
from kmtopo.documents.library import Library, Wish
from kmtopo.packages import PluginFault
from kmtopo.reading import read
from kmtopo.report import render_text
from kmtopo.source import Source
from kmtopo.syntax import diagnose_refusal

SHEET_NAME = "kmtopo.css"
# Light, as most themes always are, unless the site's own switch says dark or leaves it to the reader's system: the switches
# of Material, MkDocs, Furo and PyData. A theme without any may say by its meta tag that it follows.
_SWITCHES = "[data-md-color-scheme], [data-bs-theme], [data-theme]"
_DARK = "[data-md-color-scheme=slate], [data-bs-theme=dark], [data-theme=dark]"
_AUTO = "[data-bs-theme=auto], [data-theme=auto]"
_SAYS_SO = 'html:has(> head > meta[name="color-scheme"][content*="dark"])'
_FOLLOWS = f"{_AUTO}, {_SAYS_SO}:not({_SWITCHES}, :has(> body:is({_SWITCHES})))"
# Of a matrix, whose corner is empty, Material makes columns as wide as of any table: no page holds ten of them.
_MATRIX = ".md-typeset table:not([class]):has(> thead th:first-child:empty)"
SHEET = f"""\
table.kmtopo {{ display: block; max-width: 100%; overflow-x: auto; }}
{_MATRIX} th {{ min-width: 0; }}
{_MATRIX} :is(th, td) {{ padding-inline: 0.5em; }}
figure.kmtopo img {{ max-width: 100%; height: auto; }}
figure.kmtopo img.kmtopo-dark {{ display: none; }}
:is({_DARK}) figure.kmtopo img.kmtopo-light {{ display: none; }}
:is({_DARK}) figure.kmtopo img.kmtopo-dark {{ display: inline; }}
@media (prefers-color-scheme: dark) {{
  :is({_FOLLOWS}) figure.kmtopo img.kmtopo-light {{ display: none; }}
  :is({_FOLLOWS}) figure.kmtopo img.kmtopo-dark {{ display: inline; }}
}}
"""
THEMES = ("light", "dark")


class Unusable(Exception):
    """The topology, or a document, is in error; the message is a whole report."""


def library_of(topology: Path, wishes: Iterable[Wish]) -> Library:
    """Reads and checks a topology, and draws what is wished for; the same files are not drawn twice.

    Raises:
        Unusable: the topology is in error, or an installed package cannot be used.
    """
    project = read(topology)
    if project.refusals:
        raise Unusable(render_text(map(diagnose_refusal, project.refusals), project.sources, "en"))
    texts = tuple(sorted((name, source.text) for name, source in project.sources.items()))
    try:
        return _drawn(topology, texts, frozenset(wishes))
    except PluginFault as fault:
        raise unusable(fault) from fault


@lru_cache(maxsize=8)
def _drawn(topology: Path, _texts: tuple[tuple[str, str], ...], wishes: frozenset[Wish]) -> Library:
    project = read(topology)
    build = pipeline.run(pipeline.CHECKING, pipeline.start(project))
    raise_for(build.diagnostics, project.sources)
    library = Library.of(build, wishes)
    raise_for(library.build.diagnostics, project.sources)
    return library


def unusable(fault: PluginFault) -> Unusable:
    """What ends the site where an installed package fails."""
    return Unusable(render_text([faulty(fault)], {}, "en"))


def raise_for(found: Iterable[Diagnostic], sources: dict[str, Source]) -> None:
    """Ends with a report where anything is in error.

    Raises:
        Unusable: there is an error among the findings.
    """
    told = tuple(found)
    if has_errors(told):
        raise Unusable(render_text([one for one in told if one.severity is Severity.ERROR], sources, "en"))
