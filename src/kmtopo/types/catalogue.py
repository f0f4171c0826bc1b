"""The catalogue by name (interim: unblocks the other rooms until the real modules are here)."""

from __future__ import annotations

from collections.abc import Mapping

from kmtopo.types.runtime import (
    ContainerType, ExtraVolume, Folder, Healthcheck, Port, Runtime, Secret, Setting, Tmpfs, Variable, http_probe,
)

Catalogue = Mapping[str, ContainerType]
TMP = Tmpfs("/tmp", 64 << 20)


def _nginx(s: Setting) -> Runtime:
    under = s.name.replace("-", "_")
    return Runtime(
        command=("nginx", "-c", "/etc/kmtopo/nginx/nginx.conf", "-g", "daemon off;"),
        capabilities=("CHOWN", "SETGID", "SETUID"),
        tmpfs=(Tmpfs("/var/cache/nginx", 128 << 20, 0o755), Tmpfs("/run", 1 << 20, 0o755), TMP),
        folders=(Folder(s.folder, "/etc/kmtopo/nginx"),),
        volumes=(ExtraVolume(f"{s.name}-acme", "/var/lib/nginx-acme"),) if s.tls_mode == "acme" else (),
        secrets=(f"{under}_tls_certificate", f"{under}_tls_key") if s.tls_mode == "self-signed" else (),
        healthcheck=Healthcheck(("CMD", "curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8081/healthz")),
        stop_signal="SIGQUIT", stop_grace=30,
    )


def _laravel(s: Setting) -> Runtime:
    fam = s.family.replace("-", "_")
    v = [Variable("APP_NAME", (s.title,), "application"), Variable("APP_KEY", (Secret(f"{fam}_app_key"),), "application")]
    for p in s.peers:
        if p.type == "postgres":
            v += [Variable("DB_HOST", (p.name,), "database"), Variable("DB_PASSWORD", (Secret(f"{p.name}_{fam}_password"),), "database")]
    base = dict(user="33:33", tmpfs=(TMP,), read_only=not s.code_mounted, secret_shim=True, variables=tuple(v), document_root="/var/www/html/public")
    if s.process in ("queue", "scheduler"):
        cmd = ("php", "artisan", "queue:work") if s.process == "queue" else ("php", "artisan", "schedule:work")
        return Runtime(command=cmd, role="worker", silent=True, icon="queue" if s.process == "queue" else "clock", kind=(("es", "cola de trabajos"),), **base)
    if s.process == "migrate":
        return Runtime(command=("sh", "-c", "php artisan migrate --force"), role="job", silent=True, icon="job", **base)
    return Runtime(command=("php-fpm",), healthcheck=Healthcheck(("CMD", "php", "-r", "exit(@fsockopen('127.0.0.1',9000)?0:1);")), **base)


def _static(s: Setting) -> Runtime:
    return Runtime(tmpfs=(TMP,), healthcheck=Healthcheck(("CMD-SHELL", http_probe(s.port.number if s.port else 8080, "/"))))


def _store(s: Setting) -> Runtime:
    under = s.name.replace("-", "_")
    caps = ("CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID")
    return Runtime(capabilities=caps, tmpfs=(TMP,), secrets=(f"{under}_password",), healthcheck=Healthcheck(("CMD", "true")), stop_grace=60)


def _plain(_: Setting) -> Runtime:
    return Runtime(read_only=False, tmpfs=(TMP,))


def _t(name, title, role, icon, kind, run, port=None, path=None, processes=()):
    return ContainerType(name, title, role, icon, (("es", kind), ("en", kind)), run, port, path, processes)


def catalogue() -> Catalogue:
    """Returns every type by name."""
    types = [
        _t("nginx", "Nginx", "proxy", "nginx", "proxy inverso", _nginx),
        _t("laravel", "Laravel", "service", "laravel", "aplicación", _laravel, Port(9000, "fastcgi"), None, ("web", "queue", "scheduler", "migrate")),
        _t("static", "Sitio", "service", "browser", "sitio estático", _static, Port(8080)),
        _t("postgres", "PostgreSQL", "database", "postgresql", "base de datos", _store, Port(5432, "postgresql"), lambda _: "/var/lib/postgresql/data"),
        _t("mongodb", "MongoDB", "database", "mongodb", "documentos", _store, Port(27017, "mongodb"), lambda _: "/data/db"),
        _t("redis", "Redis", "cache", "redis", "caché", _store, Port(6379, "redis"), lambda _: "/data"),
        _t("mailpit", "Mailpit", "mail", "mail", "correo", _plain, Port(1025, "smtp")),
        _t("generic", "Contenedor", "service", "box", "servicio", _plain),
        _t("store", "Almacén", "database", "disk", "datos", _plain),
        _t("external", "Externo", "external", "globe", "sistema externo", _plain),
    ]
    return {t.name: t for t in types}
