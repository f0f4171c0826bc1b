"""Zones, tenancy and tenants as written."""

from typing import Annotated, Literal

from pydantic import Field

from kmtopo.model.container import ResourcesEntry
from kmtopo.model.entry import STRING, Entry, Short
from kmtopo.model.names import Count, Domain, DomainPattern, Flag, Slug, Title
from kmtopo.model.quantities import RateText, Size

Placement = Literal["pooled", "dedicated"]


class ZoneEntry(Entry):
    """A region."""

    title: Title | None = None
    city: Title | None = None


class LimitsEntry(Entry):
    """What one tenant may do."""

    rate: RateText | None = Field(None, description="Requests per client.")
    body: Size | None = Field(None, description="Largest request body; wins over a route's.")
    connections: Count | None = Field(None, description="Connections at once per client.")


class TenantEntry(Entry):
    """A company."""

    title: Title | None = Field(None, description="Its name for people.")
    zone: Slug | None = Field(None, description="Where it is.")
    branches: list[Title] | None = Field(None, description="Its branches.")
    domain: Annotated[list[Domain] | None, Short(STRING)] = Field(
        None, description="Its own hosts instead of the pattern."
    )
    placement: Placement | None = Field(None, description="With others, or on containers of its own.")
    limits: LimitsEntry | None = None
    resources: ResourcesEntry | None = Field(None, description="Limits of each copy, where dedicated.")
    central: Flag | None = Field(None, description="Whether it is the central tenancy.")
    reads: Literal["all"] | None = Field(None, description="What it reads of the others.")


class TenancyEntry(Entry):
    """How tenants are separated."""

    flavor: Literal["stancl", "spatie", "custom"] | None = None
    domain: Annotated[list[DomainPattern] | None, Short(STRING)] = Field(None, description="Pattern of the hosts.")
    stores: dict[Slug, Literal["database", "schema", "shared", "prefix"] | None] | None = None
    placement: Placement | None = None
    dedicates: list[Slug] | None = Field(None, description="Containers that a dedicated tenant gets a copy of.")
    connections: Count | None = Field(None, description="Database connections per role (default 10).")
    provisioning: Literal["kmtopo", "application"] | None = Field(None, description="Who creates databases.")
