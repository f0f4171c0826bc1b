"""Included files -> Documents: YAML as in the topology itself, tables of tenants as CSV."""

from __future__ import annotations

from kmtopo.diagnostics import Diagnostic
from kmtopo.source import Source
from kmtopo.syntax.document import Document
from kmtopo.syntax.parser import parse
from kmtopo.syntax.tables import parse_table

TABLE = ".csv"


def parse_part(source: Source) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Reads an included file by what its name ends in."""
    return parse_table(source) if source.name.lower().endswith(TABLE) else parse(source)
