"""Machines as written."""

from pydantic import Field

from kmtopo.model.entry import Entry
from kmtopo.model.names import Ip, Text, Title
from kmtopo.model.quantities import CostText, Cpu, Size


class CapacityEntry(Entry):
    """How much a machine has, or keeps back."""

    cpu: Cpu | None = Field(None, description="Cores.")
    memory: Size | None = Field(None, description="Memory, such as 32GiB.")
    disk: Size | None = Field(None, description="Disk, such as 480GiB.")


class AlternativeEntry(Entry):
    """What else could carry the system, and its price."""

    title: Title | None = None
    cost: CostText | None = None


class VpsEntry(Entry):
    """A machine that containers run on; a laptop may be one."""

    title: Title | None = Field(None, description="Its name for people.")
    provider: Title | None = Field(None, description="Who rents it out.")
    os: Title | None = Field(None, description="Operating system, such as Debian 12.")
    engine: Text | None = Field(None, description='Version of Docker Engine, such as ">=25".')
    address: Ip | None = Field(None, description="Public address; published ports bind to it.")
    private_address: Ip | None = Field(None, description="Address on the private network between machines.")
    location: Title | None = Field(None, description="Where it stands.")
    capacity: CapacityEntry | None = Field(None, description="What it has.")
    reserve: CapacityEntry | None = Field(None, description="What containers leave to the system.")
    cost: CostText | None = Field(None, description="Price, such as 250 USD/month.")
    alternatives: list[AlternativeEntry] | None = Field(None, description="What else was considered, with prices.")
