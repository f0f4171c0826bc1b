"""A name server that answers with the generated hosts file and asks nobody else."""

from __future__ import annotations

from kmtopo.plugin import ContainerType, Folder, Port, Runtime, Setting, scratch

HOSTS = "/etc/kmtopo/hosts"
MIB = 1024**2


def runtime(setting: Setting) -> Runtime:
    """Equips the server: it takes a privileged port, then becomes another user."""
    return Runtime(
        command=("dnsmasq", "--keep-in-foreground", "--no-hosts", "--no-resolv", f"--hostsdir={HOSTS}"),
        capabilities=("NET_BIND_SERVICE", "SETGID", "SETUID"),
        tmpfs=(scratch("/run", setting.memory, MIB),),
        folders=(Folder(setting.folder, HOSTS),),
        pids=16,
    )


DNSMASQ = ContainerType(
    name="dnsmasq",
    title="dnsmasq",
    role="service",
    icon="box",
    kind=(("en", "name server"), ("es", "servidor de nombres")),
    runtime=runtime,
    port=Port(53, "dns", "udp"),
)
