"""Nginx: the way in. It runs on a generated folder and keeps nothing but its certificates."""

from __future__ import annotations

from kmtopo.types.memory import MIB, TMP, scratch
from kmtopo.types.naming import certificate
from kmtopo.types.runtime import (
    ContainerType,
    ExtraVolume,
    Folder,
    GivenFile,
    Healthcheck,
    Port,
    Runtime,
    Setting,
    http_probe,
)

CONFIGURATION = "/etc/kmtopo/nginx"
ACME_STATE = "/var/lib/kmtopo/acme"
CERTIFICATE, KEY = "/etc/kmtopo/tls/certificate.pem", "/etc/kmtopo/tls/key.pem"
HEALTH_PORT = 8081


def runtime(setting: Setting) -> Runtime:
    """Equips a proxy: its configuration, the places it writes to, and its certificates by the environment's TLS."""
    return Runtime(
        command=("nginx", "-c", f"{CONFIGURATION}/nginx.conf", "-g", "daemon off;"),
        capabilities=_capabilities(setting),
        tmpfs=(
            scratch("/run", setting.memory, MIB, mode=0o755),
            scratch(TMP, setting.memory, 16 * MIB),
            # Bodies of requests on their way to the application: half of the memory, so that an upload fits.
            scratch("/var/cache/nginx", setting.memory, 128 * MIB, percent=50, mode=0o755),
        ),
        folders=(Folder(setting.folder, CONFIGURATION),),
        files=_files(setting),
        volumes=(ExtraVolume(f"{setting.name}-acme", ACME_STATE),) if setting.tls_mode == "acme" else (),
        secrets=certificate(setting.name) if setting.tls_mode == "self-signed" else (),
        healthcheck=Healthcheck(("CMD-SHELL", http_probe(HEALTH_PORT, "/healthz"))),
        stop_signal="SIGQUIT",
        stop_grace=30,
    )


def _capabilities(setting: Setting) -> tuple[str, ...]:
    # The master gives its folders to the workers' user and starts them as that user. The ACME module's
    # state is such a folder, 0700: without DAC_OVERRIDE the next master, root as it is, could not read it,
    # and would ask for every certificate anew until the authority refuses. A key that was given may be its owner's.
    reading = ("DAC_OVERRIDE",) if setting.tls_mode in ("acme", "files") else ()
    return ("CHOWN", *reading, "SETGID", "SETUID")


def _files(setting: Setting) -> tuple[GivenFile, ...]:
    if setting.tls_files is None:
        return ()
    certificate, key = setting.tls_files
    return GivenFile(certificate, CERTIFICATE), GivenFile(key, KEY)


NGINX = ContainerType(
    name="nginx",
    title="Nginx",
    role="proxy",
    icon="nginx",
    kind=(("en", "reverse proxy"), ("es", "proxy inverso")),
    runtime=runtime,
    port=Port(80),
)
