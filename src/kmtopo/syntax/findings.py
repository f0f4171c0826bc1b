"""What reading one source has found so far."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.source import Source
from kmtopo.values import frozen


class Unreadable(Exception):
    """Ends the reading of a document: what follows cannot be told from what is wrong. Never leaves ``syntax``."""


@frozen
class Findings:
    """Collects the diagnostics of one source; places are indexes into its text."""

    source: Source
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def add(
        self, code: str, start: int, end: int, *, also: tuple[Label, ...] = (), help: str = "", **values: Any
    ) -> None:
        """Adds a diagnostic of ``text[start:end]``."""
        self.diagnostics.append(diagnose(code, self.source.span(start, end), also=also, help=help, **values))

    def label(self, start: int, end: int, text: str) -> Label:
        """Makes a further place worth showing."""
        return Label(span=self.source.span(start, end), text=text)
