"""KMMotos as Compose and env files need it: what each type knows, all variables, volumes and health checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import kmmotos_fake as kmmotos
from kmmotos_fake import GIB, MIB, attachments
from kmtopo.artifacts import Artifact
from kmtopo.plugin import (
    Address,
    Container,
    Dependency,
    Deployment,
    Generator,
    Graph,
    Healthcheck,
    Mount,
    Port,
    Publication,
    Runtime,
    Secret,
    Tmpfs,
    Tools,
    Variable,
    Volume,
)
from kmtopo.syntax.emit import emit

LARAVEL_TMPFS = (
    Tmpfs("/tmp", 64 * MIB),
    Tmpfs("/var/www/html/bootstrap/cache", 16 * MIB),
)
REDIS_COMMAND = 'exec redis-server --appendonly yes --maxmemory 716mb --requirepass "$REDIS_PASSWORD"'
REDIS_PROBE = 'REDISCLI_AUTH="$(cat /run/secrets/redis_password)" redis-cli ping | grep -q PONG'


def built(generator: Generator[Any], graph: Graph, **options: Any) -> dict[str, str]:
    """Returns what a generator makes of a graph, by path; a diagnostic fails the test."""
    made = list(generator.generate(graph, generator.options(**options), TOOLS))
    assert all(isinstance(artifact, Artifact) for artifact in made), made
    return {str(artifact.path): artifact.content for artifact in made}


def no_layout(*dots: str) -> tuple[None, ...]:
    """Lays out nothing: these generators draw no picture."""
    return tuple(None for _ in dots)


def no_template(folder: str, name: str) -> None:
    """Finds no template: these generators use none."""


def no_markup(format: str, pieces: object, up: str = "") -> str:
    """Writes no document: these generators make none."""
    return ""


TOOLS = Tools(layout=no_layout, yaml=emit, template=no_template, markup=no_markup)


def graph(containers: Iterable[Container], like: Graph | None = None) -> Graph:
    """A graph that runs these containers, in all else like the given one: production."""
    original = (like or kmmotos.produccion()).deployment
    of = {c.name: c for c in sorted(containers, key=lambda c: c.name)}
    mounts = sorted({m.volume: m for c in of.values() for m in c.mounts if m.volume}.items())
    volumes = {name: Volume(name, "principal", m.size, m.origin, ()) for name, m in mounts}
    return Graph(replace(original, containers=of, volumes=volumes), (), {})


def service(name: str, **changes: Any) -> Container:
    """A generic container on the open network, changed as the test needs it."""
    return kmmotos.container(name, "generic", changes.pop("networks", ("comunicaciones",)), **changes)


def produccion() -> Graph:
    """Production whole."""
    return graph(_containers(kmmotos.produccion().deployment))


def pruebas() -> Graph:
    """Production at a quarter of its size, on 8080 and 8443, with a certificate of its own."""
    like = kmmotos.pruebas()
    quarter = [
        replace(
            c,
            cpu=c.cpu and c.cpu / 4,
            memory=c.memory and c.memory // 4,
            replicas=1,
            variables=tuple(_renamed(v, "produccion", "pruebas") for v in c.variables),
        )
        for c in _containers(like.deployment)
    ]
    return graph(quarter, like)


def desarrollo() -> Graph:
    """The developer's laptop: code mounted, Vite, Mailpit, stores on loopback."""
    like = kmmotos.desarrollo()
    overlay = Address.parse("environments.desarrollo.containers")
    code = Mount("/var/www/html", None, "../backend", overlay / "backend" / "volumes" / "codigo-backend")
    containers = {c.name: replace(c, vps="local", replicas=1) for c in _containers(like.deployment)}
    for name in ("backend", "cola", "migracion", "programador"):
        laravel = containers[name]
        debug = Variable("APP_DEBUG", ("true",), "application", overlay / "backend" / "env" / "APP_DEBUG")
        variables = tuple(debug if v.name == "APP_DEBUG" else v for v in laravel.variables)
        containers[name] = replace(laravel, mounts=(*laravel.mounts, code), variables=variables)
    for name, port in (("postgres", 5432), ("mongo", 27017), ("redis", 6379)):
        published = Publication("127.0.0.1", port, port, "tcp", overlay / name / "publish" / 0)
        containers[name] = replace(containers[name], publications=(published,))
    containers["frontend"] = _vite(overlay / "frontend")
    containers["mailpit"] = _mailpit(overlay / "mailpit")
    return graph(containers.values(), like)


def _containers(deployment: Deployment) -> list[Container]:
    return [_nginx(deployment.containers["nginx"]), *_laravel(), _frontend(), _postgres(), _mongo(), _redis()]


def _nginx(given: Container) -> Container:
    runtime = replace(given.runtime, pids=128, stop_signal="SIGQUIT", stop_grace=30)
    return replace(
        given, runtime=runtime, dependencies=(Dependency("backend", "started"), Dependency("frontend", "started"))
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
    backend = kmmotos.container(
        "backend",
        "laravel",
        ("comunicaciones", "comando", "seguridad"),
        image="kmmotos/backend:1.0.0",
        title="Backend Laravel",
        port=kmmotos.FASTCGI,
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
        "attachments": attachments("backend", ("comando", "seguridad")),
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
            **{**worker, "home": "seguridad", "attachments": attachments("backend", ("seguridad",))},
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
    return kmmotos.container(
        "frontend",
        "static",
        ("comunicaciones",),
        image="kmmotos/frontend:1.0.0",
        port=Port(8080),
        healthcheck=Healthcheck(("CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/")),
        runtime=Runtime(user="101:101", tmpfs=(Tmpfs("/tmp", 32 * MIB),), pids=128),
    )


def _postgres() -> Container:
    probe = ("CMD", "pg_isready", "-q", "-h", "127.0.0.1", "-U", "kmmotos_admin", "-d", "kmmotos_central")
    return _store(
        "postgres",
        "postgres",
        image="postgres:17.6",
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
        "mongodb",
        image="mongo:8.0.13",
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
        "redis",
        role="cache",
        image="redis:7.4.5",
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


def _store(name: str, kind: str, *, data: tuple[str, str, int], **changes: Any) -> Container:
    volume, path, size = data
    mount = Mount(path, volume, None, Address.parse(f"containers.{name}.volumes.{volume}"), size * GIB)
    networks = changes.pop("networks", ("seguridad",))
    fields: dict[str, Any] = {"role": "database", "port": kmmotos.PORTS[name], "mounts": (mount,), **changes}
    return kmmotos.container(name, kind, networks, **fields)


def _vite(at: Address) -> Container:
    return service(
        "frontend",
        vps="local",
        image="node:22.19.0-alpine",
        port=Port(5173),
        command="npm run dev -- --host 0.0.0.0",
        mounts=(Mount("/app", None, "../frontend", at / "volumes" / "codigo-frontend"),),
        memory=512 * MIB,
        runtime=Runtime(read_only=False),
    )


def _mailpit(at: Address) -> Container:
    return kmmotos.container(
        "mailpit",
        "mailpit",
        ("seguridad",),
        vps="local",
        role="mail",
        image="axllent/mailpit:v1.27.8",
        port=Port(1025, "smtp"),
        publications=(Publication("127.0.0.1", 8025, 8025, "tcp", at / "publish" / 0),),
        memory=64 * MIB,
    )


def _renamed(variable: Variable, old: str, new: str) -> Variable:
    return replace(variable, parts=tuple(p.replace(old, new) if isinstance(p, str) else p for p in variable.parts))
