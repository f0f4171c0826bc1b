"""Segments as written."""

from pydantic import Field

from kmtopo.model.entry import Entry
from kmtopo.model.names import Flag, Prose, Subnet, Title


class NetworkEntry(Entry):
    """A segment: two containers can talk only if they share one."""

    title: Title | None = Field(None, description="Its name for people.")
    purpose: Prose | None = Field(None, description="What it is for.")
    internal: Flag | None = Field(None, description="Whether it has no way in or out; `false` is the way in and out.")
    subnet: Subnet | None = Field(None, description="Its addresses; allocated from the `pool` where absent.")
    encrypted: Flag | None = Field(None, description="Whether traffic between machines is encrypted.")
