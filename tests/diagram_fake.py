"""Small deployments made by hand, for pictures: only what matters to a test is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from kmtopo.plugin import (
    Address,
    Attachment,
    Call,
    Capacity,
    Container,
    Cost,
    Deployment,
    Edge,
    Environment,
    Graph,
    Mount,
    Network,
    Port,
    Project,
    Publication,
    Relation,
    Route,
    Runtime,
    Tenant,
    Tls,
    Volume,
    Vps,
    Zone,
)

MIB = 1024**2
GIB = 1024**3

PORTS = {
    "nginx": Port(80, "http"),
    "laravel": Port(9000, "fastcgi"),
    "static": Port(8080, "http"),
    "postgres": Port(5432, "postgresql"),
    "mongodb": Port(27017, "mongodb"),
    "redis": Port(6379, "redis"),
    "mailpit": Port(1025, "smtp"),
    "generic": Port(3000, "http"),
}
ROLES = {"nginx": "proxy", "postgres": "database", "mongodb": "database", "redis": "cache", "mailpit": "mail"}
ICONS = {"postgres": "postgresql", "static": "browser", "mailpit": "mail", "generic": "box"}


def container(
    name: str,
    type: str = "generic",  # noqa: A002 - the language's own key
    networks: Sequence[str] = ("default",),
    *,
    uses: Mapping[str, bool] | Iterable[str] = (),
    routes: Mapping[str, str] | None = None,
    publish: Iterable[tuple[str, int, int]] = (),
    memory: int | None = 256,
    cpu: str | None = "0.5",
    **changes: Any,
) -> Container:
    """A container; ``uses`` maps a callee to whether the call is optional, ``publish`` holds (ip, host port, port)."""
    address = Address.of("containers", name)
    optional = uses if isinstance(uses, Mapping) else dict.fromkeys(uses, False)
    fields: dict[str, Any] = {
        "type": type,
        "role": ROLES.get(type, "service"),
        "icon": ICONS.get(type, type),
        "kind": type,
        "title": name.capitalize(),
        "purpose": None,
        "family": name,
        "process": "web",
        "once": False,
        "image": f"{name}:1",
        "build": None,
        "vps": "principal",
        "home": networks[-1] if networks else "",
        "port": PORTS.get(type),
        "replicas": 1,
        "mounts": (),
        "variables": (),
        "secrets": (),
        "command": None,
        "healthcheck": None,
        "dependencies": (),
        "runtime": Runtime(),
    }
    return Container(
        name=name,
        address=address,
        attachments=tuple(Attachment(network, address / "networks") for network in networks),
        calls=tuple(Call(to, address / "uses" / to, optional=maybe) for to, maybe in optional.items()),
        routes=tuple(
            Route(path, to, PORTS["generic"], address / "routes" / path) for path, to in (routes or {}).items()
        ),
        publications=tuple(
            Publication(ip, host, inner, "tcp", address / "publish" / place)
            for place, (ip, host, inner) in enumerate(publish)
        ),
        memory=None if memory is None else memory * MIB,
        cpu=None if cpu is None else Decimal(cpu),
        **{**fields, **changes},
    )


def network(name: str, title: str | None = None, *, internal: bool = True, subnet: str = "10.64.0.0/24") -> Network:
    """A network with a fixed subnet."""
    return Network(
        name=name,
        address=Address.of("networks", name),
        title=title or name.capitalize(),
        purpose=None,
        internal=internal,
        subnet=subnet,
        subnet_origin=None,
        encrypted=False,
        vps=("principal",),
    )


def vps(name: str = "principal", title: str = "VPS Principal", **changes: Any) -> Vps:
    """A machine of 8 CPUs, 32 GiB and 480 GiB for 250 USD a month."""
    fields: dict[str, Any] = {
        "provider": None,
        "os": "Debian 12",
        "engine": ">=25",
        "public_ip": "203.0.113.10",
        "private_ip": None,
        "location": None,
        "capacity": Capacity(Decimal(8), 32 * GIB, 480 * GIB),
        "reserve": Capacity(Decimal("0.5"), 2 * GIB, 20 * GIB),
        "cost": Cost(Decimal(250), Decimal(250), "USD"),
    }
    return Vps(name=name, address=Address.of("vps", name), title=title, **{**fields, **changes})


def tenant(name: str, zone: str | None = None) -> Tenant:
    """A pooled tenant at a host of its own."""
    address = Address.of("tenants", name)
    return Tenant(
        name=name,
        address=address,
        identifier=name.replace("-", "_"),
        title=name,
        zone=zone,
        branches=(),
        hosts=(f"{name}.kmmotos.hn",),
        host_origin=address,
        dedicated=False,
        central=name == "central",
        reads_all=name == "central",
    )


def graph(
    containers: Iterable[Container],
    networks: Iterable[Network] = (),
    machines: Iterable[Vps] = (),
    *,
    tenants: Iterable[Tenant] = (),
    locale: str = "es",
    environment: tuple[str, str, str] = ("produccion", "Producción", "production"),
    tls: str = "acme",
    title: str = "KMMotos",
) -> Graph:
    """A graph of what the containers say: volumes from their mounts, calls from ``uses`` and routes."""
    by_name = {c.name: c for c in sorted(containers, key=lambda c: c.name)}
    all_tenants = {t.name: t for t in sorted(tenants, key=lambda t: t.name)}
    name, shown, stage = environment
    known = {n.name: n for n in networks} or {"default": network("default", internal=False)}
    at = Address.of("environments", name)
    deployment = Deployment(
        project=Project("kmmotos", title, locale),
        environment=Environment(name, at, shown, stage),  # type: ignore[arg-type]
        tls=Tls(tls, at / "tls"),  # type: ignore[arg-type]
        vps={m.name: m for m in machines} or {"principal": vps()},
        networks=dict(sorted(known.items())),
        containers=by_name,
        volumes=_volumes(by_name.values()),
        zones={
            z: Zone(z, Address.of("zones", z), z, None)
            for z in sorted({t.zone for t in all_tenants.values() if t.zone})
        },
        tenants=all_tenants,
        tenancy=None,
        hosts=(),
    )
    members = {n: tuple(c.name for c in by_name.values() if n in c.networks) for n in deployment.networks}
    return Graph(deployment, tuple(_edges(by_name)), members)


def _volumes(containers: Iterable[Container]) -> dict[str, Volume]:
    mounted = [(mount, c) for c in containers for mount in c.mounts if mount.volume]
    return {
        mount.volume or "": Volume(
            mount.volume or "",
            c.vps,
            mount.size,
            mount.origin,
            tuple(o.name for m, o in mounted if m.volume == mount.volume),
        )
        for mount, c in mounted
    }


def _edges(containers: Mapping[str, Container]) -> Iterable[Edge]:
    for one in containers.values():
        for call in one.calls:
            yield _edge(Relation.CONNECTS_TO, one, containers[call.to], call.origin, optional=call.optional)
        for route in one.routes:
            yield _edge(Relation.ROUTES_TO, one, containers[route.to], route.origin)


def _edge(relation: Relation, one: Container, other: Container, origin: Address, *, optional: bool = False) -> Edge:
    shared = sorted(set(one.networks) & set(other.networks))
    return Edge(relation, one.address, other.address, origin, shared[0] if shared else None, optional)


def volume(name: str, gib: float | None, path: str = "/data") -> Mount:
    """A named volume of so many GiB."""
    return Mount(path, name, None, None, None if gib is None else int(gib * GIB))


def bind(folder: str, path: str = "/app") -> Mount:
    """A folder of the project."""
    return Mount(path, None, folder, None)


def shop(**nginx: Any) -> Graph:
    """A proxy, an application and its database, on two networks."""
    return graph(
        [
            container(
                "nginx",
                "nginx",
                ["edge"],
                **{"routes": {"/": "app"}, "publish": [("203.0.113.10", 80, 80), ("203.0.113.10", 443, 443)], **nginx},
            ),
            container("app", "laravel", ["edge", "data"], uses=["db"], home="data"),
            container("db", "postgres", ["data"], mounts=(volume("db-data", 20),)),
        ],
        [network("edge", internal=False), network("data")],
        locale="en",
        environment=("production", "Production", "production"),
        title="Shop",
    )


def tangled(workers: int = 3) -> Graph:
    """Several workers that all call the same three stores."""
    stores = {"pg": False, "mongo": True, "cache": False}
    names = [f"worker-{number}" for number in range(workers)]
    return graph(
        [
            *(
                container(name, uses=stores, networks=["app", "data"], home="app", role="worker", port=None)
                for name in names
            ),
            container("pg", "postgres", ["data"]),
            container("mongo", "mongodb", ["data"]),
            container("cache", "redis", ["data"]),
        ],
        [network("app"), network("data")],
    )
