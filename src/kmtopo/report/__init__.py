"""Diagnostics -> text for people, JSON for programs."""

from __future__ import annotations

from kmtopo.report.language import language_of
from kmtopo.report.machine import render_json
from kmtopo.report.terminal import count, render_text

__all__ = ["count", "language_of", "render_json", "render_text"]
