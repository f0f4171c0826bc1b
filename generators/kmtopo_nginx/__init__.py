"""Nginx: the proxy's whole configuration folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from kmtopo.plugin import Address, Artifact, Container, Diagnostic, Generator, Graph, Tools
from kmtopo_nginx import forwarding, images, tls
from kmtopo_nginx.directives import document
from kmtopo_nginx.front import Front, front
from kmtopo_nginx.locations import locations
from kmtopo_nginx.main import main
from kmtopo_nginx.options import NginxOptions
from kmtopo_nginx.servers import servers, tenants_map
from kmtopo_nginx.upstreams import dedicated

__all__ = ["NginxOptions", "generator"]


def generate(graph: Graph, options: NginxOptions, tools: Tools) -> Iterator[Artifact | Diagnostic]:  # noqa: ARG001
    """Yields a folder for each container of type ``nginx``."""
    for container in graph.deployment.containers.values():
        if container.type == "nginx" and container.runtime.folders:
            faced = front(graph.deployment, container, options)
            yield from images.findings(faced)
            yield from _artifacts(faced)


def _artifacts(faced: Front) -> Iterator[Artifact]:
    folder = _folder(faced.container)
    for name, (content, origins) in sorted(_files(faced).items()):
        yield Artifact(folder / name, content, origins=tuple(dict.fromkeys(origins)))


def _files(faced: Front) -> dict[str, tuple[str, tuple[Address, ...]]]:
    """The content of each file, and the parts of the topology that it came from."""
    proxy, secure = (faced.container.address,), (faced.deployment.tls.origin,) if faced.ends_tls else ()
    owners = tuple(owner.address for owner in faced.owners)
    routes = tuple(route.origin for route in faced.routes)
    files = {
        "nginx.conf": (document(main(faced)), (*proxy, *secure)),
        "servers.conf": (servers(faced), (*proxy, *secure, *owners)),
    }
    if faced.speaks_http:
        files["proxy_headers"] = (document(forwarding.headers(faced)), proxy)
    if faced.speaks_fastcgi:
        files["fastcgi_params"] = (document(forwarding.parameters(faced)), proxy)
    for policy, _ in faced.groups:
        files[policy.locations] = (document(locations(faced, policy)), (*proxy, *routes))
    if any(owner.tenant for owner in faced.owners):
        files["tenants.map"] = (tenants_map(faced), owners)
    if faced.copies:
        own = dict.fromkeys(copy.address for copies in faced.copies.values() for copy in copies)
        files["dedicated.conf"] = (document(dedicated(faced)), (*proxy, *own))
    if faced.ends_tls:
        files["tls.conf"] = (document(tls.of_server(faced)), secure)
    return files


def _folder(container: Container) -> PurePosixPath:
    return PurePosixPath(container.vps, container.runtime.folders[0].name)


generator = Generator(
    name="nginx",
    summary="reverse proxy: every tenant's hosts, TLS, limits and routes",
    options=NginxOptions,
    generate=generate,
)
