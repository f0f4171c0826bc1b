"""KMMotos's three environments, made by hand in the shape that the compiler makes: what generators are tested on."""

from __future__ import annotations

from collections.abc import Iterable
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
TENANTS = {
    "all-in-one": ("All in One", "centro"),
    "central": ("Tenencia Central", "centro"),
    "grupo-km-cars-hn": ("Grupo KM Cars HN", "sur"),
    "grupo-km-motos-hn": ("Grupo KM Motos HN", "litoral"),
    "grupo-todo-en-uno-hn": ("Grupo Todo en Uno HN", "centro"),
    "km-cars": ("KM Cars", "norte"),
    "km-motos": ("KM Motos", "norte"),
}
SEGMENTS = {
    "comando": ("Red de Comando", True),
    "comunicaciones": ("Red de Comunicaciones", False),
    "seguridad": ("Red de Seguridad", True),
}
ZONES = {
    "centro": ("Zona Central", "Tegucigalpa"),
    "litoral": ("Litoral Atlántico", "La Ceiba"),
    "norte": ("Zona Norte", "San Pedro Sula"),
    "sur": ("Zona Sur", "Choluteca"),
}
FASTCGI = Port(9000, "fastcgi")
LARAVEL_TMPFS = (
    Tmpfs("/tmp", 64 * MIB),
    Tmpfs("/var/www/html/bootstrap/cache", 16 * MIB),
)
REDIS_COMMAND = 'exec redis-server --appendonly yes --maxmemory 716mb --requirepass "$REDIS_PASSWORD"'
REDIS_PROBE = 'REDISCLI_AUTH="$(cat /run/secrets/redis_password)" redis-cli ping | grep -q PONG'


def graph(deployment: Deployment) -> Graph:
    """A graph without edges: generators of files read the deployment alone."""
    members = {
        name: tuple(c.name for c in deployment.containers.values() if name in c.networks)
        for name in deployment.networks
    }
    return Graph(deployment, (), members)


