"""YAML text -> Document: plain data, and where each part of it was written."""

from __future__ import annotations

from kmtopo.syntax.document import Document
from kmtopo.syntax.parser import parse
from kmtopo.syntax.refusals import diagnose_refusal

__all__ = ["Document", "diagnose_refusal", "parse"]
