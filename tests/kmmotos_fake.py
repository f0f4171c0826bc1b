"""KMMotos's three environments as the compiler resolves them, made by hand: what generators read without the front end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from kmtopo.plugin import (
    Address,
    Attachment,
    Call,
    Capacity,
    Container,
    Cost,
    Dependency,
    Deployment,
    Environment,
    ExtraVolume,
    Folder,
    Graph,
    Healthcheck,
    Host,
    Mount,
    Network,
    Port,
    Project,
    Publication,
    Route,
    Runtime,
    Secret,
    Store,
    Tenancy,
    Tenant,
    Tls,
    Tmpfs,
    Variable,
    Volume,
    Vps,
    Zone,
)

MIB = 1024**2
GIB = 1024**3
DOCUMENT_ROOT = "/var/www/html/public"

COMPANIES = {
    "all-in-one": ("All in One", "centro"),
    "central": ("Tenencia Central", "centro"),
    "grupo-km-cars-hn": ("Grupo KM Cars HN", "sur"),
    "grupo-km-motos-hn": ("Grupo KM Motos HN", "litoral"),
    "grupo-todo-en-uno-hn": ("Grupo Todo en Uno HN", "centro"),
    "km-cars": ("KM Cars", "norte"),
    "km-motos": ("KM Motos", "norte"),
}
ZONES = {
    "centro": ("Zona Central", "Tegucigalpa"),
    "litoral": ("Litoral Atlántico", "La Ceiba"),
    "norte": ("Zona Norte", "San Pedro Sula"),
    "sur": ("Zona Sur", "Choluteca"),
}
NETWORKS = {
    "comando": ("Red de Comando", "Coordinación de la aplicación: caché, sesiones y cola de trabajos"),
    "comunicaciones": ("Red de Comunicaciones", "Entrada de Internet; Nginx reparte entre el backend y el frontend"),
    "seguridad": ("Red de Seguridad", "Datos transaccionales y analíticos, lejos de Internet"),
}
FASTCGI = Port(9000, "fastcgi")
PORTS = {"postgres": Port(5432, "postgresql"), "mongo": Port(27017, "mongodb"), "redis": Port(6379, "redis")}


def produccion() -> Graph:
    """Production on the VPS: seven companies, TLS by Nginx's own ACME module."""
    nginx = proxy(
        {"/": HTTP_FRONTEND, "/api": {**BACKEND, "body": 20 * MIB}, "/sanctum": BACKEND, "/storage": BACKEND},
        publications=[("203.0.113.10", 80, 80), ("203.0.113.10", 443, 443)],
        volumes=(ExtraVolume("nginx-acme", "/var/lib/nginx-acme"),),
    )
    return world("produccion", "production", "{}.kmmotos.hn", COMPANIES, Tls("acme", at("produccion", "tls")), nginx)


def pruebas() -> Graph:
    """Test beside production: three companies on 8080 and 8443 with a certificate of our own."""
    nginx = proxy(
        {"/": HTTP_FRONTEND, "/api": {**BACKEND, "body": 20 * MIB}, "/sanctum": BACKEND, "/storage": BACKEND},
        publications=[("203.0.113.10", 8080, 80), ("203.0.113.10", 8443, 443)],
        secrets=("nginx_tls_certificate", "nginx_tls_key"),
    )
    tls = Tls("self-signed", at("pruebas", "tls"), certificate="nginx_tls_certificate", key="nginx_tls_key")
    return world("pruebas", "test", "{}.pruebas.kmmotos.hn", ("central", "km-cars", "km-motos"), tls, nginx)


def desarrollo() -> Graph:
    """The developer's machine: two companies under ``localhost``, no TLS, Vite behind Nginx."""
    vite = {"to": "frontend", "port": Port(5173), "websocket": True}
    nginx = proxy(
        {"/": vite, "/api": {**BACKEND, "body": 20 * MIB}, "/sanctum": BACKEND, "/storage": BACKEND},
        publications=[("127.0.0.1", 8080, 80)],
    )
    tls = Tls("off", at("desarrollo", "tls"))
    return world("desarrollo", "development", "{}.localhost", ("central", "km-motos"), tls, nginx)


BACKEND = {"to": "backend", "port": FASTCGI}
HTTP_FRONTEND = {"to": "frontend", "port": Port(8080)}


