"""Segments as written."""

from kmtopo.model.entry import Entry
from kmtopo.model.names import Flag, Prose, Subnet, Title
from kmtopo.records import field


class NetworkEntry(Entry):
    """A segment: two containers can talk only if they share one."""

    title: Title | None = field(None, description="Its name for people.")
    purpose: Prose | None = field(None, description="What it is for.")
    internal: Flag | None = field(None, description="Whether it has no way in or out; `false` is the way in and out.")
    subnet: Subnet | None = field(None, description="Its addresses; allocated from the `pool` where absent.")
    encrypted: Flag | None = field(None, description="Whether traffic between machines is encrypted.")
