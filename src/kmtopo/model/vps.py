"""Machines as written."""

from kmtopo.model.entry import Entry
from kmtopo.model.names import Ip, Text, Title
from kmtopo.model.quantities import CostText, Cpu, Size
from kmtopo.records import field


class CapacityEntry(Entry):
    """How much a machine has, or keeps back."""

    cpu: Cpu | None = field(None, description="Cores; limits of CPU may be twice as many.", examples=[8])
    memory: Size | None = field(None, description="Memory that all limits together stay below.", examples=["32GiB"])
    disk: Size | None = field(None, description="Disk that volumes fill to 80 % at most.", examples=["480GiB"])


class AlternativeEntry(Entry):
    """What else could carry the system, and its price."""

    title: Title | None = field(None, description="Its name for people.", examples=["Managed cloud"])
    cost: CostText | None = field(None, description="Its price, or a range of prices.", examples=["400-700 USD/month"])


class VpsEntry(Entry):
    """A machine that containers run on; a laptop may be one."""

    title: Title | None = field(None, description="Its name for people.")
    provider: Title | None = field(None, description="Who rents it out.", examples=["Hetzner"])
    os: Title | None = field(None, description="Operating system.", examples=["Debian 12"])
    engine: Text | None = field(None, description="Versions of Docker Engine that it has.", examples=[">=25"])
    address: Ip | None = field(
        None, description="Public address; published ports bind to it.", examples=["203.0.113.10"]
    )
    private_address: Ip | None = field(
        None, description="Address on the network between machines; calls that cross use it.", examples=["10.0.0.10"]
    )
    location: Title | None = field(None, description="Where it stands.", examples=["Frankfurt"])
    capacity: CapacityEntry | None = field(None, description="What it has; all environments on it are added up.")
    reserve: CapacityEntry | None = field(None, description="What containers leave to the system.")
    cost: CostText | None = field(None, description="Price, a range too.", examples=["250 USD/month"])
    alternatives: list[AlternativeEntry] | None = field(None, description="What else was considered, with prices.")
