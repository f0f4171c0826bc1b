from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kmtopo.types.laravel import runtime, worker_timeout
from kmtopo.types.runtime import Folder, Healthcheck, Peer, Port, Runtime, Setting, Tmpfs

MIB = 1024**2
FASTCGI = Port(9000, "fastcgi")
REDIS = Peer("redis", "redis", Port(6379, "redis"), ("queue",))
POSTGRES = Peer("postgres", "postgres", Port(5432, "postgresql"))

FPM_ANSWERS = (
    r'$s = @stream_socket_client("tcp://127.0.0.1:9000", timeout: 3) and fwrite($s, "\1\11\0\0\0\0\0\0")'
    r" and exit(strlen((string) fread($s, 8)) === 8 ? 0 : 1); exit(1);"
)
ANSWERS_HTTP = 'exit(@file_get_contents("http://127.0.0.1:8080/up") === false ? 1 : 0);'
QUEUE_RUNS = (
    r'foreach (glob("/proc/[0-9]*/cmdline") as $f) if (str_starts_with((string) @file_get_contents($f),'
    r' "php\0artisan\0queue:work\0")) exit(0); exit(1);'
)
SCHEDULER_RUNS = QUEUE_RUNS.replace("queue:work", "schedule:work")

WEB = Runtime(
    command=("php-fpm", "-d", "opcache.validate_timestamps=1"),
    user="www-data",
    capabilities=(),
    read_only=True,
    tmpfs=(Tmpfs("/tmp", 256 * MIB, 0o1777), Tmpfs("/var/www/html/bootstrap/cache", 16 * MIB, 0o1777)),
    folders=(Folder("laravel", "/etc/kmtopo/laravel"),),
    secret_shim=True,
    healthcheck=Healthcheck(("CMD", "php", "-r", FPM_ANSWERS)),
    stop_signal="SIGQUIT",
    stop_grace=30,
    document_root="/var/www/html/public",
)
QUEUE = replace(
    WEB,
    command=("php", "artisan", "queue:work", "redis", "--tries=3", "--timeout=80", "--max-time=3600", "--sleep=3"),
    healthcheck=Healthcheck(("CMD", "php", "-r", QUEUE_RUNS), interval=30),
    stop_signal="SIGTERM",
    stop_grace=90,
    role="worker",
    icon="queue",
    kind=(("en", "queue worker"), ("es", "trabajos en cola")),
    silent=True,
)
SCHEDULER = replace(
    QUEUE,
    command=("php", "artisan", "schedule:work"),
    healthcheck=Healthcheck(("CMD", "php", "-r", SCHEDULER_RUNS), interval=30),
    icon="clock",
    kind=(("en", "scheduled tasks"), ("es", "tareas programadas")),
)
MIGRATE = replace(
    QUEUE,
    command=("sh", "-c", "php artisan migrate --force && php artisan tenants:migrate --force"),
    healthcheck=None,
    role="job",
    icon="once",
    kind=(("en", "schema migration"), ("es", "migración del esquema")),
)


@pytest.mark.parametrize(
    ("process", "expected"),
    [("web", WEB), ("", WEB), ("queue", QUEUE), ("scheduler", SCHEDULER), ("migrate", MIGRATE)],
)
def test_each_process_runs_its_command(setting: Callable[..., Setting], process: str, expected: Runtime) -> None:
    equipped = runtime(setting(process=process, port=FASTCGI, peers=(POSTGRES, REDIS)))

    assert replace(equipped, variables=()) == expected


@pytest.mark.parametrize(
    ("flavor", "command"),
    [
        ("stancl", "php artisan migrate --force && php artisan tenants:migrate --force"),
        (
            "spatie",
            (
                "php artisan migrate --force --path=database/migrations/landlord"
                ' && php artisan tenants:artisan "migrate --database=tenant --force"'
            ),
        ),
        ("custom", "php artisan migrate --force"),
        ("", "php artisan migrate --force"),
    ],
)
def test_migration_knows_the_tenancy_package(setting: Callable[..., Setting], flavor: str, command: str) -> None:
    assert runtime(setting(process="migrate", flavor=flavor)).command == ("sh", "-c", command)


