"""Zones, tenancy and tenants as written."""

from typing import Annotated, Literal

from kmtopo.model.container import ResourcesEntry
from kmtopo.model.entry import STRING, Entry
from kmtopo.model.names import Count, Domain, DomainPattern, Flag, Slug, Title
from kmtopo.model.quantities import RateText, Size
from kmtopo.records import Short, field

Placement = Literal["pooled", "dedicated"]


class ZoneEntry(Entry):
    """A region."""

    title: Title | None = field(None, description="Its name for people.")
    city: Title | None = field(None, description="Its main city.", examples=["San Pedro Sula"])


class LimitsEntry(Entry):
    """What one tenant may do."""

    rate: RateText | None = field(None, description="Requests per client.")
    body: Size | None = field(None, description="Largest request body; wins over a route's.", examples=["50MiB"])
    connections: Count | None = field(None, description="Connections at once per client.")


class TenantEntry(Entry):
    """A company."""

    title: Title | None = field(None, description="Its name for people.")
    zone: Slug | None = field(None, description="Where it is: one of `zones`.")
    branches: list[Title] | None = field(
        None, description="Its branches, by title.", examples=[["Harbour", "Old Town"]]
    )
    domain: Annotated[list[Domain] | None, Short(STRING)] = field(
        None, description="Its own hosts instead of the pattern."
    )
    placement: Placement | None = field(None, description="With others, or on containers of its own.")
    limits: LimitsEntry | None = field(None, description="What it may do; wins over what routes allow.")
    resources: ResourcesEntry | None = field(None, description="Limits of each copy, where dedicated.")
    central: Flag | None = field(None, description="Whether it is the central tenancy, which administers the others.")
    reads: Literal["all"] | None = field(None, description="What it reads of the others: `all`, writing none of it.")


class TenancyEntry(Entry):
    """How tenants are separated."""

    flavor: Literal["stancl", "spatie", "custom"] | None = field(
        None, description="Which tenancy package the application has: names and keys follow it."
    )
    domain: Annotated[list[DomainPattern] | None, Short(STRING)] = field(
        None, description="Hosts of every tenant; `{tenant}` stands for its slug."
    )
    stores: dict[Slug, Literal["database", "schema", "shared", "prefix"] | None] | None = field(
        None,
        description="By what each data store keeps tenants apart.",
        examples=[{"postgres": "database", "redis": "prefix"}],
    )
    placement: Placement | None = field(
        None, description="Whether tenants share containers, or have copies of their own; a tenant may differ."
    )
    dedicates: list[Slug] | None = field(None, description="Further containers that a dedicated tenant has a copy of.")
    connections: Count | None = field(None, description="Database connections that each role may have.", examples=[10])
    provisioning: Literal["kmtopo", "application"] | None = field(None, description="Who makes the tenants' databases.")
