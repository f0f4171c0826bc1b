"""What all entries of the file have in common."""

from __future__ import annotations

from typing import Any

from kmtopo.records import Record


class Entry(Record):
    """An item of the file, each key optional: an overlay says only what differs, ``null`` removes.

    What an item must have in the end is asked of the resolved one, where inheritance is done.
    """

    # Modules of entries do without `annotations` from `__future__`: each text would have to be compiled again.


STRING: dict[str, Any] = {"type": "string"}
STRINGS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean"]}
SCALARS: dict[str, Any] = {"type": "array", "items": SCALAR}
FALSE: dict[str, Any] = {"const": False}
# The list form of routes, in which each says its path itself; the schema has an entry of its own for it.
LISTED_ROUTES: dict[str, Any] = {"type": "array", "items": {"$ref": "#/$defs/ListedRoute"}}