@pytest.mark.parametrize("values", [{"flavor": ""}, {"tenant": "all-in-one"}])
def test_without_a_list_of_tenants_php_is_as_the_image_sets_it(
    setting: Callable[..., Setting], values: dict[str, str]
) -> None:
    assert runtime(setting(process="web", port=FASTCGI, **values)).command == ("php-fpm",)


def test_without_redis_the_queue_is_worked_off_in_the_database(setting: Callable[..., Setting]) -> None:
    command = runtime(setting(process="queue", peers=(POSTGRES,))).command

    assert command == (
        *("php", "artisan", "queue:work", "database"),
        *("--tries=3", "--timeout=80", "--max-time=3600", "--sleep=3"),
    )


@pytest.mark.parametrize(("memory", "bound"), [(512 * MIB, "--memory=128"), (128 * MIB, "--memory=96")])
def test_a_worker_leaves_before_its_limit_kills_it(setting: Callable[..., Setting], memory: int, bound: str) -> None:
    command = runtime(setting(process="queue", memory=memory)).command

    assert command is not None
    assert command[-1] == bound


@pytest.mark.parametrize(
    ("command", "timeout"),
    [
        (("php", "artisan", "queue:work", "redis", "--timeout=80"), 80),
        ("php artisan queue:listen --timeout 300 --tries=1", 300),
        (("sh", "-c", "cd /app && php artisan queue:work --timeout=0"), 0),
        ("php artisan queue:work", 60),
        ("php artisan queue:work --timeout=soon", 60),
        ("php artisan horizon --timeout=300", None),
        ((), None),
    ],
)
def test_a_command_tells_how_long_a_job_may_take(command: str | tuple[str, ...], timeout: int | None) -> None:
    assert worker_timeout(command) == timeout


@pytest.mark.parametrize(("timeout", "grace"), [(30, 90), (300, 300), (0, 90)])
def test_a_worker_that_is_stopped_may_end_its_job(setting: Callable[..., Setting], timeout: int, grace: int) -> None:
    command = f"php artisan queue:work --timeout={timeout}"

    assert runtime(setting(process="queue", command=command)).stop_grace == grace


def test_an_image_that_speaks_http_runs_its_own_command(setting: Callable[..., Setting]) -> None:
    equipped = runtime(setting(process="web", port=Port(8080)))

    assert replace(equipped, variables=()) == replace(
        WEB,
        command=None,
        read_only=False,
        healthcheck=Healthcheck(("CMD", "php", "-r", ANSWERS_HTTP)),
        stop_signal=None,
    )


def test_where_the_code_is_mounted_tools_may_write(setting: Callable[..., Setting]) -> None:
    mounted = runtime(setting(port=FASTCGI, code_mounted=True))

    assert replace(mounted, variables=()) == replace(WEB, read_only=False)


def test_a_small_container_has_small_folders_in_memory(setting: Callable[..., Setting]) -> None:
    assert runtime(setting(port=FASTCGI, memory=128 * MIB)).tmpfs == (
        Tmpfs("/tmp", 32 * MIB, 0o1777),
        Tmpfs("/var/www/html/bootstrap/cache", 16 * MIB, 0o1777),
    )


@pytest.mark.parametrize(
    ("command", "watched"),
    [
        (("php", "artisan", "horizon"), "horizon"),
        ("php artisan queue:work redis --queue=high", "queue:work"),
        ("supervisord", None),
        ("php artisan", None),
        ("php artisan '; exit(0); //", None),
    ],
)
def test_a_worker_with_another_command_is_watched_by_it(
    setting: Callable[..., Setting], command: str | tuple[str, ...], watched: str | None
) -> None:
    expected = watched and Healthcheck(("CMD", "php", "-r", QUEUE_RUNS.replace("queue:work", watched)), interval=30)

    assert runtime(setting(process="queue", command=command)).healthcheck == expected
