"""How one proxy meets its clients: where it listens, who ends TLS, whom it believes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kmtopo.plugin import Container, Deployment, Route, frozen
from kmtopo_nginx import names
from kmtopo_nginx.copies import Copy, copies, variable
from kmtopo_nginx.options import NginxOptions
from kmtopo_nginx.owners import Owner, Policy, groups, owners

TLS_PORT = 443
_HTTP_PORT = 80


@frozen
class Front:
    """One proxy in one environment, as every part of its configuration needs it.

    ``trusted`` are the senders whose X-Forwarded headers count: None where clients connect directly.
    ``https_port`` is the machine's port that leads to ours, None where this proxy ends no TLS. Without
    ``owners`` it answers whoever asks; ``groups`` are the owners under each policy. ``routes`` are those of the file,
    each once; where dedicated tenants have copies of its callee, ``copies`` says whose requests go to which.
    """

    container: Container
    deployment: Deployment
    options: NginxOptions
    routes: tuple[Route, ...]
    copies: Mapping[str, tuple[Copy, ...]]
    owners: tuple[Owner, ...]
    groups: tuple[tuple[Policy, tuple[Owner, ...]], ...]
    http_port: int
    https_port: int | None
    public_port: int
    trusted: tuple[str, ...] | None

    @property
    def ends_tls(self) -> bool:
        """Whether this proxy ends TLS."""
        return self.https_port is not None

    @property
    def uses_acme(self) -> bool:
        """Whether Nginx gets a certificate for each owner by itself."""
        return self.ends_tls and self.deployment.tls.mode == "acme"

    @property
    def is_strict(self) -> bool:
        """Whether limits and refusals that would hinder a developer apply."""
        return self.deployment.environment.stage != "development"

    @property
    def authority(self) -> str:
        """The host with the port that clients see, where that is known and not the usual one."""
        usual = TLS_PORT if self.ends_tls else _HTTP_PORT
        return "$host" if self.trusted is not None or self.public_port == usual else f"$host:{self.public_port}"

    @property
    def speaks_fastcgi(self) -> bool:
        """Whether a route leads to PHP."""
        return any(is_fastcgi(route) for route in self.routes)

    @property
    def speaks_http(self) -> bool:
        """Whether a route leads to anything else."""
        return not all(is_fastcgi(route) for route in self.routes)

    def callees(self) -> tuple[Route, ...]:
        """One route for each container that this proxy forwards to for all tenants, by name."""
        shared = (route for route in self.container.routes if route.tenant is None)
        return tuple({route.to: route for route in sorted(shared, key=lambda route: route.to)}.values())

    def target(self, route: Route) -> str:
        """The group of servers that answers on a route, or the variable that names each tenant's own."""
        callee = self.deployment.containers.get(route.to)
        name = callee.original if callee and callee.tenant else route.to
        return variable(name) if name in self.copies else names.slug(route.to)


def is_fastcgi(route: Route) -> bool:
    """Tells whether PHP answers on a route."""
    return route.port.protocol == "fastcgi"


def front(deployment: Deployment, container: Container, options: NginxOptions) -> Front:
    """Works out how a proxy of the deployment meets its clients."""
    http_port = container.port.number if container.port else _HTTP_PORT
    https_port = _published(container, TLS_PORT) if deployment.tls.is_ours else None
    routes = _declared(container.routes)
    owned = owners(deployment, routes)
    return Front(
        container=container,
        deployment=deployment,
        options=options,
        routes=routes,
        copies=copies(deployment, container.routes),
        owners=owned,
        groups=groups(owned),
        http_port=http_port,
        https_port=https_port,
        public_port=https_port or _published(container, http_port) or _HTTP_PORT,
        trusted=_trusted(deployment, container),
    )


def _declared(routes: Iterable[Route]) -> tuple[Route, ...]:
    """The routes as the file has them: those that dedicated tenants have beside them differ in their callee alone."""
    first: dict[tuple[str | None, str], Route] = {}
    for route in routes:
        first.setdefault((route.site, route.path), route)
    return tuple(first.values())


def _published(container: Container, port: int) -> int | None:
    return min((p.host_port for p in container.publications if p.container_port == port), default=None)


def _trusted(deployment: Deployment, container: Container) -> tuple[str, ...] | None:
    """Whoever stands in front: the declared proxies, or (where nothing is published) another proxy of ours."""
    if deployment.tls.mode == "external":
        return tuple(map(names.cidr, deployment.tls.trusted))
    if container.publications:
        return None
    near = tuple(names.cidr(deployment.networks[name].subnet) for name in container.networks)
    return near + tuple(names.cidr(ip) for ip in sorted(_distant(deployment, container)))


def _distant(deployment: Deployment, container: Container) -> set[str]:
    """The private addresses that proxies on other machines come from."""
    proxies = (c for c in deployment.containers.values() if c.vps != container.vps)
    machines = {c.vps for c in proxies if any(route.to == container.name for route in c.routes)}
    return {ip for name in machines if (ip := deployment.vps[name].private_ip)}
