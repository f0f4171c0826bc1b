"""Records: values by name as they stand in a file, validated by pydantic-core.

A record is declared as a pydantic model is, and pydantic makes its JSON Schema (``records.twin``). It is no pydantic
model because importing what these need takes longer than all else that a small topology needs (decision 0052).
"""

from __future__ import annotations

from kmtopo.records.declared import Field, Reader, Record, RecordT, Short, field, types_of, validated, written

__all__ = ["Field", "Reader", "Record", "RecordT", "Short", "field", "types_of", "validated", "written"]
