"""The words of kmtopo: codes, and their texts in each language."""

from __future__ import annotations

from kmtopo.texts.codes import CODES, Code
from kmtopo.texts.tables import LANGUAGES, phrase, register, text

__all__ = ["CODES", "LANGUAGES", "Code", "phrase", "register", "text"]
