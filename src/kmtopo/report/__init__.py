"""Diagnostics -> text for people, JSON, SARIF and annotations for programs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kmtopo.report.github import render_github
    from kmtopo.report.language import language_of
    from kmtopo.report.machine import render_json
    from kmtopo.report.sarif import render_sarif
    from kmtopo.report.terminal import count, render_text

__all__ = ["count", "language_of", "render_github", "render_json", "render_sarif", "render_text"]

# Loaded when first used: every command asks for the language, few have anything to report.
_HOMES = {
    "count": "terminal",
    "language_of": "language",
    "render_github": "github",
    "render_json": "machine",
    "render_sarif": "sarif",
    "render_text": "terminal",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"kmtopo.report.{_HOMES[name]}"), name)
