"""Renames and patches as written."""

from typing import Any

from kmtopo.model.entry import Entry
from kmtopo.model.names import Prose, Text
from kmtopo.records import field


class MovedEntry(Entry):
    """What an item was called before; it keeps what kmtopo.lock holds for it."""

    from_: Text | None = field(None, alias="from", description="The former address.", examples=["tenants.la-esperanza"])
    to: Text | None = field(None, description="The address that it has now.", examples=["tenants.esperanza"])
    why: Prose | None = field(None, description="Why it was renamed.")


class PatchEntry(Entry):
    """A change of a built file that the language has no word for, and why."""

    file: Text | None = field(
        None,
        description="The file below build/; the environment may be a glob.",
        examples=["produccion/principal/compose.yaml", "*/principal/compose.yaml"],
    )
    set_: Text | None = field(
        None, alias="set", description="What gets the value.", examples=["services.nginx.mem_swappiness", "TZ"]
    )
    delete: Text | None = field(None, description="What is taken out.", examples=["services.nginx.init"])
    value: Any = field(None, description="The value, with `set`.")
    why: Prose | None = field(None, description="Why the language is left; `build` lists it.")
