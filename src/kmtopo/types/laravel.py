"""Laravel: one image, several processes, all with the same variables as far as they call the same stores."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from kmtopo.types.laravel_variables import FOLDER, RETRY_AFTER, driver, serves_tenants, variables
from kmtopo.types.memory import MIB, TMP, mebibytes, scratch
from kmtopo.types.runtime import ContainerType, Folder, Healthcheck, Port, Runtime, Setting

ROOT = "/var/www/html"
PORT = Port(9000, "fastcgi")
JOB_TIMEOUT = RETRY_AFTER - 10
WORKER_LIFE = 3600
# Of a worker that is told nothing.
USUAL_TIMEOUT = 60
# What a worker of PHP-FPM takes, and all the rest of its container together.
WORKER_MEMORY = 80 * MIB
RUNTIME_MEMORY = 256 * MIB
WORKERS_WITHOUT_A_LIMIT = 32

# Asks a worker for its settings and takes any answer: it shows that one is free, runs no script and logs nothing.
_FPM_ANSWERS = (
    '$s = @stream_socket_client("tcp://127.0.0.1:9000", timeout: 3) and fwrite($s, "\\1\\11\\0\\0\\0\\0\\0\\0")'
    " and exit(strlen((string) fread($s, 8)) === 8 ? 0 : 1); exit(1);"
)
# The process is looked for by how its command line begins, so that nothing that merely mentions it counts.
_RUNS = (
    'foreach (glob("/proc/[0-9]*/cmdline") as $f)'
    ' if (str_starts_with((string) @file_get_contents($f), "php\\0artisan\\0{word}\\0")) exit(0); exit(1);'
)
# An image may be built never to look at a file twice: its code cannot change, but its list of tenants does.
_FRESH = ("-d", "opcache.validate_timestamps=1")
_is_artisan_command = re.compile(r"[a-z][a-z0-9:_-]*\Z").match

_MIGRATE = "php artisan migrate --force"
# Each package's own places: stancl's tenants have a folder to themselves, with spatie's the landlord has it.
_MIGRATIONS = {
    "stancl": f"{_MIGRATE} && php artisan tenants:migrate --force",
    "spatie": f'{_MIGRATE} --path=database/migrations/landlord && php artisan tenants:artisan "migrate --database=tenant --force"',
}


def runtime(setting: Setting) -> Runtime:
    """Equips one process of an application; one that is not known serves the web."""
    return {"queue": _queue, "scheduler": _scheduler, "migrate": _migrate}.get(setting.process, _web)(setting)


def _web(setting: Setting) -> Runtime:
    served = replace(_application(setting), stop_grace=30)
    if _speaks_http(setting):
        port = setting.port.number if setting.port else 0
        check = f'exit(@file_get_contents("http://127.0.0.1:{port}/up") === false ? 1 : 0);'
        return replace(served, healthcheck=_php(check))
    command = ("php-fpm", *_FRESH) if serves_tenants(setting) else ("php-fpm",)
    return replace(served, command=command, healthcheck=_php(_FPM_ANSWERS), stop_signal="SIGQUIT")


def _queue(setting: Setting) -> Runtime:
    command = ("php", "artisan", "queue:work", driver(setting, "queue"), *_worker_options(setting.memory))
    kind = (("en", "queue worker"), ("es", "trabajos en cola"))
    worker = _background(setting, command)
    # Whoever is stopped may bring the job at hand to its end.
    grace = max(worker.stop_grace, worker_timeout(setting.command or command) or 0)
    return replace(worker, role="worker", icon="queue", kind=kind, stop_grace=grace)


def _scheduler(setting: Setting) -> Runtime:
    kind = (("en", "scheduled tasks"), ("es", "tareas programadas"))
    worker = _background(setting, ("php", "artisan", "schedule:work"))
    return replace(worker, role="worker", icon="clock", kind=kind)


def _migrate(setting: Setting) -> Runtime:
    command = ("sh", "-c", _MIGRATIONS.get(setting.flavor, _MIGRATE))
    kind = (("en", "schema migration"), ("es", "migración del esquema"))
    return replace(_background(setting, command), role="job", icon="once", kind=kind)


def _background(setting: Setting, command: tuple[str, ...]) -> Runtime:
    return replace(
        _application(setting),
        command=command,
        healthcheck=_runs(setting.command or command),
        # Images of PHP-FPM are stopped by SIGQUIT, at which PHP's command line just dies.
        stop_signal="SIGTERM",
        stop_grace=RETRY_AFTER,
        silent=True,
    )


def _application(setting: Setting) -> Runtime:
    """What all processes have in common."""
    return Runtime(
        # By name: its number differs between the Debian and Alpine images.
        user="www-data",
        # Images that speak HTTP write their server's configuration when they start.
        read_only=not (setting.code_mounted or _speaks_http(setting)),
        tmpfs=(
            scratch(TMP, setting.memory, 256 * MIB),
            # Covers what the image was built with: a configuration cached there would never see our variables.
            scratch(f"{ROOT}/bootstrap/cache", setting.memory, 16 * MIB),
        ),
        folders=(Folder(setting.family_folder, FOLDER),),
        variables=variables(setting),
        secret_folders=_secret_folders(setting),
        secret_shim=True,
        document_root=f"{ROOT}/public",
    )


def _secret_folders(setting: Setting) -> tuple[str, ...]:
    """The folders with the passwords of the tenants that it serves."""
    accounts = [peer.account for peer in setting.peers if peer.account]
    folders = {folder for account in accounts for folder in account.folders}
    if setting.process == "migrate":
        folders.update(folder for account in accounts for folder in account.migration_folders)
    return tuple(sorted(folders))


def _speaks_http(setting: Setting) -> bool:
    return setting.port is not None and setting.port.protocol != PORT.protocol


def _worker_options(memory: int | None) -> tuple[str, ...]:
    # A worker leaves by itself before its container's limit would kill it in the middle of a job.
    bound = (f"--memory={min(mebibytes(memory, 75), 128)}",) if memory else ()
    return ("--tries=3", f"--timeout={JOB_TIMEOUT}", f"--max-time={WORKER_LIFE}", "--sleep=3", *bound)


def _php(code: str) -> Healthcheck:
    return Healthcheck(("CMD", "php", "-r", code))


def _runs(command: str | tuple[str, ...]) -> Healthcheck | None:
    """Checks that an artisan command runs; None for a command that is something else."""
    words = _words(command)
    if words[:2] != ("php", "artisan") or not _is_artisan_command("".join(words[2:3])):
        return None
    return replace(_php(_RUNS.format(word=words[2])), interval=30)


def worker_timeout(command: str | tuple[str, ...]) -> int | None:
    """Returns the seconds after which a worker gives a job up, 0 where it never does; None for any other command."""
    words = " ".join(_words(command)).split()
    if "queue:work" not in words and "queue:listen" not in words:
        return None
    for word, following in pairwise((*words, "")):
        option, _, value = word.partition("=")
        if option == "--timeout" and (value or following).isdecimal():
            return int(value or following)
    return USUAL_TIMEOUT


def _words(command: str | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(command.split()) if isinstance(command, str) else command


def workers(process: str, memory: int | None) -> int:
    """Tells how many requests or jobs one replica works on at once; of the web, what its memory holds of PHP.

    The scheduler counts twice: it starts each task in a process of its own.
    """
    if process != "web":
        return 2 if process == "scheduler" else 1
    return max((memory - RUNTIME_MEMORY) // WORKER_MEMORY, 1) if memory else WORKERS_WITHOUT_A_LIMIT


LARAVEL = ContainerType(
    name="laravel",
    title="Laravel",
    role="service",
    icon="laravel",
    kind=(("en", "PHP application"), ("es", "aplicación PHP")),
    runtime=runtime,
    port=PORT,
    processes=("web", "queue", "scheduler", "migrate"),
    workers=workers,
)