def world(name: str, stage: str, domain: str, companies: Iterable[str], tls: Tls, nginx: Container) -> Graph:
    """One environment with its companies behind the given proxy."""
    tenants = {slug: tenant(slug, domain.format(slug)) for slug in sorted(companies)}
    vps = "local" if stage == "development" else "principal"
    frontend = nginx.routes[0].port
    containers = [replace(c, vps=vps) for c in (nginx, *application(frontend), *stores())]
    return Graph(
        Deployment(
            project=Project("kmmotos", "KMMotos: gestión empresarial multiempresa", "es"),
            environment=Environment(name, at(name), name.capitalize(), stage),
            tls=tls,
            vps={vps: machine(vps)},
            networks=networks(vps),
            containers={c.name: c for c in sorted(containers, key=lambda c: c.name)},
            volumes=volumes(vps),
            zones={zone: Zone(zone, Address.of("zones", zone), *texts) for zone, texts in ZONES.items()},
            tenants=tenants,
            tenancy=tenancy(),
            hosts=tuple(Host(t.hosts[0], t.host_origin, tenant=t.name) for t in tenants.values()),
        ),
        wiring=(),
        members={},
    )


def application(frontend: Port) -> tuple[Container, ...]:
    """Laravel's processes and the frontend."""
    uses = {"mongo": ("reports",), "postgres": (), "redis": ("cache", "sessions", "queue")}
    backend = container(
        "backend",
        "laravel",
        ("comunicaciones", "comando", "seguridad"),
        uses,
        port=FASTCGI,
        image="kmmotos/backend:1.0.0",
        title="Backend Laravel",
        cpu=Decimal(2),
        memory=3 * GIB,
        mounts=(Mount("/var/www/html/storage", "archivos", None, of("backend", "volumes"), 20 * GIB),),
        runtime=Runtime(command=("php-fpm",), user="33:33", document_root=DOCUMENT_ROOT),
        secrets=("backend_app_key", "mongo_backend_password", "postgres_backend_password", "redis_password"),
        variables=(
            Variable("APP_ENV", ("production",), "application"),
            Variable("DB_HOST", ("postgres",), "database"),
            Variable("DB_PASSWORD", (Secret("postgres_backend_password"),), "database"),
        ),
        dependencies=(Dependency("migracion", "completed"), Dependency("postgres", "healthy", restart=True)),
    )
    inner = {"port": None, "attachments": attachments("cola", ("comando", "seguridad"))}
    return (
        backend,
        replace(backend, name="cola", address=of("cola"), process="queue", role="worker", replicas=2, **inner),
        replace(backend, name="programador", address=of("programador"), process="scheduler", role="worker", **inner),
        replace(backend, name="migracion", address=of("migracion"), process="migrate", role="job", once=True, **inner),
        container("frontend", "static", ("comunicaciones",), port=frontend, image="kmmotos/frontend:1.0.0"),
    )


def stores() -> tuple[Container, ...]:
    """PostgreSQL, MongoDB and Redis."""
    return (
        container("mongo", "mongodb", ("seguridad",), role="database", port=PORTS["mongo"], image="mongo:8.0.13"),
        container(
            "postgres", "postgres", ("seguridad",), role="database", port=PORTS["postgres"], image="postgres:17.6"
        ),
        container("redis", "redis", ("comando",), role="cache", port=PORTS["redis"], image="redis:7.4.5"),
    )


def proxy(
    routes: Mapping[str, Mapping[str, Any]],
    *,
    name: str = "nginx",
    publications: Iterable[tuple[str, int, int]] = (),
    volumes: tuple[ExtraVolume, ...] = (),
    **changes: Any,
) -> Container:
    """An Nginx with its generated folder; ``publications`` hold (address, host port, container port)."""
    health = Healthcheck(("CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8081/healthz"))
    return container(
        name,
        "nginx",
        ("comunicaciones",),
        role="proxy",
        port=Port(80),
        image="nginx:1.29.8-alpine",
        purpose="Proxy inverso y punto de entrada único",
        routes=tuple(Route(path=path, origin=of(name, "routes", path), **says) for path, says in routes.items()),
        publications=tuple(
            Publication(ip, host, inner, "tcp", of(name, "publish", index))
            for index, (ip, host, inner) in enumerate(publications)
        ),
        healthcheck=health,
        runtime=Runtime(
            command=("nginx", "-c", "/etc/kmtopo/nginx/nginx.conf", "-g", "daemon off;"),
            capabilities=("CHOWN", "SETGID", "SETUID"),
            tmpfs=(Tmpfs("/run", MIB, 0o755), Tmpfs("/tmp", 64 * MIB), Tmpfs("/var/cache/nginx", 128 * MIB, 0o755)),
            folders=(Folder(name, "/etc/kmtopo/nginx"),),
            volumes=volumes,
            healthcheck=health,
        ),
        **changes,
    )


