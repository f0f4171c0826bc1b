"""The project as written."""

from kmtopo.model.entry import Entry
from kmtopo.model.environment import Keeper
from kmtopo.model.names import Slug, Subnet, Title
from kmtopo.records import field


class ProjectEntry(Entry):
    """The scalars at the top of the file."""

    kmtopo: int | None = field(None, description="Version of the language: 1.", examples=[1])
    name: Slug | None = field(
        None, description="The project's slug; everything that is generated carries it.", examples=["kmmotos"]
    )
    title: Title | None = field(None, description="The project's name for people.")
    locale: str | None = field(None, description="Language of documents and pictures: `es` or `en`.")
    pool: Subnet | None = field(
        None, description="Where the subnets of networks are allocated from.", examples=["10.64.0.0/12"]
    )
    secrets: Keeper | None = field(
        None,
        description="Who keeps the values of secrets: files beside the topology, the target's environment, or SOPS.",
    )
