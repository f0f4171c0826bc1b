"""Generated Nginx folders in front of applications that answer with what they were told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kmtopo.plugin import Artifact, Container, Diagnostic, Graph
from kmtopo_nginx import NginxOptions, generator
from realtools.nginx import Answer, Nginx, relocate, running
from realtools.nginx_upstreams import Application, HttpApplication, PhpApplication, serving


@dataclass(frozen=True)
class World:
    """A running Nginx, the folder that it was generated as, and the applications behind it by name."""

    graph: Graph
    tree: Path
    nginx: Nginx
    applications: dict[str, Application]

    def ask(self, host: str, path: str = "/", **more: Any) -> Answer:
        """Asks as a browser would: over TLS where this world has it."""
        secure = {"port": 443, "sni": host} if self.graph.deployment.tls.is_ours else {}
        return self.nginx.ask(host, path, **{**secure, **more})


def generated(graph: Graph, options: NginxOptions | None = None) -> dict[str, str]:
    """Returns the content of every generated file by path."""
    return {str(artifact.path): artifact.content for artifact in artifacts(graph, options)}


def artifacts(graph: Graph, options: NginxOptions | None = None) -> list[Artifact]:
    """Returns what the generator makes, which reports nothing."""
    made = list(generator.generate(graph, options or NginxOptions(), None))
    assert [item for item in made if isinstance(item, Diagnostic)] == []
    return [item for item in made if isinstance(item, Artifact)]


def write(graph: Graph, folder: Path, options: NginxOptions | None = None, name: str = "nginx") -> Path:
    """Writes the files of one proxy; returns its folder."""
    for path, content in generated(graph, options).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    proxy = graph.deployment.containers[name]
    return folder / proxy.vps / proxy.runtime.folders[0].name


@contextmanager
def world(graph: Graph, folder: Path, options: NginxOptions | None = None, name: str = "nginx") -> Iterator[World]:
    """Runs a proxy of the graph and everything that its routes lead to."""
    proxy = graph.deployment.containers[name]
    applications = {
        route.to: (PhpApplication if route.port.protocol == "fastcgi" else HttpApplication)(route.to)
        for route in proxy.routes
    }
    tree = write(graph, folder / "generated", options, name)
    copy = relocate(tree, folder / "copy", {name: a.port for name, a in applications.items()})
    with serving(*applications.values()), running(copy) as nginx:
        yield World(graph, tree, nginx, applications)


def with_proxy(graph: Graph, proxy: Container, **changes: Any) -> Graph:
    """Returns the graph with another proxy, and other parts of its deployment."""
    vps = graph.deployment.containers["nginx"].vps
    containers = {**graph.deployment.containers, proxy.name: replace(proxy, vps=vps)}
    deployment = replace(graph.deployment, containers=dict(sorted(containers.items())), **changes)
    return replace(graph, deployment=deployment)
