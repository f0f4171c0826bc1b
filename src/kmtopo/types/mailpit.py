"""Mailpit: takes every message and delivers none; a page shows them."""

from __future__ import annotations

from kmtopo.types.memory import MIB, TMP, scratch
from kmtopo.types.runtime import ContainerType, Healthcheck, Port, Runtime, Setting


def runtime(setting: Setting) -> Runtime:
    """Equips a mailbox that lives in memory. Its page is on port 8025."""
    return Runtime(
        user="65534:65534",
        tmpfs=(scratch(TMP, setting.memory, 64 * MIB, percent=50),),
        healthcheck=Healthcheck(("CMD", "/mailpit", "readyz")),
        pids=64,
    )


MAILPIT = ContainerType(
    name="mailpit",
    title="Mailpit",
    role="mail",
    icon="mail",
    kind=(("en", "test mailbox"), ("es", "buzón de pruebas")),
    runtime=runtime,
    port=Port(1025, "smtp"),
    purposes=("mail",),
)
