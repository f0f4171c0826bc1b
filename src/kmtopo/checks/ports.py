"""Rules about published ports."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.graph.graph import Graph
from kmtopo.resolve.deployment import Container, Publication
from kmtopo.rule import Environments

FIRST_FREE_PORT, LAST_PORT = 1024, 65535
_HTTP_PORT, _TLS_PORT = 80, 443
_EVERY = ("0.0.0.0", "::")  # noqa: S104 - compared with, never bound
_Claim = tuple[str, Container, Publication]


def port_conflicts(environments: Environments) -> Iterator[Diagnostic]:
    """One port of a machine leads to one container, over all environments on that machine."""
    claims: dict[tuple[str, int, str], list[_Claim]] = {}
    for environment, graph in sorted(environments.graphs.items()):
        for container in graph.deployment.containers.values():
            ways_in = (*container.publications, *container.bindings)
            for publication in () if "publish" in container.absent else ways_in:
                key = (container.vps, publication.host_port, publication.transport)
                claims.setdefault(key, []).append((environment, container, publication))
    for (vps, port, transport), claimants in claims.items():
        if len(claimants) > 1:
            free = next(p for p in _others(port) if (vps, p, transport) not in claims)
            yield from _conflicts(vps, port, free, claimants)


def _others(port: int) -> Iterator[int]:
    """Ports to take instead, nearest in kind first: 8443 or 9443 for 443, 5433 for 5432."""
    if port < FIRST_FREE_PORT:
        yield from range(port + 8000, LAST_PORT, 1000)
    yield from range(max(port + 1, FIRST_FREE_PORT), LAST_PORT + 1)
    yield from range(FIRST_FREE_PORT, port)


def _conflicts(vps: str, port: int, free: int, claimants: list[_Claim]) -> Iterator[Diagnostic]:
    taken: list[_Claim] = []
    for environment, container, publication in claimants:
        rival = next((t for t in taken if _collide(t[2], publication)), None)
        if rival is None:
            taken.append((environment, container, publication))
            continue
        also = [Label(address=rival[2].origin, text="first")] if rival[2].origin != publication.origin else []
        yield diagnose(
            "KM503",
            publication.origin,
            also=also,
            help=_advice(environment, container, publication, rival),
            port=port,
            vps=vps,
            name=container.name,
            other=rival[1].name,
            environment=environment,
            right=_moved(publication, free),
        )


def _advice(environment: str, container: Container, publication: Publication, rival: _Claim) -> str:
    """Which help fits: what one line publishes, or calls, for several copies no other port mends."""
    if publication in container.bindings and rival[2] in rival[1].bindings:
        return "crossing_copies" if container.tenant else "crossing"
    if rival[0] != environment:
        return "environments"
    return "copies" if container.tenant and publication in container.publications else ""


def _moved(publication: Publication, port: int) -> str:
    """The publication on another port of the machine, as the file would say it."""
    ip = publication.host_ip
    address = "" if not publication.is_loopback else f"[{ip}]:" if ":" in ip else f"{ip}:"
    return f"{address}{port}:{publication.container_port}" + ("/udp" if publication.transport == "udp" else "")


def _collide(one: Publication, other: Publication) -> bool:
    return one.host_ip == other.host_ip or one.host_ip in _EVERY or other.host_ip in _EVERY


def port_on_internal_only(graph: Graph) -> Iterator[Diagnostic]:
    """Docker publishes nothing for a container whose networks are all internal, and says nothing."""
    networks = graph.deployment.networks
    for container in graph.deployment.containers.values():
        names = [n for n in container.networks if n in networks]
        if names and "networks" not in container.absent and all(networks[n].internal for n in names):
            for publication in container.publications:
                also = [Label(address=networks[n].address, part="key", text="internal") for n in names]
                yield diagnose("KM504", publication.origin, also=also, name=container.name, networks=", ".join(names))


def public_datastore(graph: Graph) -> Iterator[Diagnostic]:
    """A data store is published in development only, and there on loopback only."""
    stage = graph.deployment.environment.stage
    for container in graph.deployment.containers.values():
        if not container.is_store:
            continue
        for publication in container.publications:
            if stage != "development" or not publication.is_loopback:
                help_ = "" if stage == "development" else "stage"
                right = f"127.0.0.1:{publication.host_port}:{publication.container_port}"
                yield diagnose("KM505", publication.origin, help=help_, name=container.name, right=right)


def tls_nowhere(graph: Graph) -> Iterator[Diagnostic]:
    """TLS that ends here needs a way in: without port 443 every request comes in the clear."""
    tls = graph.deployment.tls
    proxies = [c for c in graph.deployment.containers.values() if c.type == "nginx" and c.is_proxy]
    ways_in = [p for proxy in proxies for p in proxy.publications if not p.is_loopback]
    unread = any(proxy.absent & {"port", "publish"} for proxy in proxies)
    if tls.is_ours and ways_in and not unread and all(p.container_port != _TLS_PORT for p in ways_in):
        also = [Label(address=p.origin, text="port") for p in ways_in]
        yield diagnose("KM539", tls.origin, also=also, mode=tls.mode, name=proxies[0].name)


def nobody_listens(graph: Graph) -> Iterator[Diagnostic]:
    """Where TLS does not end here, Nginx listens on one port alone: what is published for 443 leads nowhere."""
    tls = graph.deployment.tls
    for container in graph.deployment.containers.values():
        if tls.is_ours or container.type != "nginx" or not container.is_proxy or container.absent & {"port", "publish"}:
            continue
        plain = container.port.number if container.port else _HTTP_PORT
        for publication in container.publications:
            if publication.container_port == _TLS_PORT != plain:
                also = [Label(address=tls.origin, text="tls")]
                yield diagnose("KM528", publication.origin, also=also, name=container.name, port=_TLS_PORT, plain=plain)
