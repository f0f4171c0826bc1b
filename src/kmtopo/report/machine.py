"""Diagnostics as JSON for programs: a stable shape whose keys and codes never translate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kmtopo.diagnostics import Diagnostic, Label, Severity
from kmtopo.report.words import help_text, label_text, summary
from kmtopo.source import Position, Source

SHAPE = 1


def render_json(diagnostics: Iterable[Diagnostic], sources: Mapping[str, Source], language: str) -> str:
    """Returns one JSON object, with a final newline.

    ``version`` (1), ``diagnostics`` in the order of their places, ``summary`` (how many of each severity).
    A diagnostic has ``code, name, severity, message, help, subject, place, related, suggestion``;
    a place has ``file, start, end, text, message``: ``text`` is what stands there, ``end`` the first
    position that does not belong to it; a position has ``line, column``, both from 1, columns in code
    points. What is not known is null.
    """
    import json

    ordered = sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key)
    shape = {
        "version": SHAPE,
        "diagnostics": [_diagnostic(diagnostic, sources, language) for diagnostic in ordered],
        "summary": {f"{severity.value}s": sum(d.severity is severity for d in ordered) for severity in Severity},
    }
    return json.dumps(shape, ensure_ascii=False, indent=2) + "\n"


def _diagnostic(diagnostic: Diagnostic, sources: Mapping[str, Source], language: str) -> dict[str, Any]:
    suggestion = diagnostic.suggestion
    labels = (diagnostic.primary, *diagnostic.secondary)
    place, *related = [_place(diagnostic, label, sources, language) if label else None for label in labels]
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": summary(diagnostic, language),
        "help": help_text(diagnostic, language) or None,
        "subject": str(diagnostic.subject) if diagnostic.subject else None,
        "place": place,
        "related": [place for place in related if place],
        "suggestion": {"replacement": suggestion.replacement, "safe": suggestion.safe} if suggestion else None,
    }


def _place(diagnostic: Diagnostic, label: Label, sources: Mapping[str, Source], language: str) -> dict[str, Any] | None:
    span = label.span
    if span is None:
        return None
    source = sources.get(span.source)
    return {
        "file": span.source,
        "start": _position(span.start),
        "end": _position(span.end),
        "text": source.slice(span) if source else None,
        "message": label_text(diagnostic, label, language) or None,
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}
