"""Diagnostics -> text for people, JSON for programs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kmtopo.report.language import language_of
    from kmtopo.report.machine import render_json
    from kmtopo.report.terminal import count, render_text

__all__ = ["count", "language_of", "render_json", "render_text"]

# Loaded when first used: every command asks for the language, few have anything to report.
_HOMES = {"count": "terminal", "language_of": "language", "render_json": "machine", "render_text": "terminal"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"kmtopo.report.{_HOMES[name]}"), name)
