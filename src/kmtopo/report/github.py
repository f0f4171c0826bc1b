"""Diagnostics as workflow commands, which GitHub shows beside the lines of a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kmtopo.diagnostics import Diagnostic, Severity
from kmtopo.report.words import message

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def render_github(diagnostics: Iterable[Diagnostic], language: str, folder: str) -> str:
    """Returns one line for each diagnostic, in the order of their places.

    ``folder`` leads from the repository's root to the project. Lines and columns count from 1; ``endColumn`` is the first that does not belong to the place. A place of
    several lines has no columns: GitHub takes them of a single line only.
    """
    ordered = sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key)
    return "".join(f"{_command(diagnostic, language, folder)}\n" for diagnostic in ordered)


def _command(found: Diagnostic, language: str, folder: str) -> str:
    named = {**dict(_place(found, folder)), "title": f"{found.code} {found.name}"}
    properties = ",".join(f"{key}={_escaped(value, _IN_PROPERTY)}" for key, value in named.items())
    return f"::{_COMMANDS[found.severity]} {properties}::{_escaped(message(found, language), _IN_MESSAGE)}"


def _place(found: Diagnostic, folder: str) -> Iterator[tuple[str, str]]:
    span = found.primary.span if found.primary else None
    if span is None:
        return
    yield "file", f"{folder}/{span.source}" if folder else span.source
    yield "line", str(span.start.line)
    yield "endLine", str(span.end.line)
    if span.start.line == span.end.line:
        yield "col", str(span.start.column)
        yield "endColumn", str(span.end.column)


def _escaped(text: str, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in text)
