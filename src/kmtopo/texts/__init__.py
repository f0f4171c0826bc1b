"""The words of kmtopo: codes, and their texts in each language."""

from __future__ import annotations

from kmtopo.texts.codes import CODES, Code

__all__ = ["CODES", "Code"]
