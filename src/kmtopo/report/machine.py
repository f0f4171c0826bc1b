"""Diagnostics as JSON for programs: a stable shape whose keys and codes never translate."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from kmtopo.diagnostics import Diagnostic, Label, Severity
from kmtopo.report.words import help_text, label_text, summary
from kmtopo.source import Position

SHAPE = 1


def render_json(diagnostics: Iterable[Diagnostic], language: str) -> str:
    """Returns one JSON object, with a final newline.

    ``version`` (1), ``diagnostics`` in the order of their places, ``summary`` (how many of each severity).
    A diagnostic has ``code, name, severity, message, help, subject, place, related, suggestion``;
    a place has ``file, start, end, message``, a position ``line, column``, both from 1, columns in
    code points; ``end`` is the first position that does not belong to it. What is not known is null.
    """
    ordered = sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key)
    shape = {
        "version": SHAPE,
        "diagnostics": [_diagnostic(diagnostic, language) for diagnostic in ordered],
        "summary": {f"{severity.value}s": sum(d.severity is severity for d in ordered) for severity in Severity},
    }
    return json.dumps(shape, ensure_ascii=False, indent=2) + "\n"


def _diagnostic(diagnostic: Diagnostic, language: str) -> dict[str, Any]:
    suggestion = diagnostic.suggestion
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": summary(diagnostic, language),
        "help": help_text(diagnostic, language) or None,
        "subject": str(diagnostic.subject) if diagnostic.subject else None,
        "place": _place(diagnostic, diagnostic.primary, language) if diagnostic.primary else None,
        "related": [place for label in diagnostic.secondary if (place := _place(diagnostic, label, language))],
        "suggestion": {"replacement": suggestion.replacement, "safe": suggestion.safe} if suggestion else None,
    }


def _place(diagnostic: Diagnostic, label: Label, language: str) -> dict[str, Any] | None:
    if label.span is None:
        return None
    return {
        "file": label.span.source,
        "start": _position(label.span.start),
        "end": _position(label.span.end),
        "message": label_text(diagnostic, label, language) or None,
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}
