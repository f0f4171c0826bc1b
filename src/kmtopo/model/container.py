"""Containers as written, in canonical form: each short form stands for its long one."""

from typing import Annotated, Any

from kmtopo.model.entry import FALSE, LISTED_ROUTES, SCALAR, SCALARS, STRING, Entry
from kmtopo.model.names import (
    NAMES,
    PUBLISHED,
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
from kmtopo.model.quantities import SIZE, Cpu, Duration, RateText, Size, reject
from kmtopo.model.references import referring
from kmtopo.records import Reader, Short, field


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


Command = Annotated[str | list[str], Reader(command, {"anyOf": [STRING, SCALARS]})]
EnvValue = Annotated[str, Reader(env_value, SCALAR)]


class ResourcesEntry(Entry):
    """What one replica may use at most."""

    cpu: Cpu | None = field(None, description="Cores, such as 0.5.")
    memory: Size | None = field(None, description="Memory; the kernel ends what takes more.")


class CallEntry(Entry):
    """How another container is called."""

    for_: list[Text] | None = field(
        None,
        alias="for",
        description="What for: words that the callee's type knows, or free ones.",
        examples=[["cache", "sessions", "queue"], ["reports"]],
    )
    optional: Flag | None = field(
        None, description="Whether the caller works, degraded, without it; such a call may close a cycle."
    )


class RouteEntry(Entry):
    """Where a proxy sends a path."""

    to: Slug | None = field(None, description="The container that answers; a route is a declared call.")
    websocket: Flag | None = field(None, description="Whether connections may become WebSockets.")
    body: Size | None = field(None, description="Largest request body.", examples=["20MiB"])
    timeout: Duration | None = field(None, description="How long an answer may take.", examples=["60s"])
    rate: RateText | None = field(None, description="Requests per client; a tenant's limit wins.")
    strip: Flag | None = field(
        None, description="Whether the callee sees the path without its prefix; unchanged otherwise."
    )


class VolumeEntry(Entry):
    """A named volume, or a folder of the project (development only)."""

    path: ContainerPath | None = field(None, description="Where the container sees it; a store knows its own.")
    size: Size | None = field(None, description="How large it may grow; planned, not enforced.")
    bind: ProjectPath | None = field(
        None, description="A folder relative to the topology's, in `stage: development` only."
    )


class BuildEntry(Entry):
    """How an image is built."""

    context: ProjectPath | None = field(None, description="The folder that is built, relative to the topology's.")
    dockerfile: ProjectPath | None = field(
        None, description="The Dockerfile, relative to the context.", examples=["docker/Dockerfile"]
    )
    target: Text | None = field(None, description="The stage of the Dockerfile to stop at.", examples=["runtime"])
    args: dict[EnvKey, EnvValue | None] | None = field(None, description="Arguments of the build; never secrets.")


class HealthcheckEntry(Entry):
    """How to see that a container is well."""

    http: Annotated[RoutePath | None, field(description="A path that answers 2xx.", examples=["/up"])] = None
    command: Command | None = field(
        None, description="A command that exits 0 while it is well.", examples=[["pg_isready", "-q"]]
    )
    off: Flag | None = field(None, description="No health check; written `healthcheck: false`.")


class ContainerEntry(Entry):
    """Something that runs."""

    type: Text | None = field(None, description="A type of the catalogue, which knows port, health check and more.")
    title: Title | None = field(None, description="Its name for people.")
    purpose: Prose | None = field(None, description="What it is for.")
    image: Image | None = field(None, description="Image with tag, or digest.")
    build: Annotated[BuildEntry | None, Short(STRING)] = field(
        None, description="How the image is built, in the place of `image`; a text is the context."
    )
    vps: Slug | None = field(None, description="The machine; not needed where there is one.")
    networks: list[Slug] | None = field(
        None, description="The segments it joins; with exactly one there, it need not be named."
    )
    port: PortText | None = field(None, description="Where it listens; calls and routes take it from here.")
    uses: Annotated[dict[Slug, CallEntry | None] | None, Short(NAMES)] = field(
        None, description="Whom it calls: a list, or a mapping that says more of each; `null` removes one."
    )
    routes: Annotated[dict[RoutePath, Annotated[RouteEntry | None, Short(STRING)]] | None, Short(LISTED_ROUTES)] = (
        field(None, description="Which path goes where; whoever has routes is a proxy. The longest prefix wins.")
    )
    publish: Annotated[list[Publish] | None, Short(PUBLISHED)] = field(
        None, description="Ports of the machine that lead here, in Compose's strings; bound to its `address`."
    )
    replicas: Count | None = field(None, description="How many of it run at once.")
    resources: ResourcesEntry | None = field(None, description="Limits of one replica.")
    volumes: dict[Slug, Annotated[VolumeEntry | None, Short(SIZE)]] | None = field(
        None, description="What is kept: a volume by name, with its path and size; a text is the size."
    )
    env: dict[EnvKey, EnvValue | None] | None = field(
        None, description="Environment variables; the text stays as written."
    )
    secrets: list[SecretName] | None = field(
        None, description="Secrets that it may read, as files below /run/secrets.", examples=[["mail_password"]]
    )
    command: Command | None = field(
        None, description="What runs instead of the type's command.", examples=["npm run start"]
    )
    process: Text | None = field(
        None, description="Which process of a shared image it is.", examples=["web", "queue", "scheduler", "migrate"]
    )
    once: Flag | None = field(None, description="Whether it runs to completion before what uses it starts.")
    healthcheck: Annotated[HealthcheckEntry | None, Short(FALSE)] = field(
        None, description="How to see that it is well; `false` for not at all."
    )
    extends: Slug | None = field(
        None,
        description="The container whose keys it has where it says nothing: all but title, publish, routes, replicas.",
    )
    host: HostName | None = field(None, description="Where an `external` system is reached: a host name or an address.")