def container(
    name: str, kind: str, networks: Iterable[str], uses: Mapping[str, tuple[str, ...]] | None = None, **changes: Any
) -> Container:
    """A container of which only what matters to a test is said."""
    joined = attachments(name, networks)
    fields: dict[str, Any] = {
        "role": "service",
        "icon": kind,
        "kind": kind,
        "title": name.capitalize(),
        "purpose": None,
        "family": name,
        "process": "web",
        "once": False,
        "image": f"{name}:1",
        "build": None,
        "vps": "principal",
        "home": joined[0].network,
        "port": None,
        "routes": (),
        "publications": (),
        "replicas": 1,
        "cpu": Decimal("0.5"),
        "memory": 256 * MIB,
        "mounts": (),
        "variables": (),
        "secrets": (),
        "command": None,
        "healthcheck": None,
        "dependencies": (),
        "runtime": Runtime(),
    }
    calls = tuple(
        Call(to, of(name, "uses", to), purposes, optional=to == "mongo", port=PORTS[to])
        for to, purposes in (uses or {}).items()
    )
    return Container(name=name, address=of(name), type=kind, attachments=joined, calls=calls, **{**fields, **changes})


def tenant(slug: str, *hosts: str, **changes: Any) -> Tenant:
    """A company with its public names."""
    title, zone = COMPANIES.get(slug, (slug.capitalize(), "centro"))
    fields: dict[str, Any] = {"dedicated": False, "central": slug == "central", "reads_all": slug == "central"}
    return Tenant(
        name=slug,
        address=Address.of("tenants", slug),
        identifier=slug.replace("-", "_"),
        title=title,
        zone=zone,
        branches=(),
        hosts=hosts,
        host_origin=Address.of("tenancy", "domain"),
        **{**fields, **changes},
    )


def tenancy() -> Tenancy:
    """A database for each company, a prefix in Redis."""
    kinds = {"mongo": "database", "postgres": "database", "redis": "prefix"}
    origin = Address.of("tenancy", "stores")
    return Tenancy("stancl", tuple(Store(to, kind, origin / to) for to, kind in kinds.items()), 10, "kmtopo")


def networks(vps: str) -> dict[str, Network]:
    """The three segments."""
    return {
        name: Network(
            name=name,
            address=Address.of("networks", name),
            title=title,
            purpose=purpose,
            internal=name != "comunicaciones",
            subnet=f"10.64.{index}.0/24",
            subnet_origin=None,
            encrypted=False,
            vps=(vps,),
        )
        for index, (name, (title, purpose)) in enumerate(NETWORKS.items())
    }


def volumes(vps: str) -> dict[str, Volume]:
    """The volume that the backend's processes share."""
    return {"archivos": Volume("archivos", vps, 20 * GIB, of("backend", "volumes"), ("backend", "cola", "programador"))}


def machine(name: str) -> Vps:
    """The VPS, or the developer's own machine."""
    price = Decimal(0 if name == "local" else 250)
    return Vps(
        name=name,
        address=Address.of("vps", name),
        title="VPS Principal" if name == "principal" else "Equipo del desarrollador",
        provider=None,
        os="Debian 12",
        engine=">=25",
        public_ip=None if name == "local" else "203.0.113.10",
        private_ip=None,
        location=None,
        capacity=Capacity(Decimal(8), 32 * GIB, 480 * GIB),
        reserve=Capacity(Decimal("0.5"), 2 * GIB, 20 * GIB),
        cost=Cost(price, price, "USD"),
    )


def attachments(container: str, names: Iterable[str]) -> tuple[Attachment, ...]:
    """A container's memberships."""
    return tuple(Attachment(name, of(container, "networks")) for name in names)


def of(container: str, *steps: str | int) -> Address:
    """An address within a container."""
    return Address.of("containers", container, *steps)


def at(environment: str, *steps: str | int) -> Address:
    """An address within an environment."""
    return Address.of("environments", environment, *steps)
