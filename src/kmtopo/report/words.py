"""The words of a diagnostic in a reader's language, safe to show."""

from __future__ import annotations

from collections.abc import Mapping

from kmtopo.diagnostics import Diagnostic, Label, Reason, Term
from kmtopo.report.visible import visible
from kmtopo.texts import phrase, text

_LONGEST_VALUE = 400


def summary(diagnostic: Diagnostic, language: str) -> str:
    """Returns what is wrong, in one line."""
    return text(diagnostic.code, "summary", language, _values(diagnostic, language), diagnostic.help)


def help_text(diagnostic: Diagnostic, language: str) -> str:
    """Returns what the reader can do about it, "" where the code has no such text."""
    return text(diagnostic.code, "help", language, _values(diagnostic, language), diagnostic.help)


def message(diagnostic: Diagnostic, language: str) -> str:
    """Returns what is wrong and, in a second part, what the reader can do about it."""
    told = help_text(diagnostic, language)
    return "\n".join(
        [summary(diagnostic, language), *([f"{phrase('report', 'help', language)}: {told}"] if told else [])]
    )


def label_text(diagnostic: Diagnostic, label: Label, language: str) -> str:
    """Returns what stands beside a place, "" where nothing does."""
    return text(diagnostic.code, f"labels.{label.text}", language, _values(diagnostic, language)) if label.text else ""


def _values(diagnostic: Diagnostic, language: str) -> Mapping[str, str]:
    return {key: _shown(value, language) for key, value in diagnostic.values.items()}


def _shown(value: str, language: str) -> str:
    if isinstance(value, Term):
        return phrase("terms", value, language) or value
    if isinstance(value, Reason):
        return phrase("reasons", value, language) or value
    shown = visible(value)
    return shown if len(shown) <= _LONGEST_VALUE else f"{shown[: _LONGEST_VALUE - 1]}…"
