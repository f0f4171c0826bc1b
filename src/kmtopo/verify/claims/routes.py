"""Claim: a request for each host and path goes to the container that the deployment names, at its port, by its protocol."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kmtopo.diagnostics import Term
from kmtopo.resolve.deployment import Container, Deployment, Host, Route
from kmtopo.verify.claims.services import pairs
from kmtopo.verify.facts import Due, Finding, Said, Subject, compare
from kmtopo.verify.readers.nginx_files import Configuration, Directive, Passing, listens, names_of
from kmtopo.verify.rebuilt import Rebuilt, Service, Stack

CODE = "KM753"
_DEFAULT_BODY = "1m"


class Proxies:
    """The proxies of an environment with what each of them reads, rebuilt once for all claims about them."""

    def __init__(self, rebuilt: Rebuilt, deployment: Deployment, folder: Path) -> None:
        """Reads the configuration that each service's own command names.

        Raises:
            Unreadable: crossplane refuses one.
        """
        containers = {service.name: container for service, container in pairs(rebuilt, deployment)}
        self.deployment, self.rebuilt = deployment, rebuilt
        self.each: list[tuple[Stack, Service, Container, Configuration]] = []
        for stack, service in rebuilt.services():
            file = _main_file(rebuilt, stack, service)
            if file and service.name in containers:
                self.each.append((stack, service, containers[service.name], Configuration(folder, file)))
        self._ways_in = dict(_ways_in(rebuilt))

    def callee(self, stack: Stack, address: str) -> str:
        """Returns who answers at ``IP:PORT`` of another machine, as ``NAME:PORT`` of its own; any other address as it is."""
        machine, name = self._ways_in.get(address, (stack.machine, address))
        return address if machine == stack.machine else name


def routes(proxies: Proxies) -> Iterator[Finding]:
    """Follows every host and path of each proxy, and paths that only look like one; what many hosts share is told once."""
    for stack, service, container, nginx in proxies.each:
        told: set[tuple[object, ...]] = set()
        for host in _hosts(proxies.deployment, container):
            server = _serving(nginx, host.name)
            if server is None:
                subject = Subject(CODE, Term("host"), service.name)
                yield Finding(subject, nginx.http.place, "missing", "", host.name, host.origin)
                continue
            for path, route in _probes(_routes(proxies.deployment, container, host)):
                passing = nginx.passing(server, path, host.name)
                due = _wanted(route, _body(route, host, proxies.deployment))
                said = _built(passing, route, proxies.callee(stack, passing.server))
                if said != due and (passing.place, said, due) not in told:
                    told.add((passing.place, said, due))
                    subject = Subject(CODE, Term("route"), f"{host.name}{path}")
                    yield Finding(subject, passing.place, "", said, due, route.origin)


def hosts(proxies: Proxies) -> Iterator[Finding]:
    """Holds the names that a proxy's servers answer to equal to the hosts of the deployment."""
    for _, service, container, nginx in proxies.each:
        wanted = {host.name: Due("", host.origin) for host in _hosts(proxies.deployment, container) if host.name}
        built = {name: Said("", place) for server in nginx.servers for name, place in names_of(server).items()}
        yield from compare(
            Subject(CODE, Term("host"), service.name), built, wanted, nginx.http.place, container.address
        )


def upstreams(proxies: Proxies) -> Iterator[Finding]:
    """Sees that every upstream is a container on a network of the proxy's, at the port where it listens."""
    for stack, service, container, nginx in proxies.each:
        for upstream in nginx.upstreams.values():
            for server in upstream.named("server"):
                name, _, port = proxies.callee(stack, server.arguments[0]).partition(":")
                called = proxies.deployment.containers.get(name)
                listens_on = str(called.port.number) if called and called.port else ""
                subject = Subject(CODE, Term("upstream"), service.name)
                if called is None or not _reaches(stack, service, name):
                    yield Finding(subject, server.place, "unreachable", name, origin=container.address)
                elif port != listens_on:
                    yield Finding(subject, server.place, "", f"{name}:{port}", f"{name}:{listens_on}", called.address)


