"""Containers as written, in canonical form: each short form stands for its long one."""

from typing import Annotated, Any

from pydantic import Field

from kmtopo.model.entry import FALSE, SCALAR, STRING, STRINGS, Entry, Reader, Short
from kmtopo.model.names import (
    ContainerPath,
    Count,
    EnvKey,
    Flag,
    HostName,
    Image,
    PortText,
    ProjectPath,
    Prose,
    Publish,
    RoutePath,
    SecretName,
    Slug,
    Text,
    Title,
    text,
)
from kmtopo.model.quantities import Cpu, Duration, RateText, Size, reject
from kmtopo.model.references import referring


def command(value: Any) -> str | list[str]:
    """Accepts a line for a shell-like split, or the words themselves."""
    if isinstance(value, list):
        return [referring(word) for word in value]
    return referring(value)


def env_value(value: Any) -> str:
    """Accepts a value that env files can carry: one line, no NUL."""
    given = referring(text(value))
    if any(c in given for c in "\n\r\0") or (not given.isprintable() and any(ord(c) < 32 and c != "\t" for c in given)):
        reject("KM217")
    return given


Command = Annotated[str | list[str], Reader(command, {"anyOf": [STRING, STRINGS]})]
EnvValue = Annotated[str, Reader(env_value, SCALAR)]


class ResourcesEntry(Entry):
    """What one replica may use at most."""

    cpu: Cpu | None = None
    memory: Size | None = None


class CallEntry(Entry):
    """How another container is called."""

    for_: list[Text] | None = Field(
        None, alias="for", description="What for: words of the callee's type, or free ones."
    )
    optional: Flag | None = Field(None, description="Whether the caller works, degraded, without it.")


class RouteEntry(Entry):
    """Where a proxy sends a path."""

    to: Slug | None = Field(None, description="The container that answers.")
    websocket: Flag | None = None
    body: Size | None = Field(None, description="Largest request body.")
    timeout: Duration | None = Field(None, description="How long an answer may take.")
    rate: RateText | None = Field(None, description="Requests per client.")
    strip: Flag | None = Field(None, description="Whether the callee sees the path without its prefix.")


class VolumeEntry(Entry):
    """A named volume, or a folder of the project (development only)."""

    path: ContainerPath | None = Field(None, description="Where the container sees it.")
    size: Size | None = Field(None, description="How large it may grow; planned, not enforced.")
    bind: ProjectPath | None = Field(None, description="A folder relative to the topology's.")


class BuildEntry(Entry):
    """How an image is built."""

    context: ProjectPath | None = None
    dockerfile: ProjectPath | None = None
    target: Text | None = None
    args: dict[EnvKey, EnvValue | None] | None = None


class HealthcheckEntry(Entry):
    """How to see that a container is well."""

    http: Annotated[RoutePath | None, Field(description="A path that answers 2xx.")] = None
    command: Command | None = Field(None, description="A command that exits 0.")
    off: Flag | None = Field(None, description="No health check; written `healthcheck: false`.")


class ContainerEntry(Entry):
    """Something that runs."""

    type: Text | None = Field(None, description="A type of the catalogue.")
    title: Title | None = Field(None, description="Its name for people.")
    purpose: Prose | None = Field(None, description="What it is for.")
    image: Image | None = Field(None, description="Image with tag.")
    build: Annotated[BuildEntry | None, Short(STRING)] = Field(None, description="How the image is built.")
    vps: Slug | None = Field(None, description="The machine; not needed where there is one.")
    networks: list[Slug] | None = Field(None, description="The segments it joins.")
    port: PortText | None = Field(None, description="Where it listens.")
    uses: Annotated[dict[Slug, CallEntry | None] | None, Short(STRINGS)] = Field(None, description="Whom it calls.")
    routes: Annotated[dict[RoutePath, Annotated[RouteEntry | None, Short(STRING)]] | None, Short({"type": "array"})] = (
        Field(None, description="Which path goes where (proxies).")
    )
    publish: list[Publish] | None = Field(None, description="Ports of the machine that lead here.")
    replicas: Count | None = Field(None, description="How many copies run.")
    resources: ResourcesEntry | None = Field(None, description="Limits of one replica.")
    volumes: dict[Slug, Annotated[VolumeEntry | None, Short(STRING)]] | None = Field(None, description="What is kept.")
    env: dict[EnvKey, EnvValue | None] | None = Field(None, description="Environment variables.")
    secrets: list[SecretName] | None = Field(None, description="Secrets it may read.")
    command: Command | None = Field(None, description="What runs instead of the type's command.")
    process: Text | None = Field(None, description="Which process of a shared image: web, queue, scheduler, migrate.")
    once: Flag | None = Field(None, description="Whether it runs to completion before what uses it starts.")
    healthcheck: Annotated[HealthcheckEntry | None, Short(FALSE)] = Field(
        None, description="How to see that it is well."
    )
    extends: Slug | None = Field(None, description="A container to inherit from.")
    host: HostName | None = Field(None, description="Where an external system is reached.")
