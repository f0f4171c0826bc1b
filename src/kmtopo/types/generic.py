"""Types that know little: any service, any data store, and systems that others run."""

from __future__ import annotations

from kmtopo.types.runtime import ContainerType, Runtime, Setting

# What images need that start as root, prepare their folders and step down. KILL: Docker's init stays root
# and could not pass the stop signal on to them.
STEP_DOWN = ("CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "SETGID", "SETUID")


def _service(_setting: Setting) -> Runtime:
    return Runtime(capabilities=STEP_DOWN, read_only=False, secret_shim=True, pids=512, stop_grace=30)


def _store(_setting: Setting) -> Runtime:
    # Images of data stores read ``<name>_FILE``.
    return Runtime(capabilities=STEP_DOWN, read_only=False, pids=512, stop_grace=60)


def _external(_setting: Setting) -> Runtime:
    return Runtime()


GENERIC = ContainerType(
    name="generic",
    title="",
    role="service",
    icon="box",
    kind=(("en", "service"), ("es", "servicio")),
    runtime=_service,
)
STORE = ContainerType(
    name="store",
    title="",
    role="database",
    icon="disk",
    kind=(("en", "data store"), ("es", "almacén de datos")),
    runtime=_store,
)
EXTERNAL = ContainerType(
    name="external",
    title="",
    role="external",
    icon="cloud",
    kind=(("en", "external system"), ("es", "sistema externo")),
    runtime=_external,
)