def listening(proxies: Proxies) -> Iterator[Finding]:
    """Sees that a server listens wherever requests come in, by TLS where the environment ends it."""
    for _, service, container, nginx in proxies.each:
        ports = {port: words for server in nginx.servers for port, words in listens(server).items()}
        entries = {container.port.number if container.port else 0, 443 if proxies.deployment.tls.is_ours else 0}
        for one in container.publications:
            if one.container_port in entries and str(one.container_port) not in ports:
                subject = Subject(CODE, Term("port"), service.name)
                yield Finding(subject, nginx.http.place, "missing", "", str(one.container_port), one.origin)
        ends_tls = proxies.deployment.tls.is_ours and any(p.container_port == 443 for p in container.publications)
        for host in _hosts(proxies.deployment, container) if ends_tls else ():
            server = _serving(nginx, host.name)
            if server and not any("ssl" in w for w in listens(server).values()):
                tls = proxies.deployment.tls.origin
                yield Finding(Subject(CODE, Term("host"), service.name), server.place, "", host.name, "TLS", tls)


def _ways_in(rebuilt: Rebuilt) -> Iterator[tuple[str, tuple[str, str]]]:
    """Every port of a machine that leads to a service, as ``IP:PORT``, with the machine and the service's own port."""
    for stack, service in rebuilt.services():
        for port in service.ports:
            address, _, own = port.partition("->")
            yield address, (stack.machine, f"{service.name}:{own.partition('/')[0]}")


def _main_file(rebuilt: Rebuilt, stack: Stack, service: Service) -> str | None:
    words = service.command
    if "nginx" in words[:1] and "-c" in words:
        return rebuilt.seen_at(stack, service, words[words.index("-c") + 1])
    return None


def _hosts(deployment: Deployment, container: Container) -> tuple[Host, ...]:
    own = tuple(h for h in deployment.hosts if container.tenant is None or h.tenant == container.tenant)
    return own or (Host("", container.address),)


def _serving(nginx: Configuration, host: str) -> Directive | None:
    """The server that answers for a host rather than sending it elsewhere."""
    named = nginx.servers_of(host) if host else nginx.servers
    return next((one for one in named if one.named("location") and (host or _passes(one))), None)


def _passes(server: Directive) -> bool:
    return any(one.named("proxy_pass") or one.named("fastcgi_pass") for one in server.named("location"))


def _routes(deployment: Deployment, container: Container, host: Host) -> tuple[Route, ...]:
    tenant = deployment.tenants.get(host.tenant or "")
    owner = host.tenant if tenant and tenant.dedicated else None
    return tuple(r for r in container.routes_of(owner) if r.site in (None, host.site))


def _probes(routes: tuple[Route, ...]) -> Iterator[tuple[str, Route]]:
    """Paths to ask for, each with the route that has to answer: the longest one by whole segments."""
    for route in routes:
        base = route.path.rstrip("/")
        for path in (route.path, f"{base}/x", f"{base}x" if base else "/"):
            fitting = [r for r in routes if path == r.path or path.startswith(f"{r.path.rstrip('/')}/")]
            if fitting:
                yield path, max(fitting, key=lambda r: len(r.path))


def _body(route: Route, host: Host, deployment: Deployment) -> int | None:
    tenant = deployment.tenants.get(host.tenant or "")
    return tenant.limits.body if tenant and tenant.limits.body is not None else route.body


def _wanted(route: Route, body: int | None) -> str:
    parts = [f"{route.port.protocol} {route.to}:{route.port.number}", f"body {body or _bytes(_DEFAULT_BODY)}"]
    parts += ["websocket"] if route.websocket else []
    parts += [f"timeout {route.timeout}s"] if route.timeout else []
    return ", ".join(parts)


def _built(passing: Passing, route: Route, server: str) -> str:
    kind = "fastcgi" if passing.protocol == "fastcgi" else "http"
    parts = [f"{kind} {server}" if passing.protocol else passing.setting("return") or "nothing"]
    parts += [f"body {_bytes(passing.setting('client_max_body_size') or _DEFAULT_BODY)}"]
    parts += ["websocket"] if "Upgrade" in passing.headers else []
    read = "fastcgi_read_timeout" if passing.protocol == "fastcgi" else "proxy_read_timeout"
    parts += [f"timeout {passing.setting(read)}"] if route.timeout else []
    return ", ".join(parts)


def _bytes(text: str) -> int:
    return int(text.rstrip("kmg")) << {"k": 10, "m": 20, "g": 30}.get(text[-1:], 0)


def _reaches(stack: Stack, proxy: Service, name: str) -> bool:
    other = stack.services.get(name)
    return name in proxy.hosts if other is None else bool(set(other.networks) & set(proxy.networks))
