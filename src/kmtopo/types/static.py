"""Static: files behind an unprivileged web server, such as a built single-page application."""

from __future__ import annotations

from kmtopo.types.memory import MIB, TMP, scratch
from kmtopo.types.runtime import ContainerType, Healthcheck, Port, Runtime, Setting, http_probe

PORT = Port(8080)


def runtime(setting: Setting) -> Runtime:
    """Equips a server of files, which needs no privilege whatever its image would start as."""
    port = setting.port or PORT
    return Runtime(
        # The user of the unprivileged Nginx images; others serve readable files as anybody.
        user="101:101",
        tmpfs=(
            scratch("/run", setting.memory, MIB),
            scratch(TMP, setting.memory, 32 * MIB),
            scratch("/var/cache/nginx", setting.memory, 32 * MIB),
        ),
        healthcheck=Healthcheck(("CMD-SHELL", http_probe(port.number, "/"))),
        pids=128,
    )


STATIC = ContainerType(
    name="static",
    title="",
    role="service",
    icon="browser",
    kind=(("en", "static site"), ("es", "sitio estático")),
    runtime=runtime,
    port=PORT,
)
