"""YAML text -> Document: plain data, and where each part of it was written."""

from __future__ import annotations

from kmtopo.syntax.document import Document
from kmtopo.syntax.inclusion import combine
from kmtopo.syntax.parser import parse
from kmtopo.syntax.parts import parse_part
from kmtopo.syntax.refusals import diagnose_refusal

__all__ = ["Document", "combine", "diagnose_refusal", "parse", "parse_part"]
