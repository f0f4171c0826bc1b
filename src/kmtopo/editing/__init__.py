"""Editing: the user's own files as new text, changed in places and otherwise left as they are."""

from __future__ import annotations

from kmtopo.editing.fixes import Edit, fixed, safe_edits
from kmtopo.editing.form import in_form

__all__ = ["Edit", "fixed", "in_form", "safe_edits"]
