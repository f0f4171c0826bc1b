"""Environments as written, less their overlays: those are entries of their own."""

from typing import Annotated, Literal

from pydantic import Field

from kmtopo.model.entry import FALSE, STRING, STRINGS, Entry, Short
from kmtopo.model.names import Count, DomainPattern, Slug, Subnet, Text, Title
from kmtopo.model.quantities import Factor

Keeper = Literal["file", "env", "sops"]


class ScaleEntry(Entry):
    """How much of the base's size: cpu, memory and disk multiply, replicas is a ceiling."""

    cpu: Factor | None = None
    memory: Factor | None = None
    disk: Factor | None = None
    replicas: Count | None = None


class TlsEntry(Entry):
    """Who ends TLS."""

    mode: Literal["acme", "self-signed", "external", "files", "off"] | None = None
    trusted: list[Subnet] | None = Field(None, description="Whose X-Forwarded headers are believed (external).")
    certificate: Text | None = None
    key: Text | None = None


class EnvironmentEntry(Entry):
    """A world: development, test, production."""

    title: Title | None = None
    stage: Literal["development", "test", "production"] | None = None
    extends: Slug | None = None
    domain: Annotated[list[DomainPattern] | None, Short(STRING)] = None
    sites: dict[Slug, list[DomainPattern] | None] | None = Field(None, exclude=True)
    tls: Annotated[TlsEntry | None, Short(STRING, FALSE)] = None
    scale: Annotated[ScaleEntry | None, Short({"type": "number"})] = None
    everything_on: Slug | None = Field(None, exclude=True)
    only_tenants: list[Slug] | None = Field(None, exclude=True)
    secrets: Keeper | None = Field(None, description="Who keeps the values of secrets, where not the topology's.")


OVERLAYS: dict[str, dict[str, object]] = {"vps": STRING, "tenants": STRINGS}
