"""Environments as written, less their overlays: those are entries of their own."""

from typing import Annotated, Literal

from kmtopo.model.entry import FALSE, STRING, Entry
from kmtopo.model.names import Count, DomainPattern, GivenPath, Slug, Subnet, Title
from kmtopo.model.quantities import Factor
from kmtopo.records import Short, field

Keeper = Literal["file", "env", "sops"]
TLS = {"enum": ["acme", "self-signed", "external"]}


class ScaleEntry(Entry):
    """How much of the base's size: cpu, memory and disk multiply, replicas is a ceiling."""

    cpu: Factor | None = field(None, description="What limits of CPU are multiplied by.")
    memory: Factor | None = field(None, description="What limits of memory are multiplied by.")
    disk: Factor | None = field(None, description="What sizes of volumes are multiplied by.")
    replicas: Count | None = field(None, description="How many replicas a container has at most.")


class TlsEntry(Entry):
    """Who ends TLS."""

    mode: Literal["acme", "self-signed", "external", "files", "off"] | None = field(
        None, description="How: `acme` asks for certificates by itself, `external` ends before us."
    )
    trusted: list[Subnet] | None = field(
        None, description="Whose X-Forwarded headers are believed, where TLS ends before us."
    )
    certificate: GivenPath | None = field(
        None, description="The certificate and its chain: a file of the machine, or relative to the topology's folder."
    )
    key: GivenPath | None = field(
        None, description="Its private key, a file like the certificate; kmtopo never reads it."
    )


class EnvironmentEntry(Entry):
    """A world: development, test, production."""

    title: Title | None = field(None, description="Its name for people.", examples=["Production"])
    stage: Literal["development", "test", "production"] | None = field(
        None, description="What it is for, and so how strict the rules are; production is the strictest."
    )
    extends: Slug | None = field(None, description="The environment that it has everything of where it says nothing.")
    domain: Annotated[list[DomainPattern] | None, Short(STRING)] = field(
        None,
        description="Its hosts in the place of all others; `{tenant}` stands for each tenant. Several sites: a mapping.",
    )
    sites: dict[Slug, list[DomainPattern] | None] | None = field(None, hidden=True)
    tls: Annotated[TlsEntry | None, Short(TLS, FALSE)] = field(
        None, description="Who ends TLS: Nginx with certificates of its own, somebody before us, or `false` for nobody."
    )
    scale: Annotated[ScaleEntry | None, Short({"type": "number", "exclusiveMinimum": 0, "examples": [0.25]})] = field(
        None, description="How large it is beside the base; a number is for cpu and memory."
    )
    everything_on: Slug | None = field(None, hidden=True)
    only_tenants: list[Slug] | None = field(None, hidden=True)
    secrets: Keeper | None = field(None, description="Who keeps the values of secrets, where not the topology's.")