def container(name: str, **changes: Any) -> Container:
    """A small generic container, changed as the test needs it; ``networks`` and ``uses`` take names."""
    address = Address.of("containers", name)
    networks = changes.pop("networks", ("comunicaciones",))
    uses = changes.pop("uses", ())
    plain: dict[str, Any] = {
        "name": name,
        "address": address,
        "type": "generic",
        "role": "service",
        "icon": "service",
        "kind": "servicio",
        "title": name,
        "purpose": None,
        "family": name,
        "process": "",
        "once": False,
        "image": f"kmmotos/{name}:1.0.0",
        "build": None,
        "vps": "principal",
        "attachments": tuple(Attachment(network, address / "networks" / i) for i, network in enumerate(networks)),
        "home": networks[0],
        "port": None,
        "calls": tuple(Call(used, address / "uses" / used) for used in uses),
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
    return Container(**{**plain, **changes})


def deployment(containers: Iterable[Container], **changes: Any) -> Deployment:
    """A production on one machine that runs these containers."""
    of = {c.name: c for c in sorted(containers, key=lambda c: c.name)}
    networks = sorted({name for c in of.values() for name in c.networks})
    volumes = sorted({(m.volume, m.origin) for c in of.values() for m in c.mounts if m.volume}, key=str)
    plain: dict[str, Any] = {
        "project": Project("kmmotos", "KMMotos: gestión empresarial multiempresa", "es"),
        "environment": _environment("produccion", "Producción", "production"),
        "tls": Tls("acme", Address.parse("environments.produccion.tls")),
        "vps": {"principal": PRINCIPAL},
        "networks": {name: _network(name, index, of.values()) for index, name in enumerate(networks)},
        "containers": of,
        "volumes": {name: _volume(str(name), origin, of.values()) for name, origin in volumes},
        "zones": {},
        "tenants": {},
        "tenancy": None,
        "hosts": (),
    }
    return Deployment(**{**plain, **changes})


def produccion() -> Deployment:
    """All seven tenants on the machine ``principal``, TLS by ACME."""
    return deployment(_containers(), **_tenancy("{}.kmmotos.hn", tuple(TENANTS), "tenancy.domain"))


def pruebas() -> Deployment:
    """Production at a quarter of its size beside it, three tenants, self-signed, on 8080 and 8443."""
    quarter = [
        replace(
            c,
            cpu=c.cpu and c.cpu / 4,
            memory=c.memory and c.memory // 4,
            replicas=1,
            variables=tuple(_renamed(v, "produccion", "pruebas") for v in c.variables),
        )
        for c in _containers()
    ]
    nginx = next(c for c in quarter if c.name == "nginx")
    at = Address.parse("environments.pruebas.containers.nginx.publish")
    quarter[quarter.index(nginx)] = replace(
        nginx,
        publications=_published(at, "203.0.113.10", (8080, 80), (8443, 443)),
        runtime=replace(nginx.runtime, volumes=()),
        secrets=("nginx_tls_certificate", "nginx_tls_key"),
    )
    return deployment(
        quarter,
        environment=_environment("pruebas", "Pruebas", "test"),
        tls=Tls(
            "self-signed",
            Address.parse("environments.pruebas.tls"),
            certificate="nginx_tls_certificate",
            key="nginx_tls_key",
        ),
        networks={n.name: replace(n, subnet=n.subnet.replace("10.64.", "10.65.")) for n in _networks(quarter)},
        **_tenancy("{}.pruebas.kmmotos.hn", ("central", "km-cars", "km-motos"), "environments.pruebas.domain"),
    )


def desarrollo() -> Deployment:
    """The developer's laptop: code mounted, Vite, Mailpit, stores on loopback, no TLS."""
    overlay = Address.parse("environments.desarrollo.containers")
    code = Mount("/var/www/html", None, "../backend", overlay / "backend" / "volumes" / "codigo-backend")
    containers = {c.name: replace(c, vps="local", replicas=1) for c in _containers()}
    for name in ("backend", "cola", "migracion", "programador"):
        laravel = containers[name]
        debug = Variable("APP_DEBUG", ("true",), "application", overlay / "backend" / "env" / "APP_DEBUG")
        variables = tuple(debug if v.name == "APP_DEBUG" else v for v in laravel.variables)
        containers[name] = replace(laravel, mounts=(*laravel.mounts, code), variables=variables)
    for name, port in (("postgres", 5432), ("mongo", 27017), ("redis", 6379)):
        published = _published(overlay / name / "publish", "127.0.0.1", (port, port))
        containers[name] = replace(containers[name], publications=published)
    containers["nginx"] = replace(
        containers["nginx"],
        publications=_published(overlay / "nginx" / "publish", "127.0.0.1", (8080, 80)),
        routes=_routes(websocket=True, frontend=Port(5173)),
        runtime=replace(containers["nginx"].runtime, volumes=()),
    )
    containers["frontend"] = _vite(overlay / "frontend")
    containers["mailpit"] = _mailpit(overlay / "mailpit")
    return deployment(
        containers.values(),
        environment=_environment("desarrollo", "Desarrollo", "development"),
        tls=Tls("off", Address.parse("environments.desarrollo.tls")),
        vps={"local": replace(PRINCIPAL, name="local", address=Address.parse("vps.local"), public_ip=None)},
        networks={n.name: replace(n, internal=False, vps=("local",)) for n in _networks(containers.values())},
        **_tenancy("{}.localhost", ("central", "km-motos"), "environments.desarrollo.domain"),
    )


PRINCIPAL = Vps(
    name="principal",
    address=Address.parse("vps.principal"),
    title="VPS Principal",
    provider=None,
    os="Debian 12",
    engine=">=25",
    public_ip="203.0.113.10",
    private_ip=None,
    location=None,
    capacity=Capacity(Decimal(8), 32 * GIB, 480 * GIB),
    reserve=Capacity(Decimal("0.5"), 2 * GIB, 20 * GIB),
    cost=Cost(Decimal(250), Decimal(250), "USD"),
)


def _containers() -> list[Container]:
    return [_nginx(), *_laravel(), _frontend(), _postgres(), _mongo(), _redis()]


def _nginx() -> Container:
    at = Address.parse("containers.nginx")
    return container(
        "nginx",
        type="nginx",
        role="proxy",
        title="Nginx",
        purpose="Proxy inverso y punto de entrada único",
        image="nginx:1.29.8-alpine",
        port=Port(80),
        routes=_routes(websocket=False, frontend=Port(8080)),
        publications=_published(at / "publish", "203.0.113.10", (80, 80), (443, 443)),
        command=None,
        healthcheck=Healthcheck(("CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8081/healthz")),
        dependencies=(Dependency("backend", "started"), Dependency("frontend", "started")),
        runtime=Runtime(
            command=("nginx", "-c", "/etc/kmtopo/nginx/nginx.conf", "-g", "daemon off;"),
            capabilities=("CHOWN", "SETGID", "SETUID"),
            tmpfs=(
                Tmpfs("/run", MIB, 0o755),
                Tmpfs("/tmp", 64 * MIB),
                Tmpfs("/var/cache/nginx", 128 * MIB, 0o755),
            ),
            folders=(Folder("nginx", "/etc/kmtopo/nginx"),),
            volumes=(ExtraVolume("nginx-acme", "/var/lib/nginx-acme"),),
            pids=128,
            stop_signal="SIGQUIT",
            stop_grace=30,
        ),
    )


def _laravel() -> list[Container]:
    files = Mount(
        "/var/www/html/storage", "archivos", None, Address.parse("containers.backend.volumes.archivos"), 20 * GIB
    )
    stores = (
        Dependency("migracion", "completed"),
        Dependency("postgres", "healthy", restart=True),
        Dependency("redis", "healthy", restart=True),
    )
    runtime = Runtime(
        command=("php-fpm",),
        user="33:33",
        tmpfs=LARAVEL_TMPFS,
        secret_shim=True,
        stop_signal="SIGQUIT",
        stop_grace=30,
        document_root="/var/www/html/public",
    )
    backend = container(
        "backend",
        type="laravel",
        role="service",
        title="Backend Laravel",
        purpose="Monolito modular de ventas, inventario, empleados y clientes",
        networks=("comunicaciones", "comando", "seguridad"),
        uses=("migracion", "mongo", "postgres", "redis"),
        port=FASTCGI,
        cpu=Decimal(2),
        memory=3 * GIB,
        mounts=(files,),
        variables=_laravel_variables(),
        secrets=("backend_app_key", "mongo_backend_password", "postgres_backend_password", "redis_password"),
        process="web",
        healthcheck=Healthcheck(("CMD", "php-fpm-healthcheck")),
        dependencies=stores,
        runtime=runtime,
    )
    worker: dict[str, Any] = {
        "port": None,
        "memory": 512 * MIB,
        "healthcheck": None,
        "home": "comando",
        "attachments": _attached(backend.address, "comando", "seguridad"),
    }
    signal = replace(runtime, stop_signal="SIGTERM", stop_grace=90)
    queue = ("php", "artisan", "queue:work", "redis", "--tries=3", "--timeout=80", "--max-time=3600")
    return [
        backend,
        _process(
            backend, "cola", "queue", **worker, role="worker", replicas=2, cpu=Decimal("0.5"), runtime=signal, run=queue
        ),
        _process(
            backend,
            "programador",
            "scheduler",
            **worker,
            role="worker",
            cpu=Decimal("0.25"),
            runtime=signal,
            run=("php", "artisan", "schedule:work"),
        ),
        _process(
            backend,
            "migracion",
            "migrate",
            **{**worker, "home": "seguridad", "attachments": _attached(backend.address, "seguridad")},
            role="job",
            once=True,
            cpu=Decimal("0.5"),
            secrets=("backend_app_key", "mongo_backend_password", "postgres_backend_password"),
            variables=tuple(v for v in backend.variables if not v.name.startswith("REDIS_")),
            dependencies=(Dependency("postgres", "healthy"),),
            runtime=replace(signal, stop_signal=None),
            run=("sh", "-c", "php artisan migrate --force && php artisan tenants:migrate --force"),
        ),
    ]


def _process(backend: Container, name: str, process: str, *, run: tuple[str, ...], **changes: Any) -> Container:
    runtime = replace(changes.pop("runtime"), command=run)
    address = Address.of("containers", name)
    return replace(backend, name=name, address=address, title=name, process=process, runtime=runtime, **changes)


def _laravel_variables() -> tuple[Variable, ...]:
    said = Address.parse("containers.backend.env.APP_LOCALE")
    uri = ("mongodb://backend:", Secret("mongo_backend_password"), "@mongo:27017/")
    return (
        Variable("APP_DEBUG", ("false",), "application"),
        Variable("APP_ENV", ("production",), "application"),
        Variable("APP_KEY", (Secret("backend_app_key"),), "application"),
        Variable("APP_LOCALE", ("es",), "application", said),
        Variable("APP_NAME", ("KMMotos: gestión empresarial multiempresa",), "application"),
        Variable("APP_URL", ("https://central.kmmotos.hn",), "application"),
        Variable("CACHE_PREFIX", ("kmmotos-produccion-cache",), "cache"),
        Variable("CACHE_STORE", ("redis",), "cache"),
        Variable("REDIS_CLIENT", ("phpredis",), "cache"),
        Variable("REDIS_HOST", ("redis",), "cache"),
        Variable("REDIS_PASSWORD", (Secret("redis_password"),), "cache"),
        Variable("REDIS_PORT", ("6379",), "cache"),
        Variable("REDIS_PREFIX", ("kmmotos:produccion:",), "cache"),
        Variable("DB_CONNECTION", ("pgsql",), "database"),
        Variable("DB_DATABASE", ("kmmotos_central",), "database"),
        Variable("DB_HOST", ("postgres",), "database"),
        Variable("DB_PASSWORD", (Secret("postgres_backend_password"),), "database"),
        Variable("DB_PORT", ("5432",), "database"),
        Variable("DB_USERNAME", ("kmmotos_backend",), "database"),
        Variable("LOG_CHANNEL", ("stderr",), "logging"),
        Variable("LOG_LEVEL", ("info",), "logging"),
        Variable("QUEUE_CONNECTION", ("redis",), "queue"),
        Variable("MONGODB_DATABASE", ("kmmotos_central",), "reports"),
        Variable("MONGODB_URI", uri, "reports"),
        Variable("SESSION_DRIVER", ("redis",), "session"),
        Variable("SESSION_SECURE_COOKIE", ("true",), "session"),
    )


def _frontend() -> Container:
    return container(
        "frontend",
        type="static",
        title="Frontend Vue.js",
        purpose="Aplicación de una sola página",
        port=Port(8080),
        healthcheck=Healthcheck(("CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/")),
        runtime=Runtime(user="101:101", tmpfs=(Tmpfs("/tmp", 32 * MIB),), pids=128),
    )


def _postgres() -> Container:
    probe = ("CMD", "pg_isready", "-q", "-h", "127.0.0.1", "-U", "kmmotos_admin", "-d", "kmmotos_central")
    return _store(
        "postgres",
        role="database",
        title="PostgreSQL",
        image="postgres:17.6",
        port=Port(5432, "postgresql"),
        cpu=Decimal(2),
        memory=8 * GIB,
        data=("postgres-datos", "/var/lib/postgresql/data", 80),
        secrets=("postgres_backend_password", "postgres_password"),
        variables=(
            Variable("POSTGRES_DB", ("kmmotos_central",), "database"),
            Variable("POSTGRES_INITDB_ARGS", ("--auth-host=scram-sha-256 --data-checksums",), "database"),
            Variable("POSTGRES_PASSWORD", (Secret("postgres_password"),), "database", file=True),
            Variable("POSTGRES_USER", ("kmmotos_admin",), "database"),
        ),
        healthcheck=Healthcheck(probe, interval=10, retries=6, start_period=60),
        runtime=Runtime(
            command=("postgres", "-c", "shared_buffers=2048MB", "-c", "max_connections=100"),
            capabilities=("CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"),
            tmpfs=(Tmpfs("/run/postgresql", 8 * MIB, 0o3777), Tmpfs("/tmp", 64 * MIB)),
            pids=512,
            stop_signal="SIGINT",
            stop_grace=60,
            shm_size=256 * MIB,
        ),
    )


def _mongo() -> Container:
    probe = ("CMD", "mongosh", "--quiet", "--eval", "db.adminCommand({ping: 1}).ok")
    return _store(
        "mongo",
        type="mongodb",
        role="database",
        title="MongoDB",
        image="mongo:8.0.13",
        port=Port(27017, "mongodb"),
        cpu=Decimal(1),
        memory=4 * GIB,
        data=("mongo-datos", "/data/db", 40),
        secrets=("mongo_password",),
        variables=(
            Variable("MONGO_INITDB_ROOT_PASSWORD", (Secret("mongo_password"),), "database", file=True),
            Variable("MONGO_INITDB_ROOT_USERNAME", ("kmmotos_admin",), "database"),
        ),
        healthcheck=Healthcheck(probe, start_period=60),
        runtime=Runtime(
            command=("mongod", "--bind_ip_all", "--wiredTigerCacheSizeGB", "1.5"),
            capabilities=("CHOWN", "DAC_OVERRIDE", "SETGID", "SETUID"),
            tmpfs=(Tmpfs("/tmp", 64 * MIB),),
            pids=512,
            stop_grace=60,
        ),
    )


def _redis() -> Container:
    return _store(
        "redis",
        role="cache",
        title="Redis",
        image="redis:7.4.5",
        port=Port(6379, "redis"),
        networks=("comando",),
        memory=GIB,
        data=("redis-datos", "/data", 2),
        secrets=("redis_password",),
        variables=(Variable("REDIS_PASSWORD", (Secret("redis_password"),), "cache"),),
        healthcheck=Healthcheck(("CMD-SHELL", REDIS_PROBE), interval=10, retries=6),
        runtime=Runtime(
            command=("sh", "-c", REDIS_COMMAND),
            user="999:1000",
            tmpfs=(Tmpfs("/tmp", 16 * MIB),),
            secret_shim=True,
            pids=128,
            stop_grace=30,
        ),
    )


def _store(name: str, *, data: tuple[str, str, int], **changes: Any) -> Container:
    volume, path, size = data
    mount = Mount(path, volume, None, Address.parse(f"containers.{name}.volumes.{volume}"), size * GIB)
    return container(name, **{"type": name, "networks": ("seguridad",), "mounts": (mount,), **changes})


def _vite(at: Address) -> Container:
    return container(
        "frontend",
        title="Frontend Vue.js",
        vps="local",
        image="node:22.19.0-alpine",
        port=Port(5173),
        command="npm run dev -- --host 0.0.0.0",
        mounts=(Mount("/app", None, "../frontend", at / "volumes" / "codigo-frontend"),),
        cpu=Decimal("0.5"),
        memory=512 * MIB,
        runtime=Runtime(read_only=False),
    )


def _mailpit(at: Address) -> Container:
    return container(
        "mailpit",
        type="mailpit",
        role="mail",
        title="Mailpit",
        vps="local",
        image="axllent/mailpit:v1.27.8",
        networks=("seguridad",),
        port=Port(1025, "smtp"),
        publications=_published(at / "publish", "127.0.0.1", (8025, 8025)),
        cpu=Decimal("0.125"),
        memory=64 * MIB,
    )


def _routes(*, websocket: bool, frontend: Port) -> tuple[Route, ...]:
    at = Address.parse("containers.nginx.routes")
    return (
        Route("/", "frontend", frontend, at / "/", websocket=websocket),
        Route("/api", "backend", FASTCGI, at / "/api", body=20 * MIB),
        Route("/sanctum", "backend", FASTCGI, at / "/sanctum"),
        Route("/storage", "backend", FASTCGI, at / "/storage"),
    )


def _published(at: Address, host_ip: str, *ports: tuple[int, int]) -> tuple[Publication, ...]:
    return tuple(Publication(host_ip, host, inside, "tcp", at / index) for index, (host, inside) in enumerate(ports))


def _attached(address: Address, *networks: str) -> tuple[Attachment, ...]:
    return tuple(Attachment(network, address / "networks" / index) for index, network in enumerate(networks))


def _renamed(variable: Variable, old: str, new: str) -> Variable:
    return replace(variable, parts=tuple(p.replace(old, new) if isinstance(p, str) else p for p in variable.parts))


def _tenancy(pattern: str, names: tuple[str, ...], origin: str) -> dict[str, Any]:
    at = Address.parse(origin)
    tenants = {name: _tenant(name, pattern.format(name), at) for name in sorted(names)}
    stores = (
        Store("mongo", "database", Address.parse("tenancy.stores.mongo")),
        Store("postgres", "database", Address.parse("tenancy.stores.postgres")),
        Store("redis", "prefix", Address.parse("tenancy.stores.redis")),
    )
    return {
        "zones": {name: Zone(name, Address.of("zones", name), *ZONES[name]) for name in ZONES},
        "tenants": tenants,
        "tenancy": Tenancy("stancl", stores, 10, "kmtopo"),
        "hosts": tuple(sorted((Host(h, at, t.name) for t in tenants.values() for h in t.hosts), key=lambda h: h.name)),
    }


def _tenant(name: str, host: str, at: Address) -> Tenant:
    title, zone = TENANTS[name]
    central = name == "central"
    return Tenant(
        name=name,
        address=Address.of("tenants", name),
        identifier=name.replace("-", "_"),
        title=title,
        zone=zone,
        branches=(),
        hosts=(host,),
        host_origin=at,
        dedicated=False,
        central=central,
        reads_all=central,
    )


def _environment(name: str, title: str, stage: Any) -> Environment:
    return Environment(name, Address.of("environments", name), title, stage)


def _networks(containers: Iterable[Container]) -> list[Network]:
    containers = tuple(containers)
    return [_network(name, index, containers) for index, name in enumerate(SEGMENTS)]


def _network(name: str, index: int, containers: Iterable[Container]) -> Network:
    title, internal = SEGMENTS.get(name, (name, False))
    return Network(
        name=name,
        address=Address.of("networks", name),
        title=title,
        purpose=None,
        internal=internal,
        subnet=f"10.64.{index}.0/24",
        subnet_origin=None,
        encrypted=False,
        vps=tuple(sorted({c.vps for c in containers if name in c.networks})),
    )


def _volume(name: str, origin: Address | None, containers: Iterable[Container]) -> Volume:
    mounts = [(c, m) for c in containers for m in c.mounts if m.volume == name]
    return Volume(name, mounts[0][0].vps, mounts[0][1].size, origin, tuple(sorted({c.name for c, _ in mounts})))
