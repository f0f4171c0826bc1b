from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kmtopo.types.nginx import runtime
from kmtopo.types.runtime import ExtraVolume, Folder, Healthcheck, Runtime, Setting, Tmpfs

MIB = 1024**2
PLAIN = Runtime(
    command=("nginx", "-c", "/etc/kmtopo/nginx/nginx.conf", "-g", "daemon off;"),
    user=None,
    capabilities=("CHOWN", "SETGID", "SETUID"),
    read_only=True,
    tmpfs=(
        Tmpfs("/run", MIB, 0o755),
        Tmpfs("/tmp", 16 * MIB, 0o1777),
        Tmpfs("/var/cache/nginx", 128 * MIB, 0o755),
    ),
    folders=(Folder("nginx", "/etc/kmtopo/nginx"),),
    healthcheck=Healthcheck(
        (
            "CMD-SHELL",
            "wget -q -O /dev/null http://127.0.0.1:8081/healthz || curl -fsS -o /dev/null http://127.0.0.1:8081/healthz",
        )
    ),
    stop_signal="SIGQUIT",
    stop_grace=30,
)


def test_a_proxy_runs_on_its_generated_folder(setting: Callable[..., Setting]) -> None:
    assert runtime(setting(name="nginx", tls_mode="off")) == PLAIN


def test_with_acme_it_keeps_its_certificates_and_may_read_what_it_gave_away(setting: Callable[..., Setting]) -> None:
    assert runtime(setting(name="nginx", tls_mode="acme")) == replace(
        PLAIN,
        capabilities=("CHOWN", "DAC_OVERRIDE", "SETGID", "SETUID"),
        volumes=(ExtraVolume("nginx-acme", "/var/lib/kmtopo/acme"),),
    )


def test_with_a_certificate_of_our_own_it_needs_two_secrets(setting: Callable[..., Setting]) -> None:
    assert runtime(setting(name="front-door", tls_mode="self-signed")) == replace(
        PLAIN, secrets=("front_door_tls_certificate", "front_door_tls_key")
    )


def test_where_tls_ends_before_it_a_proxy_keeps_nothing(setting: Callable[..., Setting]) -> None:
    assert runtime(setting(name="nginx", tls_mode="external")) == PLAIN


def test_two_proxies_on_one_machine_have_two_folders_and_see_each_its_own(setting: Callable[..., Setting]) -> None:
    outer = runtime(setting(name="outer", tls_mode="off", folder="nginx/outer"))

    assert outer == replace(PLAIN, folders=(Folder("nginx/outer", "/etc/kmtopo/nginx"),))


def test_a_small_proxy_has_small_folders_in_memory(setting: Callable[..., Setting]) -> None:
    assert runtime(setting(name="nginx", tls_mode="off", memory=48 * MIB)).tmpfs == (
        Tmpfs("/run", MIB, 0o755),
        Tmpfs("/tmp", 12 * MIB, 0o1777),
        Tmpfs("/var/cache/nginx", 24 * MIB, 0o755),
    )
